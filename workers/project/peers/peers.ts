import { sha256 } from '#core/model/hash';
import type { Hash, ItemId } from '#core/model/ids';
import type { PresenceState } from '#core/peers/presence';
import { ok, type Result } from '#core/result';
import { Claims, type Claim } from '#core/workflow/claims';
import type { PeerConnection } from '#io/meeting/meeting';
import { channelOf } from '#io/meeting/worker-channel';
import type { BlobUse, ComingImage, PeersView, ProjectNotice } from '../api';
import type { Session } from '../session';
import { Exchange, type ExchangeListener } from './exchange';
import { Holders } from './holders';
import { steadyNow } from './steady-now';
import { viewOf } from './view';

/** Between two times that the page is told who is there. */
const TELL_MS = 250;
/** How stale it may be how much others have. */
const WATCH_MS = 1_000;

/**
 * The others: what is exchanged with them over the connections that the page makes. The logs are read for it when the first
 * connection comes, so a project that nobody shares opens without.
 */
export class Peers {
  readonly #session: Session;
  readonly #notify: (notice: ProjectNotice) => void;
  readonly #ownBytes: () => Promise<number>;
  readonly #claims = new Claims();
  readonly #stop: () => void;
  #exchange: Promise<Exchange> | null = null;
  #opened: Exchange | null = null;
  #holders: Holders | null = null;
  #shown: PresenceState = { item: null, isActive: false };
  #refused: PeersView['refused'] = null;
  #told = '';
  #telling: ReturnType<typeof setTimeout> | undefined;
  #watching: ReturnType<typeof setInterval> | undefined;
  #isClosed = false;

  /** @param ownBytes of the images that were imported on this device */
  constructor(session: Session, notify: (notice: ProjectNotice) => void, ownBytes: () => Promise<number>) {
    this.#session = session;
    this.#notify = notify;
    this.#ownBytes = ownBytes;
    this.#stop = session.onChange(() => this.#changed());
    void Holders.open(session.store).then(
      (holders) => {
        this.#holders = holders;
        this.#changed();
      },
      // A store that was closed at once.
      () => undefined,
    );
  }

  get view(): PeersView {
    const { author, projection } = this.#session;
    return viewOf(this.#session, {
      links: this.#opened?.links ?? [],
      present: this.#opened?.present ?? [],
      missing: this.#opened?.missing ?? 0,
      holders: this.#holders?.of(projection.applied(author)) ?? [],
      refused: this.#refused,
    });
  }

  /** What others have before them now. */
  get claims(): readonly Claim[] {
    return this.#claims.live(steadyNow());
  }

  connect({ id, sync, blobs }: PeerConnection): void {
    // At once: what comes before somebody listens would be lost.
    const channels = { sync: channelOf(sync), blobs: channelOf(blobs) };
    this.#then((exchange) => exchange.connect(id, channels));
  }

  connected(id: string, fingerprints: readonly string[]): void {
    const binding = sha256(new TextEncoder().encode(fingerprints.join('\n')));
    this.#then((exchange) => exchange.connected(id, binding));
  }

  gone(id: string): void {
    if (this.#exchange) this.#then((exchange) => exchange.gone(id));
  }

  lookAt(item: ItemId | null, isActive: boolean): void {
    this.#shown = { item, isActive };
    this.#opened?.show(this.#shown);
  }

  /** How an image comes that is not here; null where nobody who is connected has it, as far as is known. */
  coming(hash: Hash): ComingImage | null {
    return this.#opened?.coming(hash) ?? null;
  }

  /** @returns `storage.…` */
  async setBlobBudget(bytes: number): Promise<Result<BlobUse>> {
    const { contents } = await this.#begin();
    await contents.setBudget(bytes);
    return this.blobUse();
  }

  async blobUse(): Promise<Result<BlobUse>> {
    const { contents } = await this.#begin();
    return ok({ own: await this.#ownBytes(), ...(await contents.use()) });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#telling);
    clearInterval(this.#watching);
    this.#stop();
    this.#holders?.close();
    await this.#opened?.close();
  }

  /** Does something once there is an exchange, in the order of the calls. */
  #then(work: (exchange: Exchange) => void): void {
    void this.#begin().then(
      (exchange) => {
        if (!this.#isClosed) work(exchange);
      },
      // The logs cannot be read now; the next connection tries again.
      () => undefined,
    );
  }

  #begin(): Promise<Exchange> {
    this.#exchange ??= this.#open();
    this.#exchange.catch(() => (this.#exchange = null));
    return this.#exchange;
  }

  async #open(): Promise<Exchange> {
    const exchange = await Exchange.open(
      this.#session,
      (notice) => {
        this.#notify(notice);
        this.#changed();
      },
      this.#listener(),
    );
    if (this.#isClosed) await exchange.close();
    else {
      this.#opened = exchange;
      // How much the others have is nothing that they announce.
      this.#watching = setInterval(() => this.#hear(), WATCH_MS);
      exchange.show(this.#shown);
    }
    return exchange;
  }

  #listener(): ExchangeListener {
    return {
      changed: () => this.#hear(),
      admitted: () => {
        this.#refused = null;
        this.#hear();
      },
      refused: (reason) => {
        this.#refused = reason;
        this.#changed();
      },
      dropped: (id) => this.#notify({ type: 'peer-dropped', id }),
      claims: () => this.claims,
    };
  }

  /** Others came or went, or said something. */
  #hear(): void {
    if (!this.#opened) return;
    const { present, links } = this.#opened;
    this.#claims.hear(
      present.filter(({ author }) => author !== this.#session.author),
      steadyNow(),
    );
    for (const { author, lengths } of links) {
      const held = lengths.get(this.#session.author);
      if (held !== undefined && author !== this.#session.author) this.#holders?.note(author, held);
    }
    this.#changed();
  }

  /** Tells the page at once, and then what comes within a moment together. */
  #changed(): void {
    if (this.#isClosed || this.#telling !== undefined) return;
    const { view } = this;
    const words = JSON.stringify(view);
    if (words === this.#told) return;
    this.#told = words;
    this.#notify({ type: 'peers', peers: view });
    this.#telling = setTimeout(() => {
      this.#telling = undefined;
      this.#changed();
    }, TELL_MS);
  }
}
