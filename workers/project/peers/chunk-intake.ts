import { decodeChunk } from '#core/model/chunk';
import type { Hash } from '#core/model/ids';
import { itemId } from '#core/model/item';
import { decodePredictions } from '#core/model/prediction-chunk';
import type { Projection } from '#core/projection/projection';
import { ok, type Result } from '#core/result';
import type { Wanted } from '#io/sync/blob-source';
import type { Session } from '../session';

/** Bytes of a chunk above which it is not taken from a peer. */
const MAX_CHUNK_BYTES = 256 << 20;

/** Gives the projection what was read of a chunk. */
type Addition = (projection: Projection) => void;

/**
 * Takes chunks that the log announces into the store and the projection. Those that came close together are added at once, because
 * whatever is read between two of them settles the projection anew.
 */
export class ChunkIntake {
  readonly #session: Session;
  /** Announced, and not what they were announced as: nobody is asked for these again. */
  readonly #refused = new Set<Hash>();
  #additions: Addition[] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  /** Whether anything was read that is not added yet. */
  get hasRead(): boolean {
    return this.#additions.length > 0;
  }

  /** The chunks that are announced and not read, in the order in which they are needed; those of items come first. */
  missing(): Hash[] {
    const { items, predictions } = this.#session.projection.missing();
    return [...items, ...predictions].filter((hash) => !this.#refused.has(hash));
  }

  /**
   * Stores a chunk whose bytes are what its name says, for {@link add}; one that is not what it was announced as is let go.
   *
   * @returns `storage.full`, `storage.failed`
   */
  async take(hash: Hash, bytes: Uint8Array): Promise<Result<null>> {
    const addition = this.#read(hash, bytes);
    if (!addition) return ok(null);
    const kept = await this.#session.store.keep({ chunks: [{ hash, bytes }] });
    if (kept.ok) this.#additions.push(addition);
    return kept;
  }

  /** Reads those of the chunks that are stored already, and gives the others. */
  async fromStore(hashes: readonly Hash[]): Promise<Hash[]> {
    if (hashes.length === 0) return [];
    const { store } = this.#session;
    const here = await store.has('chunks', hashes);
    for (const hash of here) {
      const bytes = await store.chunk(hash);
      const addition = bytes && this.#read(hash, bytes);
      if (addition) this.#additions.push(addition);
    }
    return hashes.filter((hash) => !here.has(hash));
  }

  /** Adds to the projection what was read since; whether there was anything. */
  add(): boolean {
    const additions = this.#additions.splice(0);
    // Another projection may stand there than when the chunk was read.
    for (const add of additions) add(this.#session.projection);
    return additions.length > 0;
  }

  #read(hash: Hash, bytes: Uint8Array): Addition | null {
    const { items, predictions } = this.#session.projection.missing();
    const read: Result<Addition> | null = items.includes(hash)
      ? readItems(hash, bytes)
      : predictions.includes(hash)
        ? readPredictions(hash, bytes)
        : null;
    if (read?.ok === false) this.#refused.add(hash);
    return read?.ok ? read.value : null;
  }
}

/** What a peer is asked for a chunk. */
export const wantedChunk = (hash: Hash, isUrgent: boolean): Wanted => ({
  kind: 'chunk',
  hash,
  size: null,
  limit: MAX_CHUNK_BYTES,
  isUrgent,
  tag: null,
});

function readItems(hash: Hash, bytes: Uint8Array): Result<Addition> {
  const records = decodeChunk(bytes);
  if (!records.ok) return records;
  const ids = records.value.map(({ data }) => itemId(data));
  return ok((projection) => {
    projection.addChunk(hash, ids);
  });
}

function readPredictions(hash: Hash, bytes: Uint8Array): Result<Addition> {
  const predictions = decodePredictions(bytes);
  if (!predictions.ok) return predictions;
  return ok((projection) => {
    projection.addPredictions(hash, predictions.value);
  });
}
