import type { Connection } from './y-webrtc-surface';

/** Stands for whoever is not wanted: y-webrtc takes them for connected, and what they signal goes nowhere. */
const UNWANTED = { peer: { signal: () => undefined } } as unknown as Connection;

/** The room's connections by the other side's id, as y-webrtc uses them: it looks up an id, and makes what is missing. */
export class Connections extends Map<string, Connection> {
  readonly #wants: (remote: string) => boolean;
  readonly #adopt: (remote: string, made: Connection) => void;
  /** The id that was looked up last: whoever is made now is made for it. */
  asked = '';

  constructor(wants: (remote: string) => boolean, adopt: (remote: string, made: Connection) => void) {
    super();
    this.#wants = wants;
    this.#adopt = adopt;
  }

  override get(remote: string): Connection | undefined {
    this.asked = remote;
    return super.get(remote) ?? (this.#wants(remote) ? undefined : UNWANTED);
  }

  override set(remote: string, made: Connection): this {
    super.set(remote, made);
    this.#adopt(remote, made);
    return this;
  }

  /** An end that is heard late is not that of its successor. */
  override delete(remote: string): boolean {
    return super.get(remote)?.closed === true && super.delete(remote);
  }
}
