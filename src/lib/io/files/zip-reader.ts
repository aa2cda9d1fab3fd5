import {
  BlobReader,
  BlobWriter,
  ERR_INVALID_UNCOMPRESSED_SIZE,
  ZipReader,
  type FileEntry as Compressed,
} from '@zip.js/zip.js/lib/zip-core-custom.js';
import { fault, type ConcordError } from '#core/errors';
import type { FileEntry } from '#core/formats/format';
import { ReadFailure } from '#core/read-failure';
import { isJunk, isSafePath } from '#core/formats/paths';
import { err, ok, type Result } from '#core/result';
import { blobEntry } from './blob-entry';

/** A file within a zip; unpacked when it is asked for. */
export interface ZipEntry extends FileEntry {
  blob(signal: AbortSignal): Promise<Result<Blob>>;
}

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
 * Lists the files of a zip by path, without unpacking them. Paths that are not plain and relative, encrypted files, repeated paths and files that
 * would unpack to absurd sizes are refused, each with an issue; what operating systems leave behind is passed over.
 * A zip within the zip is a file like any other.
 */
export async function openZip(
  signal: AbortSignal,
  blob: Blob,
  options: ZipOptions,
): Promise<Result<ReadonlyMap<string, ZipEntry>>> {
  const reader = new ZipReader(new BlobReader(blob), {
    useWebWorkers: false,
    filenameValidation: 'tolerant',
    checkCrc32: true,
  });
  const files = new Map<string, ZipEntry>();
  let entries = 0;
  let total = 0;
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      signal.throwIfAborted();
      if (entry.directory || isJunk(entry.filename)) continue;
      const path = `${options.path}/${entry.filename}`;
      total += entry.uncompressedSize;
      if (++entries > ZIP_LIMITS.entries)
        return err(bomb(options.path, `it holds more than ${ZIP_LIMITS.entries} files`));
      if (total > ZIP_LIMITS.totalBytes || isAbsurd(total, blob.size)) {
        return err(bomb(options.path, `its ${blob.size} bytes would unpack to more than ${total} bytes`));
      }
      const issue = refusal(entry, path, files);
      if (issue === null) files.set(entry.filename, zipEntry(entry, path));
      else options.onIssue(issue);
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

function refusal(entry: Compressed, path: string, taken: ReadonlyMap<string, ZipEntry>): ConcordError | null {
  if (!isSafePath(entry.filename)) return fault('zip.path', path);
  if (taken.has(entry.filename)) return fault('zip.duplicate', path);
  if (entry.encrypted) return fault('zip.encrypted', path);
  if (entry.uncompressedSize > ZIP_LIMITS.entryBytes) {
    return fault('file.too-large', path, { bytes: entry.uncompressedSize, limit: ZIP_LIMITS.entryBytes });
  }
  if (isAbsurd(entry.uncompressedSize, entry.compressedSize)) {
    return bomb(path, `its ${entry.compressedSize} bytes would unpack to ${entry.uncompressedSize} bytes`);
  }
  return null;
}

function zipEntry(entry: Compressed, path: string): ZipEntry {
  const unpack = async (signal?: AbortSignal): Promise<Result<Blob>> => {
    try {
      return ok(await entry.getData(new BlobWriter(), signal === undefined ? {} : { signal }));
    } catch (error) {
      signal?.throwIfAborted();
      const { message } = error as Error;
      // The library stops unpacking with the first piece that is too much, so a size that lies costs no memory.
      const isLie = message === ERR_INVALID_UNCOMPRESSED_SIZE;
      const reason = isLie ? `it does not unpack to the ${entry.uncompressedSize} bytes that the zip states` : message;
      return err(fault('zip.entry', path, { reason }));
    }
  };
  const unpacked = async (): Promise<FileEntry> => {
    const result = await unpack();
    if (!result.ok) throw new ReadFailure(result.error);
    return blobEntry(path, result.value);
  };
  return {
    size: entry.uncompressedSize,
    blob: unpack,
    bytes: async () => (await unpacked()).bytes(),
    async *chunks() {
      yield* (await unpacked()).chunks();
    },
  };
}
