import type { ItemId } from '#core/model/ids';
import { ok, type Result } from '#core/result';
import { Claims, type Claim } from '#core/workflow/claims';
import type { PeerConnection } from '#io/meeting/meeting';
import type { BlobUse, PeersView, ProjectNotice } from '../api';
import type { Session } from '../session';

const NOBODY: PeersView = {
  isShared: false,
  connected: 0,
  present: [],
  holders: 0,
  behind: { commits: 0, blobs: 0 },
  refused: null,
};

/** The others: what is exchanged with them over the connections that the page makes. */
export class Peers {
  readonly #session: Session;
  readonly #notify: (notice: ProjectNotice) => void;
  readonly #claims = new Claims();

  constructor(session: Session, notify: (notice: ProjectNotice) => void) {
    this.#session = session;
    this.#notify = notify;
  }

  get view(): PeersView {
    return NOBODY;
  }

  /** What others have before them now. Whoever hears their presence tells `#claims`. */
  get claims(): readonly Claim[] {
    return this.#claims.live(Date.now());
  }

  connect(connection: PeerConnection): void {
    void connection;
  }

  connected(id: string, fingerprints: readonly string[]): void {
    void [id, fingerprints];
  }

  gone(id: string): void {
    void id;
  }

  lookAt(item: ItemId | null, isActive: boolean): void {
    void [item, isActive];
  }

  setBlobBudget(bytes: number): Promise<Result<BlobUse>> {
    return Promise.resolve(ok({ own: 0, fetched: 0, budget: bytes }));
  }

  blobUse(): Promise<Result<BlobUse>> {
    return Promise.resolve(ok({ own: 0, fetched: 0, budget: 0 }));
  }

  close(): void {
    void [this.#session, this.#notify];
  }
}
