import { decodeChunk } from '#core/model/chunk';
import type { Hash } from '#core/model/ids';
import type { ItemRecord } from '#core/model/item';
import type { Projection } from '#core/projection/projection';
import type { ProjectStore } from '#io/storage/project-store';

/** Decoded chunks kept at hand; 1,000 texts of 100 characters take about half a megabyte. */
const CACHED_CHUNKS = 24;

/** An item, by its row, with its record. */
export interface FoundRecord {
  readonly item: number;
  readonly record: ItemRecord;
}

/** Reads item records from their chunks; the project is never in memory as a whole. */
export class ItemReader {
  readonly #store: ProjectStore;
  readonly #projection: () => Projection;
  /** Least recently used first. */
  readonly #cache = new Map<Hash, Promise<readonly ItemRecord[]>>();

  constructor(store: ProjectStore, projection: () => Projection) {
    this.#store = store;
    this.#projection = projection;
  }

  /** The record of an item that the project has, with the sources of all its occurrences. */
  async record(item: number): Promise<ItemRecord> {
    const places = this.#projection().places(item);
    const records = await Promise.all(places.map(async ({ chunk, row }) => (await this.chunk(chunk))[row]));
    const [first, ...again] = records.filter((record) => record !== undefined);
    if (!first) throw new Error(`item ${item} has no record`);
    return again.length === 0 ? first : { ...first, sources: [first, ...again].flatMap((record) => record.sources) };
  }

  /** The records of many items in the given order, a batch per run of items that share a chunk: neighbours mostly do. */
  async *records(items: Iterable<number>): AsyncGenerator<readonly FoundRecord[]> {
    let batch: FoundRecord[] = [];
    let current: Hash | null = null;
    let records: readonly ItemRecord[] = [];
    for (const item of items) {
      const [place, ...again] = this.#projection().places(item);
      if (!place) continue;
      if (place.chunk !== current) {
        if (batch.length > 0) yield batch;
        batch = [];
        records = await this.chunk(place.chunk);
        current = place.chunk;
      }
      const record = again.length === 0 ? records[place.row] : await this.record(item);
      if (record) batch.push({ item, record });
    }
    if (batch.length > 0) yield batch;
  }

  /** The items of a chunk; none where its content is not on this device. */
  chunk(hash: Hash): Promise<readonly ItemRecord[]> {
    const known = this.#cache.get(hash);
    if (known) {
      this.#cache.delete(hash);
      this.#cache.set(hash, known);
      return known;
    }
    const read = this.#read(hash);
    this.#cache.set(hash, read);
    read.catch(() => this.#cache.delete(hash));
    if (this.#cache.size > CACHED_CHUNKS) this.#cache.delete(this.#cache.keys().next().value!);
    return read;
  }

  async blob(hash: Hash): Promise<Blob | null> {
    return (await this.#store.blobs.get(hash))?.blob ?? null;
  }

  async thumbnail(hash: Hash): Promise<Blob | null> {
    return (await this.#store.thumbnails.get(hash))?.blob ?? null;
  }

  async #read(hash: Hash): Promise<readonly ItemRecord[]> {
    const stored = await this.#store.chunks.get(hash);
    if (!stored) return [];
    const decoded = decodeChunk(stored.bytes);
    if (!decoded.ok) throw new Error(`${decoded.error.message} (${hash})`);
    return decoded.value;
  }
}
