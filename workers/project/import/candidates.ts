import { fault, type ConcordError } from '#core/errors';
import { isJunk } from '#core/formats/paths';
import { isTable } from '#core/table/open';
import { ok, type Result } from '#core/result';
import { HEADER_BYTES, readImageHeader } from '#io/files/image-header';
import { openZip } from '#io/files/zip-reader';
import type { PickedFile } from '../api';

/** A file that may be imported, from the disk or from within a zip, and what its name says it is. */
export interface Candidate {
  readonly path: string;
  readonly kind: 'image' | 'table' | 'text';
  /** Bytes. */
  readonly size: number;
  blob(signal: AbortSignal): Promise<Result<Blob>>;
}

const TEXTS = new Set(['txt', 'text', 'md']);
const IMAGES = new Set('jpg jpeg jpe jfif png apng gif webp avif bmp ico svg heic heif tif tiff jxl'.split(' '));

/** Opens zips and sorts files by what they can be; those that can be nothing are refused, each with an issue. */
export async function candidates(
  signal: AbortSignal,
  files: readonly PickedFile[],
  onIssue: (issue: ConcordError) => void,
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  const take = async (path: string, size: number, blob: Candidate['blob']) => {
    const kind = kindByName(path) ?? (await kindByContent(await blob(signal)));
    if (kind === null) onIssue(fault('import.unknown-kind', path));
    else found.push({ path, kind, size, blob });
  };
  for (const { path, file } of files) {
    signal.throwIfAborted();
    if (isJunk(path)) continue;
    if (extensionOf(path) !== 'zip') {
      await take(path, file.size, () => Promise.resolve(ok(file)));
      continue;
    }
    const zip = await openZip(signal, file, { path, onIssue });
    if (!zip.ok) {
      onIssue(zip.error);
      continue;
    }
    for (const [inner, entry] of zip.value) await take(`${path}/${inner}`, entry.size, (abort) => entry.blob(abort));
  }
  return found;
}

/** Whether an image really is one shows when it is read, whatever its ending. */
function kindByName(path: string): Candidate['kind'] | null {
  if (isTable(path)) return 'table';
  const extension = extensionOf(path);
  if (TEXTS.has(extension)) return 'text';
  return IMAGES.has(extension) ? 'image' : null;
}

/** For names that say nothing: cameras and caches give images without an ending. */
async function kindByContent(blob: Result<Blob>): Promise<'image' | null> {
  if (!blob.ok) return null;
  const start = await blob.value.slice(0, HEADER_BYTES).arrayBuffer();
  return readImageHeader(new Uint8Array(start)) ? 'image' : null;
}

const extensionOf = (path: string): string => /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
