import type { Hash } from '#core/model/ids';
import type { Result } from '#core/result';
import { FetchedBlobs } from '#io/storage/fetched-blobs';
import type { ProjectStore } from '#io/storage/project-store';

/** Bytes for blobs from peers where the person has not said, and the share of the browser's room that this may be. */
const USUAL_BYTES = 2_000_000_000;
const USUAL_SHARE = 0.2;
/** What makes room on a disk that is full for everybody: a multiple of the blob that found none. */
const SPARE = 4;

/** What a budget needs of the browser. */
export interface BudgetDevice {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Bytes that this browser may store for the app; null where it does not tell. */
  quota(): Promise<number | null>;
}

interface NewBlob {
  readonly hash: Hash;
  readonly blob: Blob;
}

/**
 * Keeps the blobs that came from peers below a bound of bytes. The least recently shown go first; those that are on the screen or
 * next in the queue stay, and those that were imported here are never touched.
 */
export class BlobBudget {
  readonly #store: ProjectStore;
  readonly #fetched: FetchedBlobs;
  readonly #device: BudgetDevice;
  /** Read when it is first asked for: a project of one person never does. */
  #state: Promise<{ limit: number; used: number }> | null = null;
  #turns: Promise<unknown> = Promise.resolve();
  /** What came while others are stored: a transaction takes longer to settle than to take a few more. */
  readonly #waiting: NewBlob[] = [];
  #keeping: Promise<Result<number>> | null = null;
  /** Those that stay, whatever their use. */
  #protected: ReadonlySet<Hash> = new Set();

  constructor(store: ProjectStore, device: BudgetDevice) {
    this.#store = store;
    this.#fetched = new FetchedBlobs(store);
    this.#device = device;
  }

  /** Bytes of what came from peers, and what they may become. */
  async read(): Promise<{ readonly fetched: number; readonly limit: number }> {
    const { used, limit } = await this.#open();
    return { fetched: used, limit };
  }

  /** These are on the screen or next in the queue. */
  protect(hashes: ReadonlySet<Hash>): void {
    this.#protected = hashes;
  }

  /** Sets the bound; what lies above it goes at once. */
  set(limit: number): Promise<void> {
    return this.#inTurn(async (state) => {
      await this.#store.write('blobBudget', limit);
      state.limit = limit;
      await this.#shrink(state, limit);
    });
  }

  /**
   * Stores a blob that came from a peer, and drops others for it where it must.
   *
   * @returns `storage.full` where there is no room even so; `storage.failed`
   */
  keep(hash: Hash, blob: Blob): Promise<Result<unknown>> {
    this.#waiting.push({ hash, blob });
    this.#keeping ??= this.#inTurn((state) => {
      this.#keeping = null;
      return this.#keepAll(state, this.#waiting.splice(0));
    });
    return this.#keeping;
  }

  /** A blob is shown. */
  use(hash: Hash): Promise<void> {
    return this.#fetched.use(hash, this.#device.now());
  }

  async #keepAll(state: { limit: number; used: number }, blobs: readonly NewBlob[]): Promise<Result<number>> {
    const bytes = blobs.reduce((sum, { blob }) => sum + blob.size, 0);
    await this.#shrink(state, state.limit - bytes);
    let kept = await this.#fetched.keep(blobs, this.#device.now());
    if (!kept.ok && kept.error.code === 'storage.full') {
      await this.#shrink(state, state.used - SPARE * bytes);
      kept = await this.#fetched.keep(blobs, this.#device.now());
    }
    if (!kept.ok) return kept;
    state.used += kept.value;
    // Much that came at once may be more than there is room for, without anything to drop before.
    await this.#shrink(state, state.limit);
    return kept;
  }

  async #shrink(state: { used: number }, limit: number): Promise<void> {
    if (state.used <= limit) return;
    let excess = state.used - limit;
    const going: Hash[] = [];
    for await (const { hash, size } of this.#fetched.byUse()) {
      if (this.#protected.has(hash)) continue;
      going.push(hash);
      excess -= size;
      if (excess <= 0) break;
    }
    if (going.length > 0) state.used -= await this.#fetched.drop(going);
  }

  #open(): Promise<{ limit: number; used: number }> {
    this.#state ??= (async () => {
      const [chosen, used] = await Promise.all([this.#store.read('blobBudget'), this.#fetched.bytes()]);
      const quota = chosen === undefined ? await this.#device.quota() : null;
      const limit = chosen ?? Math.min(USUAL_BYTES, quota === null ? Infinity : Math.floor(quota * USUAL_SHARE));
      return { limit, used };
    })();
    this.#state.catch(() => (this.#state = null));
    return this.#state;
  }

  #inTurn<T>(work: (state: { limit: number; used: number }) => Promise<T>): Promise<T> {
    const done = this.#turns.then(async () => work(await this.#open()));
    this.#turns = done.catch(() => undefined);
    return done;
  }
}
