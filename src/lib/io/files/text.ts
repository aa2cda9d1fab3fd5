import { fault, type ConcordError } from '#core/errors';
import { ReadFailure } from '#core/formats/format';
import { detectEncoding, ENCODING_SAMPLE, wholeCharacters, type Encoding } from '#core/text/encoding';
import { findMalformed } from '#core/text/malformed';

export interface TextOptions {
  /** Names the file in issues. */
  readonly path: string;
  /** Told once, at the end, when bytes had to be replaced. */
  readonly onIssue: (issue: ConcordError) => void;
  /** Bytes read so far. */
  readonly onProgress?: (bytes: number) => void;
}

/** Bytes per piece: enough to be quick, little enough to cancel and to report progress. */
const PIECE = 2 ** 20;

/**
 * Decodes a text file piece by piece: UTF-8 or UTF-16, without its byte order mark and otherwise unchanged. Malformed bytes are replaced by
 * U+FFFD, counted and reported with their lines.
 *
 * @throws ReadFailure where the file cannot be read, the signal's reason when it is aborted
 */
export async function* readText(signal: AbortSignal, blob: Blob, options: TextOptions): AsyncGenerator<string> {
  const encoding = detectEncoding(await readBytes(blob.slice(0, ENCODING_SAMPLE), options.path));
  const malformed = new MalformedText(encoding);
  let rest = new Uint8Array();
  let first = true;
  for (let from = 0; from < blob.size; from += PIECE) {
    signal.throwIfAborted();
    const piece = await readBytes(blob.slice(from, from + PIECE), options.path);
    const bytes = rest.length > 0 ? concat(rest, piece) : piece;
    const isLast = from + PIECE >= blob.size;
    const whole = isLast ? bytes.length : wholeCharacters(bytes, encoding);
    // A decoder drops a byte order mark at the beginning of what it is given: only the file's first one is no text.
    const text = new TextDecoder(encoding, { ignoreBOM: !first }).decode(bytes.subarray(0, whole));
    malformed.check(bytes.subarray(0, whole), text);
    rest = bytes.slice(whole);
    first = false;
    options.onProgress?.(Math.min(from + PIECE, blob.size));
    if (text !== '') yield text;
  }
  const issue = malformed.issue(options.path);
  if (issue !== null) options.onIssue(issue);
}

/** A whole text file at once. */
export async function readWholeText(signal: AbortSignal, blob: Blob, options: TextOptions): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of readText(signal, blob, options)) pieces.push(piece);
  return pieces.join('');
}

/** Counts what was replaced while decoding, with the lines. */
class MalformedText {
  readonly #encoding: Encoding;
  readonly #lines = new Set<number>();
  #bytes = 0;
  #line = 1;

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
  }

  check(bytes: Uint8Array, text: string): void {
    // A U+FFFD may also stand in the file itself, which is for findMalformed to tell.
    if (text.includes('\ufffd')) {
      findMalformed(bytes, this.#encoding, this.#line, (line, count) => {
        this.#lines.add(line);
        this.#bytes += count;
      });
    }
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#line++;
  }

  issue(path: string): ConcordError | null {
    if (this.#bytes === 0) return null;
    const detail = { encoding: this.#encoding, bytes: this.#bytes, lines: [...this.#lines] };
    return fault('text.malformed', `${path}, line ${detail.lines[0] ?? 1}`, detail);
  }
}

async function readBytes(blob: Blob, path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (error) {
    throw new ReadFailure(fault('file.unreadable', path, { reason: (error as Error).message }));
  }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
