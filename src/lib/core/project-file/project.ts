import { fault } from '../errors';
import type { FileEntry } from '../formats/format';
import type { ProjectContents } from '../formats/project-dataset';
import { emptyLog, verifyRun } from '../log/chain';
import type { Verify } from '../log/commit';
import { Proofs, recoveryKey } from '../log/proofs';
import { decodeChunk } from '../model/chunk';
import { hashOf } from '../model/hash';
import type { Hash } from '../model/ids';
import { itemId } from '../model/item';
import { decodePredictions } from '../model/prediction-chunk';
import { fillIn, type Contents } from '../projection/fill-in';
import { ItemReader } from '../projection/item-reader';
import { Projection } from '../projection/projection';
import { replay, type Logs } from '../projection/replay';
import { ReadFailure } from '../read-failure';
import { err, ok, type Result } from '../result';
import { chunkPath, MANIFEST_PATH } from './layout';
import type { ProjectFile } from './read';

/**
 * The project that a file holds, as nobody in particular reads it: its projection, its items and its files. Logs are verified
 * by their chains and last signatures, chunks by their hashes; blobs as they are read, by the zip's checksums.
 *
 * @returns the first thing that is wrong with the logs or the chunks
 */
export async function projectIn(file: ProjectFile, verify: Verify): Promise<Result<ProjectContents>> {
  try {
    const proofs = new Proofs(file.manifest.project, verify);
    const projection = await replay(new Projection(null, proofs), proofs, logsOf(file, verify));
    if (recoveryKey(projection.facts) === null)
      throw part(MANIFEST_PATH, 'the commit that founded its project is in no log');
    await fillIn(projection, contentsOf(file));
    return ok(stateIn(file, projection));
  } catch (error) {
    if (error instanceof ReadFailure) return err(error.error);
    throw error;
  }
}

const logsOf = (file: ProjectFile, verify: Verify): Logs => ({
  authors: file.authors,
  async *commits(author, from) {
    let head = emptyLog(file.manifest.project, author);
    for await (const { path, commits } of file.commits(author)) {
      const run = await verifyRun(head, commits, verify);
      if (!run.ok) throw new ReadFailure({ ...run.error, path: `${path}, ${run.error.path}` });
      head = run.value.head;
      yield run.value.commits.filter(({ seq }) => seq >= from);
    }
  },
});

/** What the file holds of the chunks that its logs announce, which is all of it. Rejects with a ReadFailure where it is not. */
export const contentsOf = (file: ProjectFile): Contents => ({
  async items(hash) {
    const records = decodeChunk(await announced(file, hash));
    if (!records.ok) throw new ReadFailure({ ...records.error, path: chunkPath(hash) });
    return records.value.map(({ data }) => itemId(data));
  },
  async predictions(hash) {
    const read = decodePredictions(await announced(file, hash));
    if (!read.ok) throw new ReadFailure({ ...read.error, path: chunkPath(hash) });
    return read.value;
  },
});

/** A state of the project that a file holds, with the items and files in it. */
export function stateIn(file: ProjectFile, projection: Projection): ProjectContents {
  const reader = new ItemReader(
    (hash) => contentOf(file, hash),
    () => projection,
  );
  return { projection, reader, files: (hashes) => Promise.resolve(blobsOf(file, hashes)) };
}

async function announced(file: ProjectFile, hash: Hash): Promise<Uint8Array> {
  const bytes = await contentOf(file, hash);
  if (!bytes) throw part(chunkPath(hash), 'the logs announce it, and it is not there');
  return bytes;
}

async function contentOf(file: ProjectFile, hash: Hash): Promise<Uint8Array | undefined> {
  const bytes = await file.chunks.get(hash)?.bytes();
  if (bytes && hashOf(bytes) !== hash) throw part(chunkPath(hash), 'its content is another than its name says');
  return bytes;
}

const blobsOf = ({ blobs }: ProjectFile, hashes: readonly Hash[]): ReadonlyMap<Hash, FileEntry> =>
  new Map(hashes.flatMap((hash) => (blobs.has(hash) ? [[hash, blobs.get(hash)!] as const] : [])));

const part = (path: string, reason: string): ReadFailure =>
  new ReadFailure(fault('project-file.part', path, { reason }));
