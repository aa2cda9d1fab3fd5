import { ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { fault } from '#core/errors';
import type { OutputFile } from '#core/formats/format';
import { ReadFailure } from '#core/read-failure';
import { err, ok, type Result } from '#core/result';
import { BlobParts } from './blob-parts';

export interface ZipProgress {
  readonly files: number;
  /** Bytes of the zip so far. */
  readonly bytes: number;
}

/** DOS time cannot say less; all files have it, so that equal exports are equal bytes. */
const MODIFIED = new Date(1980, 0, 1);

/**
 * Packs files as they are produced. Memory stays bounded; Zip64 lifts the limits of 65,535 files and 4 GB.
 *
 * @returns the zip, or the failure of reading a file or of storing the zip; rejects with the signal's reason when aborted
 */
export async function writeZip(
  signal: AbortSignal,
  files: AsyncIterable<OutputFile>,
  onProgress: (progress: ZipProgress) => void,
): Promise<Result<Blob>> {
  const parts = new BlobParts();
  const sink = new WritableStream<Uint8Array>({ write: (piece) => parts.push(piece) });
  const zip = new ZipWriter(sink, {
    useWebWorkers: false,
    lastModDate: MODIFIED,
    extendedTimestamp: false,
    signal,
  });
  let count = 0;
  try {
    for await (const file of files) {
      signal.throwIfAborted();
      await zip.add(file.path, toStream(file.chunks), file.stored === true ? { level: 0 } : {});
      onProgress({ files: ++count, bytes: parts.size });
    }
    await zip.close();
    return ok(parts.blob('application/zip'));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ReadFailure) return err(error.error);
    return err(fault('export.failed', '', { reason: (error as Error).message }));
  }
}

function toStream(chunks: OutputFile['chunks']): ReadableStream<Uint8Array> {
  const iterator = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  return new ReadableStream({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
