import type { AuthorId, Hash } from '#core/model/ids';
import type { Presence, PresenceState } from '#core/peers/presence';
import type { Claim } from '#core/workflow/claims';
import { randomBytes } from '#io/keys';
import type { Channel } from '#io/sync/channel';
import type { Clock } from '#io/sync/clock';
import { Mesh } from '#io/sync/mesh';
import type { ComingImage, ProjectNotice } from '../api';
import type { Session } from '../session';
import { Contents } from './contents';
import { SessionReplica } from './replica';
import { steadyNow } from './steady-now';

export interface ExchangeListener {
  /** Others came or went, have more or less than before, or do something else. */
  changed(): void;
  /** The other side of a connection knows this author as a stranger or as somebody who was removed. */
  refused(reason: 'stranger' | 'removed'): void;
  admitted(): void;
  /** A connection is of no use any more. */
  dropped(id: string): void;
  /** What other members have before them. */
  claims(): readonly Claim[];
}

/** What goes on with the others while any is connected: logs and presence over one channel of each connection, contents over the other. */
export class Exchange {
  readonly #session: Session;
  readonly #mesh: Mesh;
  readonly #contents: Contents;
  readonly #stop: () => void;

  static async open(
    session: Session,
    notify: (notice: ProjectNotice) => void,
    on: ExchangeListener,
  ): Promise<Exchange> {
    return new Exchange(session, await SessionReplica.of(session), notify, on);
  }

  private constructor(
    session: Session,
    replica: SessionReplica,
    notify: (notice: ProjectNotice) => void,
    on: ExchangeListener,
  ) {
    this.#session = session;
    this.#contents = new Contents(session, notify, {
      claims: () => on.claims(),
      misbehaved: (link) => on.dropped(link),
    });
    this.#mesh = new Mesh(replica, CLOCK, {
      admitted: (id, _author, blobs) => {
        this.#contents.add(id, blobs);
        on.admitted();
      },
      gone: (id) => this.#contents.remove(id),
      changed: () => on.changed(),
      refused: (reason) => on.refused(reason),
      dropped: (id) => on.dropped(id),
    });
    this.#stop = session.onChange(() => this.#contents.refresh());
  }

  connect(id: string, channels: { readonly sync: Channel; readonly blobs: Channel }): void {
    this.#mesh.connect(id, channels);
  }

  /** @param binding see `core/peers/challenge` */
  connected(id: string, binding: Uint8Array): void {
    this.#mesh.connected(id, binding);
  }

  gone(id: string): void {
    this.#mesh.gone(id);
  }

  show(state: PresenceState): void {
    this.#mesh.show(state);
    this.#contents.lookAt(state.item);
  }

  get present(): readonly Presence[] {
    return this.#mesh.present;
  }

  /** The members who are connected, and how many commits of each log they have. */
  get links(): readonly { readonly author: AuthorId; readonly lengths: ReadonlyMap<AuthorId, number> }[] {
    return this.#mesh.links;
  }

  /** Chunks and images that are still to come. */
  get missing(): number {
    return this.#contents.missing;
  }

  /** How an image comes that is not here. */
  coming(hash: Hash): ComingImage | null {
    const coming = this.#contents.coming(hash);
    const link = coming && this.#mesh.links.find(({ id }) => id === coming.link);
    return coming && { from: link ? this.#session.projection.name(link.author) : null, progress: coming.progress };
  }

  get contents(): Contents {
    return this.#contents;
  }

  /** Takes leave of the others. */
  async close(): Promise<void> {
    this.#stop();
    this.#contents.close();
    await this.#mesh.close();
  }
}

const CLOCK: Clock = {
  now: steadyNow,
  later: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  random: randomBytes,
  number: () => Math.random(),
};
