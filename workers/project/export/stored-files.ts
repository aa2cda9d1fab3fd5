import type { FileEntry } from '#core/formats/format';
import type { Hash } from '#core/model/ids';
import { blobEntry } from '#io/files/blob-entry';
import type { ProjectStore } from '#io/storage/project-store';

/** Handles of the files with these hashes, as far as they are on this device: nothing of them is read yet. */
export async function storedFiles(store: ProjectStore, hashes: readonly Hash[]): Promise<ReadonlyMap<Hash, FileEntry>> {
  const stored = await store.blobs.bulkGet([...hashes]);
  return new Map(stored.flatMap((file) => (file ? [[file.hash, blobEntry(file.hash, file.blob)] as const] : [])));
}
