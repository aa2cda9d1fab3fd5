import type { Hash } from '#core/model/ids';
import { ok, err, type Result } from '#core/result';
import type { ProjectStore } from './project-store';
import { storageFault } from './storage-fault';

/** Rows that are read at once in looking for the least recently used. */
const PAGE = 200;

/** A stored blob that may give way. */
export interface FetchedBlob {
  readonly hash: Hash;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch: when it came, or was last shown. */
  readonly usedAt: number;
}

/**
 * The stored blobs that came from peers. Those that were imported here have no row in this table, and are beyond its reach.
 */
export class FetchedBlobs {
  readonly #store: ProjectStore;

  constructor(store: ProjectStore) {
    this.#store = store;
  }

  /** Bytes of all of them. */
  async bytes(): Promise<number> {
    const rows = await this.#store.fetched.toArray();
    return rows.reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * Stores blobs that came from peers; one that is here stays as it is, so that an import's never becomes one that may give way.
   *
   * @returns bytes of those that were new here; `storage.full`, `storage.failed`
   */
  async keep(contents: readonly { readonly hash: Hash; readonly blob: Blob }[], now: number): Promise<Result<number>> {
    const { blobs, fetched } = this.#store;
    const hashes = contents.map(({ hash }) => hash);
    try {
      return await this.#store.transaction('rw', blobs, fetched, async () => {
        const known = await this.#store.has('blobs', hashes);
        const fresh = contents.filter(({ hash }) => !known.has(hash));
        await blobs.bulkPut(fresh);
        await fetched.bulkPut(fresh.map(({ hash, blob }) => ({ hash, size: blob.size, usedAt: now })));
        return ok(bytesOf(fresh));
      });
    } catch (error) {
      return err(storageFault(error, this.#store.name));
    }
  }

  /** It was shown. */
  async use(hash: Hash, now: number): Promise<void> {
    await this.#store.fetched.update(hash, { usedAt: now });
  }

  /** The least recently used first. */
  async *byUse(): AsyncGenerator<FetchedBlob> {
    for (let offset = 0; ; offset += PAGE) {
      const rows = await this.#store.fetched.orderBy('usedAt').offset(offset).limit(PAGE).toArray();
      yield* rows;
      if (rows.length < PAGE) return;
    }
  }

  /** Deletes those of the blobs that came from peers; the bytes that became free. */
  async drop(hashes: readonly Hash[]): Promise<number> {
    const { blobs, fetched } = this.#store;
    return this.#store.transaction('rw', blobs, fetched, async () => {
      const rows = (await fetched.bulkGet([...hashes])).filter((row) => row !== undefined);
      const dropped = rows.map(({ hash }) => hash);
      await blobs.bulkDelete(dropped);
      await fetched.bulkDelete(dropped);
      return rows.reduce((sum, { size }) => sum + size, 0);
    });
  }
}

const bytesOf = (contents: readonly { readonly blob: Blob }[]): number =>
  contents.reduce((sum, { blob }) => sum + blob.size, 0);
