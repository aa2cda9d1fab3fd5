import { fault } from '../errors';
import { err, ok, type Result } from '../result';
import type { Needle } from '../text/needle';
import { decodeCanonical } from './canonical';
import { CborCursor } from './cbor-cursor';
import type { ItemRecord } from './item';
import { isPackedItem, unpackItem, type PackedNames } from './packed-item';

/** The lengths of the words for kinds of items tell them apart; of a stored image, the hash is not what people look for. */
const IMAGE_LENGTH = 'image'.length;

/**
 * A chunk read in place: opening it walks over the headers alone, and an item is decoded when it is asked for. A list sorted by label
 * takes one item each from a hundred chunks, and a search looks at a thousand.
 */
export class ChunkView {
  readonly #bytes: Uint8Array;
  readonly #names: PackedNames;
  /** Where each row begins, and behind the last where that one ends. */
  readonly #starts: Uint32Array;

  /** @returns `chunk.malformed` where the bytes are no list of items; each item's own shape shows when it is read */
  static open(bytes: Uint8Array): Result<ChunkView> {
    const malformed = err(fault('chunk.malformed', '', { reason: 'it is no list of items' }));
    const cursor = new CborCursor(bytes);
    const part = (name: string): unknown => {
      if (!isAt(bytes, cursor, name)) return undefined;
      const from = cursor.at;
      return cursor.skip() ? decodeCanonical(bytes.subarray(from, cursor.at)) : undefined;
    };
    // The canonical order of keys: shorter ones first.
    if (cursor.take(5) !== 4) return malformed;
    const files = part('files');
    const count = isAt(bytes, cursor, 'items') ? cursor.take(4) : -1;
    // An item takes some bytes: a hostile count must not reserve memory.
    if (count < 0 || count > bytes.length) return malformed;
    const starts = new Uint32Array(count + 1);
    for (let row = 0; row < count; row++) {
      starts[row] = cursor.at;
      if (!cursor.skip()) return malformed;
    }
    starts[count] = cursor.at;
    const columns = part('columns');
    if (!isNames(files) || !isNames(columns) || part('version') !== 1 || cursor.at !== bytes.length) return malformed;
    return ok(new ChunkView(bytes, { files, columns }, starts));
  }

  private constructor(bytes: Uint8Array, names: PackedNames, starts: Uint32Array) {
    this.#bytes = bytes;
    this.#names = names;
    this.#starts = starts;
  }

  /** Number of items. */
  get length(): number {
    return this.#starts.length - 1;
  }

  /** The item of a row; null where there is none, or no well-formed one. */
  record(row: number): ItemRecord | null {
    if (row >= this.length) return null;
    const packed = decodeCanonical(this.#bytes.subarray(this.#starts[row], this.#starts[row + 1]));
    return isPackedItem(packed, this.#names) ? unpackItem(packed, this.#names) : null;
  }

  /** Rows of stored images; none of the others is decoded for it. */
  imageRows(): number[] {
    const rows: number[] = [];
    for (let row = 0; row < this.length; row++) {
      const cursor = new CborCursor(this.#bytes, this.#starts[row]);
      cursor.take(4);
      if (cursor.take(3) === IMAGE_LENGTH) rows.push(row);
    }
    return rows;
  }

  /** By row: 1 where the text, the address, the name of a file or a value of its metadata contains the needle. */
  search(needle: Needle): Uint8Array {
    const found = new Uint8Array(this.length);
    const files = this.#names.files.map((name) => needle.isIn(name));
    for (let row = 0; row < found.length; row++) found[row] = this.#contains(row, needle, files) ? 1 : 0;
    return found;
  }

  #contains(row: number, needle: Needle, files: readonly boolean[]): boolean {
    const cursor = new CborCursor(this.#bytes, this.#starts[row]);
    cursor.take(4);
    const kind = cursor.take(3);
    cursor.at += Math.max(0, kind);
    if (kind === IMAGE_LENGTH) cursor.skip();
    else if (this.#isInText(cursor, needle)) return true;
    cursor.skip();
    for (let sources = cursor.take(4); sources > 0; sources--) {
      cursor.take(4);
      if (files[cursor.take(0)] === true) return true;
      cursor.take(0);
      for (let cells = cursor.take(4); cells > 0; cells -= 2) {
        cursor.take(0);
        if (this.#isInText(cursor, needle)) return true;
      }
    }
    return false;
  }

  /** Moves behind the text that lies at the cursor; false where none does. */
  #isInText(cursor: CborCursor, needle: Needle): boolean {
    const start = cursor.at;
    const length = cursor.take(3);
    if (length < 0) return false;
    const from = cursor.at;
    cursor.at += length;
    const decode = () => {
      const text = decodeCanonical(this.#bytes.subarray(start, cursor.at));
      return typeof text === 'string' ? text : '';
    };
    return needle.isInBytes(this.#bytes, from, Math.min(cursor.at, this.#bytes.length), decode);
  }
}

/** Moves behind a key of a map, which must be the one of this name. */
function isAt(bytes: Uint8Array, cursor: CborCursor, name: string): boolean {
  const length = cursor.take(3);
  if (length !== name.length) return false;
  for (let i = 0; i < length; i++) if (bytes[cursor.at + i] !== name.charCodeAt(i)) return false;
  cursor.at += length;
  return true;
}

const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string');
