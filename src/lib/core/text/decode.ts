import { fault, type ConcordError } from '../errors';
import { ReadFailure } from '../read-failure';
import { detectEncoding, ENCODING_SAMPLE, wholeCharacters, type Encoding } from './encoding';
import { findMalformed } from './malformed';

/**
 * The platform's decoder: malformed bytes become U+FFFD. A byte order mark is dropped at the start of a file and is a
 * character elsewhere.
 */
export type Decoder = (bytes: Uint8Array, encoding: Encoding, isStart: boolean) => string;

export interface DecodeOptions {
  /** Names the file in issues. */
  readonly path: string;
  /** Told at the end when bytes had to be replaced, and when the file could not be read to its end. */
  readonly onIssue: (issue: ConcordError) => void;
}

/**
 * Decodes a stream of bytes: UTF-8 or UTF-16, without the byte order mark and otherwise unchanged. Malformed bytes are
 * replaced by U+FFFD, counted and reported with their lines. A failure to read becomes an issue and ends the text.
 */
export async function* decodeText(
  chunks: AsyncIterable<Uint8Array>,
  decode: Decoder,
  options: DecodeOptions,
): AsyncGenerator<string> {
  let beginning: Uint8Array = new Uint8Array();
  let stream: TextStream | null = null;
  try {
    for await (const chunk of chunks) {
      let text: string;
      if (stream !== null) {
        text = stream.read(chunk);
      } else {
        beginning = concat(beginning, chunk);
        if (beginning.length < ENCODING_SAMPLE) continue;
        stream = new TextStream(detectEncoding(beginning), decode);
        text = stream.read(beginning);
      }
      if (text !== '') yield text;
    }
  } catch (error) {
    if (!(error instanceof ReadFailure)) throw error;
    options.onIssue(error.error);
  }
  let last = '';
  if (stream === null) {
    stream = new TextStream(detectEncoding(beginning), decode);
    last = stream.read(beginning);
  }
  last += stream.end();
  if (last !== '') yield last;
  stream.report(options);
}

/** Decodes pieces that may end within a character, and counts what was replaced. */
class TextStream {
  readonly #encoding: Encoding;
  readonly #decode: Decoder;
  /** The beginning of a character whose end is in the next piece. */
  #rest: Uint8Array = new Uint8Array();
  #isStart = true;
  #line = 1;
  #malformedBytes = 0;
  readonly #malformedLines = new Set<number>();

  constructor(encoding: Encoding, decode: Decoder) {
    this.#encoding = encoding;
    this.#decode = decode;
  }

  read(piece: Uint8Array): string {
    const bytes = concat(this.#rest, piece);
    const whole = wholeCharacters(bytes, this.#encoding);
    this.#rest = bytes.slice(whole);
    return this.#text(bytes.subarray(0, whole));
  }

  end(): string {
    return this.#text(this.#rest);
  }

  report({ path, onIssue }: DecodeOptions): void {
    if (this.#malformedBytes === 0) return;
    const detail = { encoding: this.#encoding, bytes: this.#malformedBytes, lines: [...this.#malformedLines] };
    onIssue(fault('text.malformed', `${path}, line ${detail.lines[0]!}`, detail));
  }

  #text(bytes: Uint8Array): string {
    const text = this.#decode(bytes, this.#encoding, this.#isStart);
    this.#isStart &&= bytes.length === 0;
    // A U+FFFD may also stand in the file itself, which is for findMalformed to tell.
    if (text.includes('\ufffd')) {
      findMalformed(bytes, this.#encoding, this.#line, (line, count) => {
        this.#malformedLines.add(line);
        this.#malformedBytes += count;
      });
    }
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#line++;
    return text;
  }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
