import { fault } from '#core/errors';
import { ReadFailure } from '#core/read-failure';
import { decodeText, type Decoder, type DecodeOptions } from '#core/text/decode';

/** TextDecoder as core takes it. */
export const decodeBytes: Decoder = (bytes, encoding, isStart) =>
  new TextDecoder(encoding, { ignoreBOM: !isStart }).decode(bytes);

export interface TextOptions extends DecodeOptions {
  /** Bytes read so far. */
  readonly onProgress?: (bytes: number) => void;
}

/** Bytes per piece: enough to be quick, little enough to cancel and to report progress. */
const PIECE = 2 ** 20;

/**
 * Reads a text file piece by piece; see {@link decodeText}. Rejects with the signal's reason when it is aborted.
 */
export function readText(signal: AbortSignal, blob: Blob, options: TextOptions): AsyncGenerator<string> {
  return decodeText(readPieces(signal, blob, options), decodeBytes, options);
}

/** A whole text file at once. */
export async function readWholeText(signal: AbortSignal, blob: Blob, options: TextOptions): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of readText(signal, blob, options)) pieces.push(piece);
  return pieces.join('');
}

async function* readPieces(signal: AbortSignal, blob: Blob, options: TextOptions): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < blob.size; from += PIECE) {
    signal.throwIfAborted();
    try {
      yield new Uint8Array(await blob.slice(from, from + PIECE).arrayBuffer());
    } catch (error) {
      throw new ReadFailure(fault('file.unreadable', options.path, { reason: (error as Error).message }));
    }
    options.onProgress?.(Math.min(from + PIECE, blob.size));
  }
}
