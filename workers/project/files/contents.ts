import { fault } from '#core/errors';
import type { FileEntry } from '#core/formats/format';
import { hashOf } from '#core/model/hash';
import type { Hash } from '#core/model/ids';
import { blobPath, chunkPath } from '#core/project-file/layout';
import type { ProjectFile } from '#core/project-file/read';
import { err, ok, type Result } from '#core/result';
import { hashBlob } from '#io/files/hash';
import { HEADER_BYTES, readImageHeader } from '#io/files/image-header';
import type { ProjectStore } from '#io/storage/project-store';

/** Bytes that go into one transaction. */
const BATCH_BYTES = 32 << 20;
/** Hashes that are looked up at once. */
const LOOKED_UP = 500;

/** Told how many bytes of how many were stored, and by throwing able to end it. */
type OnProgress = (bytes: number) => void;

/**
 * Stores a file's chunks and blobs that are not here yet. They are named by their hashes, so whatever comes of the rest of
 * the file, they are what they say to be, and harmless.
 */
export class ContentsStorer {
  readonly #store: ProjectStore;
  readonly #name: string;
  readonly #onProgress: OnProgress;
  readonly #added: { readonly kind: 'chunks' | 'blobs'; readonly hash: Hash }[] = [];
  /** Bytes of the blobs that were stored. */
  storedBytes = 0;

  /** @param name of the file, for errors */
  constructor(store: ProjectStore, name: string, onProgress: OnProgress) {
    this.#store = store;
    this.#name = name;
    this.#onProgress = onProgress;
  }

  /** How many were stored. */
  get added(): number {
    return this.#added.length;
  }

  /**
   * @returns `project-file.invalid` for one that is not what its name says; `storage.…`
   * @throws ReadFailure where one cannot be read
   */
  async run({ chunks, blobs }: ProjectFile): Promise<Result<null>> {
    const stored = await this.#storeAll('chunks', chunks, async (hash, entry) => {
      const bytes = await entry.bytes();
      return hashOf(bytes) === hash ? { hash, bytes } : null;
    });
    if (!stored.ok) return stored;
    return this.#storeAll('blobs', blobs, async (hash, entry) => {
      const blob = await typedBlob(entry);
      return (await hashBlob(blob)) === hash ? { hash, blob } : null;
    });
  }

  /** Takes back what was stored, so that a file that turns out to be wrong leaves nothing behind. */
  async undo(): Promise<void> {
    for (const kind of ['chunks', 'blobs'] as const) {
      const hashes = this.#added.filter((added) => added.kind === kind).map(({ hash }) => hash);
      await this.#store[kind].bulkDelete(hashes);
    }
  }

  async #storeAll<T>(
    kind: 'chunks' | 'blobs',
    entries: ReadonlyMap<Hash, FileEntry>,
    read: (hash: Hash, entry: FileEntry) => Promise<T | null>,
  ): Promise<Result<null>> {
    let batch: T[] = [];
    let hashes: Hash[] = [];
    let bytes = 0;
    const flush = async (): Promise<Result<null>> => {
      const kept = await this.#store.keep({ [kind]: batch });
      if (kept.ok) {
        for (const hash of hashes) this.#added.push({ kind, hash });
        if (kind === 'blobs') this.storedBytes += bytes;
      }
      [batch, hashes, bytes] = [[], [], 0];
      return kept;
    };
    for (const [hash, entry] of await this.#missing(kind, entries)) {
      const content = await read(hash, entry);
      const path = `${this.#name}/${kind === 'chunks' ? chunkPath(hash) : blobPath(hash)}`;
      if (!content)
        return err(fault('project-file.invalid', path, { reason: 'its content is not what its name says' }));
      batch.push(content);
      hashes.push(hash);
      bytes += entry.size;
      this.#onProgress(entry.size);
      if (bytes < BATCH_BYTES) continue;
      const flushed = await flush();
      if (!flushed.ok) return flushed;
    }
    return batch.length > 0 ? flush() : ok(null);
  }

  async #missing(kind: 'chunks' | 'blobs', entries: ReadonlyMap<Hash, FileEntry>): Promise<[Hash, FileEntry][]> {
    const missing: [Hash, FileEntry][] = [];
    const all = [...entries];
    for (let at = 0; at < all.length; at += LOOKED_UP) {
      const some = all.slice(at, at + LOOKED_UP);
      const known = await this.#store.has(
        kind,
        some.map(([hash]) => hash),
      );
      if (kind === 'blobs') await this.#store.own([...known]);
      for (const entry of some) {
        if (known.has(entry[0])) this.#onProgress(entry[1].size);
        else missing.push(entry);
      }
    }
    return missing;
  }
}

/** A blob with the type that its content has, as at import: what a file is called counts for nothing. */
async function typedBlob(entry: FileEntry): Promise<Blob> {
  const bytes = (await entry.bytes()) as Uint8Array<ArrayBuffer>;
  const type = readImageHeader(bytes.subarray(0, HEADER_BYTES))?.type ?? '';
  return new Blob([bytes], { type });
}
