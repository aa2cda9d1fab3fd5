/** How a delimited file is written. */
export interface Dialect {
  /** One character between cells; null: every line is one cell. */
  readonly delimiter: string | null;
  /**
   * Whether a cell that begins with `"` is a quoted one; off for tab-separated files with bare quotes in their texts.
   */
  readonly quotes: boolean;
  /** `\n` also stands for `\r\n`; `\r` is that of old Macs. */
  readonly lineEnd: '\n' | '\r';
}

export interface DelimitedRecord {
  /** One-based line in which the record begins. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Why the record cannot be read; `cells` is empty then, and reading goes on in the next line. */
  readonly flaw: 'quotes' | 'length' | null;
}

/** Characters of one record; a longer one is most likely the rest of a file behind a quote that was never closed. */
export const MAX_RECORD = 2 ** 24;

const QUOTE = 0x22;
const CR = 0x0d;

/** A record read with care, or what is in its way. */
type Reading =
  | { readonly cells: string[]; readonly next: number; readonly lines: number }
  /** The text ends within a quoted cell. */
  | 'open quote'
  /** The text ends within the line. */
  | 'open line'
  /** A closing quote is followed by something else than a delimiter or a line end. */
  | 'stray quote';

/**
 * Splits delimited text into records as it streams in.
 *
 * RFC 4180, with any line end, and bare quotes allowed within unquoted cells. It is our own, because three things are
 * needed together: line numbers; cells kept exactly, whatever line ends the file mixes; and going on in the next line
 * after a quote that is not balanced, where other readers swallow the rest of the file. Blank lines are no records.
 *
 * O(n) for records shorter than a piece of text; a longer one is scanned again with every piece, up to
 * {@link MAX_RECORD}.
 */
export class RecordReader {
  readonly #delimiter: string | null;
  readonly #quotes: boolean;
  readonly #lineEnd: string;
  /** What was read and belongs to no complete record yet. */
  #text = '';
  #line = 1;
  #ended = false;
  /** Whether the text begins within a line that was refused already. */
  #skipping = false;

  constructor(dialect: Dialect) {
    this.#delimiter = dialect.delimiter;
    this.#quotes = dialect.quotes;
    this.#lineEnd = dialect.lineEnd;
  }

  /** The records that are complete with this piece of text. */
  read(piece: string): DelimitedRecord[] {
    this.#text += piece;
    return this.#scan();
  }

  /** The records that are complete now that the text has ended. */
  end(): DelimitedRecord[] {
    this.#ended = true;
    return this.#scan();
  }

  #scan(): DelimitedRecord[] {
    const text = this.#text;
    const records: DelimitedRecord[] = [];
    let at = 0;
    let quote = -1;
    while (at < text.length) {
      const end = text.indexOf(this.#lineEnd, at);
      if (quote < at) quote = this.#nextQuote(at);
      if (this.#skipping) {
        this.#skipping = end < 0;
      } else if (end >= 0 && quote > end) {
        const line = text.slice(at, this.#withoutCr(at, end));
        const cells = this.#delimiter === null ? [line] : line.split(this.#delimiter);
        if (line !== '') records.push({ line: this.#line, cells, flaw: null });
      } else {
        const isOpen = end < 0 && quote === Infinity && !this.#ended;
        const reading = isOpen ? 'open line' : this.#readCarefully(at);
        if (typeof reading === 'object') {
          const blank = reading.cells.length === 1 && reading.cells[0] === '' && quote !== at;
          if (!blank) records.push({ line: this.#line, cells: reading.cells, flaw: null });
          this.#line += reading.lines;
          at = reading.next;
          continue;
        }
        const mayGoOn = reading !== 'stray quote' && !this.#ended && text.length - at <= MAX_RECORD;
        if (mayGoOn) break;
        records.push({ line: this.#line, cells: [], flaw: reading === 'open line' ? 'length' : 'quotes' });
        this.#skipping = end < 0;
      }
      if (end >= 0) this.#line++;
      at = end < 0 ? text.length : end + 1;
    }
    this.#text = text.slice(at);
    return records;
  }

  /** Reads the record at `at` cell by cell. */
  #readCarefully(at: number): Reading {
    const text = this.#text;
    const cells: string[] = [];
    let lines = 1;
    for (;;) {
      if (this.#quotes && text.charCodeAt(at) === QUOTE) {
        let close = text.indexOf('"', at + 1);
        while (close >= 0 && text.charCodeAt(close + 1) === QUOTE) close = text.indexOf('"', close + 2);
        if (close < 0) return 'open quote';
        const cell = text.slice(at + 1, close).replaceAll('""', '"');
        for (let n = cell.indexOf(this.#lineEnd); n >= 0; n = cell.indexOf(this.#lineEnd, n + 1)) lines++;
        cells.push(cell);
        at = close + 1;
      } else {
        const start = at;
        while (at < text.length && text[at] !== this.#delimiter && text[at] !== this.#lineEnd) at++;
        cells.push(text.slice(start, text[at] === this.#delimiter ? at : this.#withoutCr(start, at)));
      }
      if (text.charCodeAt(at) === CR && this.#lineEnd === '\n') at++;
      if (at === text.length) return this.#ended ? { cells, next: at, lines } : 'open line';
      const follower = text[at]!;
      at++;
      if (follower === this.#lineEnd) return { cells, next: at, lines };
      if (follower !== this.#delimiter) return 'stray quote';
    }
  }

  #nextQuote(at: number): number {
    const quote = this.#quotes ? this.#text.indexOf('"', at) : -1;
    return quote < 0 ? Infinity : quote;
  }

  /** Where a line ends whose line end is at `end`: before a `\r` that stands there. */
  #withoutCr(start: number, end: number): number {
    return end > start && this.#text.charCodeAt(end - 1) === CR ? end - 1 : end;
  }
}
