import { fault } from '#core/errors';
import type { OutputFile } from '#core/formats/format';
import { ReadFailure } from '#core/read-failure';
import { err, ok, type Result } from '#core/result';
import { BlobParts } from './blob-parts';
import { crc32 } from './crc32';
import { readStream } from './read-stream';
import { Seal, SEAL_BYTES } from './seal';
import { directoryHeader, endOfDirectory, localHeader, type ZipRecord } from './zip-records';

export interface ZipProgress {
  readonly files: number;
  /** Bytes of the zip so far. */
  readonly bytes: number;
}

/**
 * Packs files as they are produced. Memory stays bounded (a file's directory entry is all that is kept of it); Zip64
 * lifts the limits of 65,535 files and 4 GB. Our own, because the library keeps 5 KB of heap per file and writes stored
 * files with data descriptors, which streaming readers refuse.
 *
 * @param seal `sealed`: ends with a checksum over all bytes, see `seal.ts`
 * @returns the zip, or the failure of reading a file or of storing the zip; rejects with the signal's reason when
 * aborted
 */
export async function writeZip(
  signal: AbortSignal,
  files: AsyncIterable<OutputFile>,
  onProgress: (progress: ZipProgress) => void,
  { seal: sealing }: { readonly seal: 'sealed' | 'none' } = { seal: 'none' },
): Promise<Result<Blob>> {
  const zip = new BlobParts();
  const directory = new BlobParts();
  const seal = sealing === 'sealed' ? new Seal() : null;
  const push = async (piece: Uint8Array | Blob) => {
    await seal?.add(piece);
    zip.push(piece);
  };
  let count = 0;
  try {
    for await (const file of files) {
      signal.throwIfAborted();
      const { packed, ...facts } = await pack(signal, file);
      const record = { ...facts, name: new TextEncoder().encode(file.path), offset: zip.size };
      await push(localHeader(record));
      for (const part of packed.parts()) await push(part);
      directory.push(directoryHeader(record));
      onProgress({ files: ++count, bytes: zip.size });
    }
    const offset = zip.size;
    for (const part of directory.parts()) await push(part);
    await push(endOfDirectory({ files: count, offset, size: directory.size }, seal ? SEAL_BYTES : 0));
    if (seal) zip.push(seal.comment());
    return ok(zip.blob('application/zip'));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ReadFailure) return err(error.error);
    return err(fault('export.failed', '', { reason: (error as Error).message }));
  }
}

type Packed = Omit<ZipRecord, 'name' | 'offset'> & { readonly packed: BlobParts };

async function pack(signal: AbortSignal, { chunks, stored }: OutputFile): Promise<Packed> {
  let size = 0;
  let checksum = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      size += chunk.length;
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
  }
  const packed = new BlobParts();
  for await (const piece of stored === true ? counted() : deflated(counted())) packed.push(piece);
  return { packed, method: stored === true ? 0 : 8, crc32: checksum, packedSize: packed.size, size };
}

function deflated(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = new ReadableStream<BufferSource>({
    async pull(controller) {
      const next = await chunks.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value as Uint8Array<ArrayBuffer>);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
  return readStream(source.pipeThrough(new CompressionStream('deflate-raw')));
}
