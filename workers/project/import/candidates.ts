import { fault, type ConcordError } from '#core/errors';
import { isJunk } from '#core/formats/paths';
import { isTable } from '#core/table/open';
import { ok, type Result } from '#core/result';
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
/** Never an item, though they lie among items. */
const REFUSED = new Set([
  'pdf',
  'doc',
  'docx',
  'xls',
  'xlsx',
  'mp3',
  'wav',
  'flac',
  'mp4',
  'mov',
  'avi',
  'webm',
  'exe',
  'xml',
  'yaml',
  'yml',
  'html',
  'htm',
  'js',
  'css',
  'py',
]);

/** Opens zips and sorts files by what they can be; those that can be nothing are refused, each with an issue. */
export async function candidates(
  signal: AbortSignal,
  files: readonly PickedFile[],
  onIssue: (issue: ConcordError) => void,
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  const take = (path: string, size: number, blob: Candidate['blob']) => {
    const kind = kindOf(path);
    if (kind === null) onIssue(fault('import.unknown-kind', path));
    else found.push({ path, kind, size, blob });
  };
  for (const { path, file } of files) {
    if (isJunk(path)) continue;
    if (extensionOf(path) !== 'zip') {
      take(path, file.size, () => Promise.resolve(ok(file)));
      continue;
    }
    const zip = await openZip(signal, file, { path, onIssue });
    if (!zip.ok) {
      onIssue(zip.error);
      continue;
    }
    for (const [inner, entry] of zip.value) take(`${path}/${inner}`, entry.size, (abort) => entry.blob(abort));
  }
  return found;
}

/** By the name only: whether it really is an image shows when it is read, whatever its ending. */
function kindOf(path: string): Candidate['kind'] | null {
  if (isTable(path)) return 'table';
  const extension = extensionOf(path);
  if (TEXTS.has(extension)) return 'text';
  return REFUSED.has(extension) ? null : 'image';
}

const extensionOf = (path: string): string => /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
