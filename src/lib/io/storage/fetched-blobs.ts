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
   * Stores a blob that came from a peer; one that is here stays as it is, so that an import's never becomes one that may give way.
   *
   * @returns whether it was new here; `storage.full`, `storage.failed`
   */
  async keep(hash: Hash, blob: Blob, now: number): Promise<Result<'stored' | 'known'>> {
    const { blobs, fetched } = this.#store;
    try {
      return await this.#store.transaction('rw', blobs, fetched, async () => {
        if ((await blobs.where('hash').equals(hash).count()) > 0) return ok('known' as const);
        await blobs.put({ hash, blob });
        await fetched.put({ hash, size: blob.size, usedAt: now });
        return ok('stored' as const);
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
