/** A piece of a text in UTF-16 code units, half-open. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

// One locale, so that a text is cut alike on every device; Thai, Chinese and the like are cut by dictionary in any.
const LOCALE = 'en';
const GRAPHEMES = new Intl.Segmenter(LOCALE, { granularity: 'grapheme' });
const WORDS = new Intl.Segmenter(LOCALE, { granularity: 'word' });

/**
 * Where the characters that people see (grapheme clusters) and the words of one text begin and end (UAX #29). Places past
 * the text are taken as its end.
 */
export class TextSegments {
  readonly text: string;
  readonly #graphemes: Intl.Segments;
  readonly #words: Intl.Segments;

  constructor(text: string) {
    this.text = text;
    this.#graphemes = GRAPHEMES.segment(text);
    this.#words = WORDS.segment(text);
  }

  /** The grapheme that a code unit belongs to; empty at the end of the text. */
  graphemeAt(at: number): TextRange {
    return rangeOf(this.#graphemes.containing(at)) ?? { start: this.text.length, end: this.text.length };
  }

  /** The word, or what stands between words, that a code unit belongs to; empty at the end of the text. */
  wordAt(at: number): TextRange {
    return rangeOf(this.#words.containing(at)) ?? { start: this.text.length, end: this.text.length };
  }

  /** Whether a word does not go on across this place. */
  isWordEdge(at: number): boolean {
    return at <= 0 || at >= this.text.length || this.wordAt(at).start === at;
  }

  nextGrapheme(at: number): number {
    return this.graphemeAt(at).end;
  }

  previousGrapheme(at: number): number {
    return at <= 0 ? 0 : this.graphemeAt(Math.min(at, this.text.length) - 1).start;
  }

  /** The end of the word that goes on here, or else of the next; the text's end after the last. */
  nextWord(at: number): number {
    for (let from = at; from < this.text.length;) {
      const segment = this.#words.containing(from)!;
      from = segment.index + segment.segment.length;
      if (segment.isWordLike) return from;
    }
    return this.text.length;
  }

  /** The beginning of the word that goes on here, or else of the one before; 0 before the first. */
  previousWord(at: number): number {
    for (let from = Math.min(at, this.text.length); from > 0;) {
      const segment = this.#words.containing(from - 1)!;
      from = segment.index;
      if (segment.isWordLike) return from;
    }
    return 0;
  }
}

const rangeOf = (segment: Intl.SegmentData | undefined): TextRange | null =>
  segment ? { start: segment.index, end: segment.index + segment.segment.length } : null;
