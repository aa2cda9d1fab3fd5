/** A piece of a JSON document that can be parsed by itself. */
export interface JsonRecord {
  /** The key of the outer object under which it stands; '' in a document that is a list. */
  readonly key: string;
  /** Whether it is a member of the list under that key, or the key's whole value. */
  readonly role: 'member' | 'value';
  /** One-based line in which it begins. */
  readonly line: number;
  /** Its JSON; null where it is longer than {@link MAX_RECORD}. */
  readonly text: string | null;
}

/** Characters of one record; a longer one is no annotation, and is not kept. */
const MAX_RECORD = 2 ** 24;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const LINE_FEED = 0x0a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

type State =
  /** Before the document. */
  | 'start'
  /** In the outer object, before a key, after one, and before its value. */
  | 'key'
  | 'colon'
  | 'value'
  /** In a list, before a member. */
  | 'list'
  /** Within a key, a value or a member. */
  | 'in key'
  | 'in value'
  | 'in member'
  /** After the document, or behind something that is no JSON. */
  | 'end';

/**
 * Takes a JSON document apart as it streams in: the members of the lists that are the values of the outer object (or of
 * the outer list), each with its line. So a file of any size is read with the memory of one record, and a record that
 * is damaged costs only itself as long as its brackets and quotes are balanced.
 */
export class JsonRecordReader {
  #state: State = 'start';
  #key = '';
  /** Whether the list that is being read is the document itself. */
  #isOuterList = false;
  #line = 1;
  #flaw: { readonly line: number; readonly reason: string } | null = null;
  readonly #lists = new Set<string>();

  // What is being read: where it began, its text in the pieces so far, and how deep in it the reader is.
  #startLine = 1;
  #parts: string[] = [];
  #length = 0;
  #depth = 0;
  #inString = false;
  #isEscaped = false;

  /** The keys whose lists have begun, in order; '' for the document itself. */
  get lists(): ReadonlySet<string> {
    return this.#lists;
  }

  /** Why reading stopped before the end; null where the document is whole. Ask after {@link end}. */
  get flaw(): { readonly line: number; readonly reason: string } | null {
    return this.#flaw;
  }

  /** The records that are complete with this piece of text. */
  read(piece: string): JsonRecord[] {
    const records: JsonRecord[] = [];
    let at = 0;
    while (at < piece.length && this.#state !== 'end') {
      if (this.#state === 'in key' || this.#state === 'in value' || this.#state === 'in member') {
        const end = this.#endOfValue(piece, at);
        this.#take(piece.slice(at, end ?? piece.length));
        if (end !== null) this.#finish(records);
        at = end ?? piece.length;
      } else {
        at = this.#structure(piece, at);
      }
    }
    return records;
  }

  end(): void {
    if (this.#state !== 'end') this.#stop('it ends in the middle');
  }

  /** Reads one character between values; a value that begins here is left where it is. */
  #structure(piece: string, at: number): number {
    const code = piece.charCodeAt(at);
    if (code === LINE_FEED) this.#line++;
    if (code <= 0x20) return at + 1;
    switch (this.#state) {
      case 'start':
        if (code === OPEN_BRACE) this.#state = 'key';
        else if (code === OPEN_BRACKET) this.#openList('');
        else this.#stop('it is neither an object nor a list');
        this.#isOuterList = code === OPEN_BRACKET;
        return at + 1;
      case 'key':
        if (code === COMMA) return at + 1;
        if (code === CLOSE_BRACE) this.#state = 'end';
        else if (code === QUOTE) return this.#begin('in key', at);
        else this.#stop('a key was expected');
        return at + 1;
      case 'colon':
        if (code === COLON) this.#state = 'value';
        else this.#stop('a colon was expected');
        return at + 1;
      case 'value':
        if (code === OPEN_BRACKET) this.#openList(this.#key);
        else if (isClosing(code)) this.#stop('a value was expected');
        else return this.#begin('in value', at);
        return at + 1;
      case 'list':
        if (code === COMMA) return at + 1;
        if (code === CLOSE_BRACKET) this.#state = this.#isOuterList ? 'end' : 'key';
        else if (isClosing(code)) this.#stop('a list was expected to go on');
        else return this.#begin('in member', at);
        return at + 1;
      default:
        return at;
    }
  }

  #openList(key: string): void {
    this.#state = 'list';
    this.#key = key;
    this.#lists.add(key);
  }

  #begin(state: State, at: number): number {
    this.#state = state;
    this.#startLine = this.#line;
    this.#parts = [];
    this.#length = 0;
    this.#depth = 0;
    this.#inString = false;
    this.#isEscaped = false;
    return at;
  }

  /** Where the value ends: behind its last bracket or quote, or before what follows a bare word; null: in no piece yet. */
  #endOfValue(piece: string, from: number): number | null {
    for (let at = from; at < piece.length; at++) {
      const code = piece.charCodeAt(at);
      if (code === LINE_FEED) this.#line++;
      if (this.#inString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (code === BACKSLASH) this.#isEscaped = true;
        else if (code === QUOTE) {
          this.#inString = false;
          if (this.#depth === 0) return at + 1;
        }
      } else if (code === QUOTE) {
        this.#inString = true;
      } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
        this.#depth++;
      } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
        if (this.#depth === 0) return at;
        this.#depth--;
        if (this.#depth === 0) return at + 1;
      } else if (code === COMMA && this.#depth === 0) {
        return at;
      }
    }
    return null;
  }

  #take(text: string): void {
    this.#length += text.length;
    if (this.#length <= MAX_RECORD) this.#parts.push(text);
    else this.#parts = [];
  }

  #finish(records: JsonRecord[]): void {
    const text = this.#length <= MAX_RECORD ? this.#parts.join('') : null;
    this.#parts = [];
    if (this.#state === 'in key') {
      this.#key = unquoted(text ?? '');
      this.#state = 'colon';
      return;
    }
    const role = this.#state === 'in member' ? 'member' : 'value';
    records.push({ key: this.#key, role, line: this.#startLine, text });
    this.#state = role === 'member' ? 'list' : 'key';
  }

  #stop(reason: string): void {
    this.#flaw = { line: this.#line, reason };
    this.#state = 'end';
  }
}

const isClosing = (code: number): boolean =>
  code === CLOSE_BRACE || code === CLOSE_BRACKET || code === COMMA || code === COLON;

function unquoted(json: string): string {
  try {
    return JSON.parse(json) as string;
  } catch {
    return json;
  }
}
