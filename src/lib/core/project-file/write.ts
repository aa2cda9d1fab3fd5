import { encode } from '@ipld/dag-cbor';
import type { FileEntry, OutputFile } from '../formats/format';
import type { AuthorId, Hash } from '../model/ids';
import { blobPath, chunkPath, encodeManifest, logPath, MANIFEST_PATH, type Manifest } from './layout';

/** Bytes of commits per file of a log, so that neither side holds a whole log at once. */
const SEGMENT_BYTES = 4 << 20;

/** Where the contents of a project file come from, read as they are asked for. */
export interface ProjectFileSource {
  readonly manifest: Manifest;
  /** An author's commits, in order, as many as the manifest says; in lists of any length. */
  commits(author: AuthorId): AsyncIterable<readonly Uint8Array[]>;
  chunks(): AsyncIterable<{ readonly hash: Hash; readonly bytes: Uint8Array }>;
  /** Not called where the manifest says that there are none. */
  blobs(): AsyncIterable<{ readonly hash: Hash; readonly file: FileEntry }>;
}

/** The files of a project file, in the order in which they are read: equal sources give equal files. */
export async function* writeProjectFile(source: ProjectFileSource): AsyncGenerator<OutputFile> {
  const { manifest } = source;
  yield { path: MANIFEST_PATH, chunks: [encodeManifest(manifest)] };
  for (const author of Object.keys(manifest.commits).sort()) yield* segments(author, source.commits(author));
  for await (const { hash, bytes } of source.chunks()) yield { path: chunkPath(hash), chunks: [bytes] };
  if (manifest.blobs === 'none') return;
  for await (const { hash, file } of source.blobs())
    yield { path: blobPath(hash), chunks: file.chunks(), stored: true };
}

async function* segments(author: AuthorId, commits: AsyncIterable<readonly Uint8Array[]>): AsyncGenerator<OutputFile> {
  let seq = 0;
  let segment: Uint8Array[] = [];
  let size = 0;
  const take = (): OutputFile => {
    const file = { path: logPath(author, seq), chunks: [encode(segment)] };
    seq += segment.length;
    segment = [];
    size = 0;
    return file;
  };
  for await (const list of commits) {
    for (const bytes of list) {
      segment.push(bytes);
      size += bytes.length;
      if (size >= SEGMENT_BYTES) yield take();
    }
  }
  if (segment.length > 0) yield take();
}
