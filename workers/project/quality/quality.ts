import type { AuthorId, ClassId, FieldId } from '#core/model/ids';
import type { ProjectNotice } from '../api';
import type { Session } from '../session';

/** An answer that the others' answers speak against. */
export interface Suspect {
  readonly author: AuthorId;
  readonly field: FieldId;
  readonly said: ClassId;
  readonly likely: ClassId;
  /** Of `said` being right, 0 to 1. */
  readonly probability: number;
}

/** The figures of agreement and consensus of the open project, and what follows from them for its items. */
export class Quality {
  readonly session: Session;
  readonly notify: (notice: ProjectNotice) => void;

  constructor(session: Session, notify: (notice: ProjectNotice) => void) {
    this.session = session;
    this.notify = notify;
  }

  /** Rows of items with an answer that is probably wrong; as of the last computation. */
  get suspects(): ReadonlyMap<number, Suspect> {
    return new Map();
  }

  /** What each class of a single-choice question is likely to be, likeliest first; as of the last computation. */
  posterior(_item: number): Readonly<Record<FieldId, readonly (readonly [ClassId, number])[]>> {
    return {};
  }

  /** Settles when nothing is computed any more. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}
