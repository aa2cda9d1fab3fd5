import type { Values } from '#core/model/annotation';
import type { Session } from '../session';

/** The known answers of the open project, as far as this device may read them. */
export class Gold {
  readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  /** Row of the item -> its known answer; empty where this device cannot read any. */
  get answers(): ReadonlyMap<number, Values> {
    return new Map();
  }

  close(): void {
    return;
  }
}
