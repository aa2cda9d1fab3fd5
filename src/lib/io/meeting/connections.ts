import type { Connection } from './y-webrtc-surface';

/** A room's connections by the other side's id, as y-webrtc uses them: it looks up an id, and makes what is missing. */
export class Connections extends Map<string, Connection> {
  readonly #adopt: (remote: string, made: Connection) => void;
  /** The id that was looked up last: whatever is made now is made for it. */
  asked = '';

  /** @param adopt called with each connection at once, before anything is signalled */
  constructor(adopt: (remote: string, made: Connection) => void) {
    super();
    this.#adopt = adopt;
  }

  override get(remote: string): Connection | undefined {
    this.asked = remote;
    return super.get(remote);
  }

  override set(remote: string, made: Connection): this {
    super.set(remote, made);
    this.#adopt(remote, made);
    return this;
  }

  /** The end of a former connection, which may be heard late, is not that of its successor. */
  override delete(remote: string): boolean {
    return super.get(remote)?.closed === true && super.delete(remote);
  }
}
