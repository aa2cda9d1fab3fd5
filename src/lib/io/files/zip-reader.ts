import { BlobReader, ZipReader, type FileEntry as Listed } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { fault, type ConcordError } from '#core/errors';
import { isJunk, isSafePath } from '#core/formats/paths';
import { err, ok, type Result } from '#core/result';
import { isKnownMethod, ZipEntry, type ZipPlace } from './zip-entry';

export interface ZipOptions {
  /** Names the zip in issues. */
  readonly path: string;
  /** Called for each file that was refused; the others can be read. */
  readonly onIssue: (issue: ConcordError) => void;
}

/** What a zip may hold, in bytes and files: far beyond what is labelled in a browser, far below what stops one. */
export const ZIP_LIMITS = {
  entries: 2_000_000,
  entryBytes: 512 * 2 ** 20,
  totalBytes: 64 * 2 ** 30,
  /** Deflate reaches 1,032 : 1 on zeros; photographs 1 : 1, texts 10 : 1. Small files may reach anything. */
  ratio: 200,
  ratioFromBytes: 50 * 2 ** 20,
} as const;

/**
 * Lists the files of a zip by path, without unpacking them. Paths that are not plain and relative, encrypted files,
 * repeated paths and files that would unpack to absurd sizes are refused, each with an issue; what operating systems
 * leave behind is passed over. A zip within the zip is a file like any other.
 */
export async function openZip(
  signal: AbortSignal,
  blob: Blob,
  options: ZipOptions,
): Promise<Result<ReadonlyMap<string, ZipEntry>>> {
  const reader = new ZipReader(new BlobReader(blob), { filenameValidation: 'tolerant' });
  const files = new Map<string, ZipEntry>();
  let entries = 0;
  let total = 0;
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      signal.throwIfAborted();
      if (entry.directory || isJunk(entry.filename)) continue;
      const path = `${options.path}/${entry.filename}`;
      if (++entries > ZIP_LIMITS.entries)
        return err(bomb(options.path, `it holds more than ${ZIP_LIMITS.entries} files`));
      const issue = refusal(entry, path, files);
      if (issue !== null) {
        options.onIssue(issue);
        continue;
      }
      total += entry.uncompressedSize;
      if (total > ZIP_LIMITS.totalBytes || isAbsurd(total, blob.size)) {
        return err(bomb(options.path, `its ${blob.size} bytes would unpack to more than ${total} bytes`));
      }
      files.set(entry.filename, new ZipEntry(blob, path, placeOf(entry)));
    }
  } catch (error) {
    signal.throwIfAborted();
    return err(fault('zip.invalid', options.path, { reason: (error as Error).message }));
  }
  return ok(files);
}

const bomb = (path: string, reason: string): ConcordError => fault('zip.bomb', path, { reason });

const isAbsurd = (unpacked: number, packed: number): boolean =>
  unpacked > ZIP_LIMITS.ratioFromBytes && unpacked > packed * ZIP_LIMITS.ratio;

function refusal(entry: Listed, path: string, taken: ReadonlyMap<string, ZipEntry>): ConcordError | null {
  if (!isSafePath(entry.filename)) return fault('zip.path', path);
  if (taken.has(entry.filename)) return fault('zip.duplicate', path);
  if (entry.encrypted) return fault('zip.encrypted', path);
  if (entry.uncompressedSize > ZIP_LIMITS.entryBytes) {
    return fault('file.too-large', path, { bytes: entry.uncompressedSize, limit: ZIP_LIMITS.entryBytes });
  }
  if (!isKnownMethod(entry.compressionMethod)) {
    const reason = `its compression method ${entry.compressionMethod} is not the usual one`;
    return fault('zip.entry', path, { reason });
  }
  if (isAbsurd(entry.uncompressedSize, entry.compressedSize)) {
    return bomb(path, `its ${entry.compressedSize} bytes would unpack to ${entry.uncompressedSize} bytes`);
  }
  return null;
}

const placeOf = (entry: Listed): ZipPlace => ({
  offset: entry.offset,
  packedSize: entry.compressedSize,
  size: entry.uncompressedSize,
  method: entry.compressionMethod,
  crc32: entry.crc32 ?? 0,
});
