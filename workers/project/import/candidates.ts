import { fault, type ConcordError } from '#core/errors';
import { isTable } from '#core/table/open';
import type { Result } from '#core/result';
import { HEADER_BYTES, readImageHeader } from '#io/files/image-header';
import type { GivenFile } from './given';

/** A file that may be imported by itself, and what its name says it is. */
export interface Candidate extends GivenFile {
  readonly kind: 'image' | 'table' | 'text';
}

const TEXTS = new Set(['txt', 'text', 'md']);
const IMAGES = new Set('jpg jpeg jpe jfif png apng gif webp avif bmp ico svg heic heif tif tiff jxl'.split(' '));

/** Sorts files by what they can be; those that can be nothing are refused, each with an issue. */
export async function candidates(
  signal: AbortSignal,
  files: readonly GivenFile[],
  onIssue: (issue: ConcordError) => void,
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const file of files) {
    signal.throwIfAborted();
    const kind = kindByName(file.path) ?? (await kindByContent(await file.blob(signal)));
    if (kind === null) onIssue(fault('import.unknown-kind', file.path));
    else found.push({ ...file, kind });
  }
  return found;
}

/** Whether an image really is one shows when it is read, whatever its ending. */
function kindByName(path: string): Candidate['kind'] | null {
  if (isTable(path)) return 'table';
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  if (TEXTS.has(extension)) return 'text';
  return IMAGES.has(extension) ? 'image' : null;
}

/** For names that say nothing: cameras and caches give images without an ending. */
async function kindByContent(blob: Result<Blob>): Promise<'image' | null> {
  if (!blob.ok) return null;
  const start = await blob.value.slice(0, HEADER_BYTES).arrayBuffer();
  return readImageHeader(new Uint8Array(start)) ? 'image' : null;
}
