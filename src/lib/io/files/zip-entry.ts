import { fault } from '#core/errors';
import type { FileEntry } from '#core/formats/format';
import { ReadFailure } from '#core/read-failure';
import { err, ok, type Result } from '#core/result';
import { BlobParts } from './blob-parts';
import { crc32 } from './crc32';
import { readStream } from './read-stream';

/** Where a file lies in its zip, as the zip's directory states it. */
export interface ZipPlace {
  /** Of the local header, in bytes. */
  readonly offset: number;
  readonly packedSize: number;
  readonly size: number;
  readonly method: number;
  readonly crc32: number;
}

const STORED = 0;
const DEFLATED = 8;

export const isKnownMethod = (method: number): boolean => method === STORED || method === DEFLATED;

/** Bytes of a local header without the name and the extra field, whose lengths are its last two numbers. */
const LOCAL_HEADER = 30;
const LOCAL_SIGNATURE = 0x04034b50;

/**
 * A file within a zip, unpacked when it is asked for. Size and checksum are compared with what the zip states;
 * unpacking stops as soon as there is more than that. Unlike the library's own entries it takes some hundred bytes, so
 * that a zip may hold a million.
 */
export class ZipEntry implements FileEntry {
  readonly #zip: Blob;
  readonly #path: string;
  readonly #place: ZipPlace;

  /** @param path names the file in errors */
  constructor(zip: Blob, path: string, place: ZipPlace) {
    this.#zip = zip;
    this.#path = path;
    this.#place = place;
  }

  get size(): number {
    return this.#place.size;
  }

  /** Rejects with the signal's reason when it is aborted. */
  async blob(signal: AbortSignal): Promise<Result<Blob>> {
    const parts = new BlobParts();
    try {
      for await (const chunk of this.chunks()) {
        signal.throwIfAborted();
        parts.push(chunk);
      }
      return ok(parts.blob());
    } catch (error) {
      if (error instanceof ReadFailure) return err(error.error);
      throw error;
    }
  }

  async bytes(): Promise<Uint8Array> {
    const bytes = new Uint8Array(this.size);
    let at = 0;
    for await (const chunk of this.chunks()) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    let size = 0;
    let checksum = 0;
    try {
      for await (const chunk of readStream(await this.#stream())) {
        size += chunk.length;
        if (size > this.size) break;
        checksum = crc32(chunk, checksum);
        yield chunk;
      }
    } catch (error) {
      throw this.#failure((error as Error).message);
    }
    if (size !== this.size) throw this.#failure(`it does not unpack to the ${this.size} bytes that the zip states`);
    if (checksum !== this.#place.crc32) throw this.#failure('its checksum is wrong');
  }

  async #stream(): Promise<ReadableStream<Uint8Array>> {
    const { offset, packedSize, method } = this.#place;
    const header = new DataView(await this.#zip.slice(offset, offset + LOCAL_HEADER).arrayBuffer());
    if (header.byteLength < LOCAL_HEADER || header.getUint32(0, true) !== LOCAL_SIGNATURE) {
      throw new Error('it is not where the zip’s directory says');
    }
    const start = offset + LOCAL_HEADER + header.getUint16(26, true) + header.getUint16(28, true);
    const packed = this.#zip.slice(start, start + packedSize).stream();
    return method === STORED ? packed : packed.pipeThrough(new DecompressionStream('deflate-raw'));
  }

  #failure(reason: string): ReadFailure {
    return new ReadFailure(fault('zip.entry', this.#path, { reason }));
  }
}
