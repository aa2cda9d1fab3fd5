import type { ConcordError } from '#core/errors';
import { isJunk } from '#core/formats/paths';
import { ok, type Result } from '#core/result';
import { openZip } from '#io/files/zip-reader';
import type { PickedFile } from '../api';

/** A file as it was given: from the disk, or from within a zip. */
export interface GivenFile {
  /** With `/`; of a file in a zip the zip's own path comes first: `photos.zip/a/1.jpg`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  blob(signal: AbortSignal): Promise<Result<Blob>>;
}

/** All files, those in zips included, without what operating systems leave behind. A zip that cannot be opened is an issue. */
export async function openGiven(
  signal: AbortSignal,
  files: readonly PickedFile[],
  onIssue: (issue: ConcordError) => void,
): Promise<GivenFile[]> {
  const given: GivenFile[] = [];
  for (const { path, file } of files) {
    signal.throwIfAborted();
    if (isJunk(path)) continue;
    if (!/\.zip$/i.test(path)) {
      given.push({ path, size: file.size, blob: () => Promise.resolve(ok(file)) });
      continue;
    }
    const zip = await openZip(signal, file, { path, onIssue });
    if (!zip.ok) {
      onIssue(zip.error);
      continue;
    }
    for (const [inner, entry] of zip.value)
      given.push({ path: `${path}/${inner}`, size: entry.size, blob: (abort) => entry.blob(abort) });
  }
  return given;
}
