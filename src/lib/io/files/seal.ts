import { sha256 } from '@noble/hashes/sha2.js';
import { fault } from '#core/errors';
import { err, ok, type Result } from '#core/result';
import { readStream } from './read-stream';

/**
 * A zip is sealed by its last bytes, the zip's comment: `concord sha256 ` and, in 64 small hexadecimal digits, the SHA-256
 * of everything before those digits. So every byte of the file is covered, those that no checksum of a zip knows (headers,
 * dates, padding, the directory) among them:
 *
 *     head -c -64 a.concord | sha256sum        tail -c 64 a.concord
 *
 * It tells damage, not forgery: whoever changes a file on purpose can seal it again. What the commits say is signed.
 */
const MARK = new TextEncoder().encode('concord sha256 ');
const DIGITS = 64;

/** Bytes of a seal: the length of the zip's comment. */
export const SEAL_BYTES = MARK.length + DIGITS;

/** The seal of a file that is being written: it is given all pieces in their order, and then makes the comment. */
export class Seal {
  readonly #hash = sha256.create();

  async add(piece: Uint8Array | Blob): Promise<void> {
    if (piece instanceof Uint8Array) this.#hash.update(piece);
    else for await (const part of readStream(piece.stream())) this.#hash.update(part);
  }

  /** The seal itself; nothing can be added after it. */
  comment(): Uint8Array {
    this.#hash.update(MARK);
    return Uint8Array.of(...MARK, ...new TextEncoder().encode(hex(this.#hash.digest())));
  }
}

/**
 * Whether a file is byte for byte the one that was sealed. Reads all of it, some 200 MB a second. Rejects with the signal's
 * reason when aborted.
 *
 * @param path names the file in the error
 * @param onProgress told how many bytes were read so far
 * @returns `project-file.invalid` where it is not, or has no seal; `file.unreadable`
 */
export async function checkSeal(
  signal: AbortSignal,
  file: Blob,
  path: string,
  onProgress: (bytes: number) => void = () => undefined,
): Promise<Result<null>> {
  const hash = sha256.create();
  let size = 0;
  try {
    const digits = new Uint8Array(await file.slice(-DIGITS).arrayBuffer());
    const mark = new Uint8Array(await file.slice(-SEAL_BYTES, -DIGITS).arrayBuffer());
    if (file.size < SEAL_BYTES || mark.some((byte, i) => byte !== MARK[i])) {
      return err(
        fault('project-file.invalid', path, { reason: 'it does not end with a seal, so it was cut or changed' }),
      );
    }
    for await (const part of readStream(file.slice(0, -DIGITS).stream())) {
      signal.throwIfAborted();
      hash.update(part);
      onProgress((size += part.length));
    }
    if (new TextDecoder().decode(digits) === hex(hash.digest())) return ok(null);
  } catch (error) {
    signal.throwIfAborted();
    return err(fault('file.unreadable', path, { reason: (error as Error).message }));
  }
  return err(fault('project-file.invalid', path, { reason: 'its seal is broken: something in it was changed' }));
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
