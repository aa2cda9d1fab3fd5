import { strFromU8 } from 'fflate';
import { fault } from '../errors';
import type { FileEntry, FileMap } from '../formats/format';
import { decodeCanonical } from '../model/canonical';
import type { AuthorId, Hash } from '../model/ids';
import { ReadFailure } from '../read-failure';
import { err, ok, type Result } from '../result';
import { FILE_LIMITS } from './limits';
import { MANIFEST_PATH, placeOf, readManifest, type Manifest } from './layout';

/** A project file, listed but not read: its commits, chunks and blobs are neither loaded nor judged yet. */
export interface ProjectFile {
  readonly manifest: Manifest;
  readonly authors: readonly AuthorId[];
  readonly chunks: ReadonlyMap<Hash, FileEntry>;
  readonly blobs: ReadonlyMap<Hash, FileEntry>;
  /**
   * An author's commits in order, a segment at a time.
   *
   * @throws ReadFailure where a segment cannot be read, is no list of commits, or is not where the one before it ends
   */
  commits(author: AuthorId): AsyncGenerator<{ readonly path: string; readonly commits: readonly Uint8Array[] }>;
}

/** @returns `project-file.invalid` or `project-file.newer`, or why a file in it cannot be read */
export async function openProjectFile(files: FileMap): Promise<Result<ProjectFile>> {
  const entry = files.get(MANIFEST_PATH);
  if (!entry) return invalid(MANIFEST_PATH, 'it is not there');
  if (entry.size > FILE_LIMITS.manifestBytes) return invalid(MANIFEST_PATH, 'it is too large');
  const read = await readEntry(entry);
  if (!read.ok) return read;
  const manifest = readManifest(strFromU8(read.value));
  if (!manifest.ok) return manifest;

  const logs = new Map<AuthorId, { path: string; seq: number; entry: FileEntry }[]>();
  const chunks = new Map<Hash, FileEntry>();
  const blobs = new Map<Hash, FileEntry>();
  for (const [path, entry] of files) {
    if (path === MANIFEST_PATH) continue;
    const place = placeOf(path);
    if (!place) return invalid(path, 'no project file holds a file of this name');
    if (place.kind === 'log') {
      const segments = logs.get(place.author) ?? [];
      segments.push({ path, seq: place.seq, entry });
      logs.set(place.author, segments);
      if (logs.size > FILE_LIMITS.authors) return invalid(path, `it holds more than ${FILE_LIMITS.authors} logs`);
    } else (place.kind === 'chunk' ? chunks : blobs).set(place.hash, entry);
  }
  for (const segments of logs.values()) segments.sort((a, b) => a.seq - b.seq);

  return ok({
    manifest: manifest.value,
    authors: [...logs.keys()].sort(),
    chunks,
    blobs,
    async *commits(author) {
      let length = 0;
      for (const { path, seq, entry } of logs.get(author) ?? []) {
        const wrong = (reason: string) => new ReadFailure(fault('project-file.invalid', path, { reason }));
        if (seq !== length) throw wrong(`the log before it ends at ${length}`);
        if (entry.size > FILE_LIMITS.segmentBytes) throw wrong('it is larger than any list of commits');
        const bytes = await entry.bytes();
        // Told by its head before anything is made of it: nine million empty commits take a gigabyte.
        const count = listLength(bytes);
        length += count;
        if (count * FILE_LIMITS.commitBytes > bytes.length) throw wrong('it is no list of commits');
        if (length > FILE_LIMITS.commitsPerAuthor) throw wrong('the log has more commits than any log can');
        const commits = decodeCanonical(bytes);
        if (!isSegment(commits)) throw wrong('it is no list of commits');
        yield { path, commits };
      }
    },
  });
}

const invalid = (path: string, reason: string) => err(fault('project-file.invalid', path, { reason }));

/** Entries that the head of a CBOR list announces; 0 where it is no such head. */
function listLength(bytes: Uint8Array): number {
  const [initial = 0] = bytes;
  if (initial >> 5 !== 4) return 0;
  const info = initial & 31;
  if (info < 24) return info;
  const size = info > 26 ? 0 : 1 << (info - 24);
  return bytes.subarray(1, 1 + size).reduce((count, byte) => count * 0x100 + byte, 0);
}

async function readEntry(entry: FileEntry): Promise<Result<Uint8Array>> {
  try {
    return ok(await entry.bytes());
  } catch (error) {
    if (error instanceof ReadFailure) return err(error.error);
    throw error;
  }
}

const isSegment = (value: unknown): value is Uint8Array[] =>
  Array.isArray(value) && value.length > 0 && value.every((commit) => commit instanceof Uint8Array);
