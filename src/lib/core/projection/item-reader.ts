import { ChunkView } from '../model/chunk-view';
import type { Hash } from '../model/ids';
import type { ItemRecord } from '../model/item';
import type { Projection } from './projection';

/** The bytes of a chunk; undefined where they are not at hand. */
export type ReadChunk = (hash: Hash) => Promise<Uint8Array | undefined>;

/** Chunks kept at hand; 1,000 texts of 100 characters take about 130 kB. */
const CACHED_CHUNKS = 24;

/** An item, by its row, with its record. */
export interface FoundRecord {
  readonly item: number;
  readonly record: ItemRecord;
}

/** Reads item records from their chunks; the project is never in memory as a whole. */
export class ItemReader {
  readonly #readChunk: ReadChunk;
  readonly #projection: () => Projection;
  /** Least recently used first. */
  readonly #cache = new Map<Hash, Promise<ChunkView | null>>();

  constructor(readChunk: ReadChunk, projection: () => Projection) {
    this.#readChunk = readChunk;
    this.#projection = projection;
  }

  /** The record of an item that the project has, with the sources of all its occurrences. */
  async record(item: number): Promise<ItemRecord> {
    const places = this.#projection().places(item);
    const records = await Promise.all(places.map(async ({ chunk, row }) => (await this.#chunk(chunk))?.record(row)));
    const [first, ...again] = records.filter((record) => record !== null && record !== undefined);
    if (!first) throw new Error(`item ${item} has no record`);
    return again.length === 0 ? first : { ...first, sources: [first, ...again].flatMap((record) => record.sources) };
  }

  /** The records of many items in the given order, a batch per run of items that share a chunk: neighbours mostly do. */
  async *records(items: Iterable<number>): AsyncGenerator<readonly FoundRecord[]> {
    let batch: FoundRecord[] = [];
    let current: Hash | null = null;
    let view: ChunkView | null = null;
    for (const item of items) {
      const [place, ...again] = this.#projection().places(item);
      if (!place) continue;
      if (place.chunk !== current) {
        if (batch.length > 0) yield batch;
        batch = [];
        view = await this.#chunk(place.chunk);
        current = place.chunk;
      }
      const record = again.length === 0 ? view?.record(place.row) : await this.record(item);
      if (record) batch.push({ item, record });
    }
    if (batch.length > 0) yield batch;
  }

  /** A chunk as it is stored, without keeping it at hand; null where its content is not on this device. */
  async read(hash: Hash): Promise<ChunkView | null> {
    const bytes = await this.#readChunk(hash);
    if (!bytes) return null;
    const view = ChunkView.open(bytes);
    if (!view.ok) throw new Error(`${view.error.message} (${hash})`);
    return view.value;
  }

  #chunk(hash: Hash): Promise<ChunkView | null> {
    const known = this.#cache.get(hash);
    if (known) {
      this.#cache.delete(hash);
      this.#cache.set(hash, known);
      return known;
    }
    const read = this.read(hash);
    this.#cache.set(hash, read);
    read.catch(() => this.#cache.delete(hash));
    if (this.#cache.size > CACHED_CHUNKS) this.#cache.delete(this.#cache.keys().next().value!);
    return read;
  }
}
