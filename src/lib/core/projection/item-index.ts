import { fromBase32, toBase32, wordsOfBase32 } from '../model/base32';
import type { ItemId } from '../model/ids';
import { grown, joinedColumn } from './columns';

const WORDS = 4;
/** 128 bits, five to a character. */
const ID_LENGTH = 26;
/** Letters of an id that a word of 32 bits holds whole, and as many as make whole bytes of at least one word. */
const LETTERS_PER_WORD = 6;
const WORD_LETTERS = 8;

/** The words of some ids, four each. */
export type ItemRows = Uint32Array<ArrayBuffer>;

/**
 * Item id <-> row number. Ids are 16 hash bytes, so their first word already is a good hash: open addressing over one
 * typed array holds 1,000,000 items in 24 MB, where a Map of strings takes above 100 MB.
 */
export class ItemIndex {
  #words: Uint32Array<ArrayBuffer>;
  #table: Int32Array;
  #size: number;
  /** The id that is looked for just now: a million look-ups need not make a million arrays. */
  readonly #key = new Uint32Array(WORDS);

  constructor(saved: readonly ItemRows[] = []) {
    this.#words = joinedColumn(Uint32Array, saved);
    this.#size = this.#words.length / WORDS;
    this.#table = new Int32Array(0);
    this.#rehash();
  }

  get length(): number {
    return this.#size;
  }

  /** The row of an item; -1 for an unknown one or for something that is no item id. */
  find(id: ItemId): number {
    return this.#read(id) ? this.#table[this.#slot(this.#key)]! : -1;
  }

  /** The row of an item, which is added when it is new; -1 for something that is no item id. */
  add(id: ItemId): number {
    if (!this.#read(id)) return -1;
    const slot = this.#slot(this.#key);
    const known = this.#table[slot]!;
    if (known >= 0) return known;
    const row = this.#size++;
    this.#words = grown(this.#words, this.#size * WORDS);
    this.#words.set(this.#key, row * WORDS);
    if (this.#size * 2 > this.#table.length) this.#rehash();
    else this.#table[slot] = row;
    return row;
  }

  id(row: number): ItemId {
    const bytes = new Uint8Array(16);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < WORDS; i++) view.setUint32(i * 4, this.#words[row * WORDS + i]!);
    return toBase32(bytes);
  }

  /** The first 32 bits of an item's id. */
  bits(row: number): number {
    return this.#words[row * WORDS]!;
  }

  /** Rows of items whose id begins so, at most so many. */
  startingWith(prefix: string, most: number): number[] {
    // As many letters as the first word holds are compared as a number: a million rows take a few milliseconds.
    const letters = prefix.slice(0, LETTERS_PER_WORD);
    const bytes = fromBase32(letters.padEnd(WORD_LETTERS, 'a'));
    if (!bytes || prefix === '') return [];
    const shift = 32 - 5 * letters.length;
    const wanted = new DataView(bytes.buffer).getUint32(0) >>> shift;
    const found: number[] = [];
    for (let row = 0; row < this.#size && found.length < most; row++) {
      if (this.#words[row * WORDS]! >>> shift === wanted && this.id(row).startsWith(prefix)) found.push(row);
    }
    return found;
  }

  rows(from: number, to: number): ItemRows {
    return this.#words.slice(from * WORDS, to * WORDS);
  }

  /** Makes the id the key; false for something that is no item id. */
  #read(id: ItemId): boolean {
    return id.length === ID_LENGTH && wordsOfBase32(id, this.#key);
  }

  /** Where the key stands or would stand. */
  #slot(key: Uint32Array): number {
    const mask = this.#table.length - 1;
    for (let slot = key[0]! & mask; ; slot = (slot + 1) & mask) {
      const row = this.#table[slot]!;
      if (row < 0 || this.#holds(row, key)) return slot;
    }
  }

  #holds(row: number, key: Uint32Array): boolean {
    const at = row * WORDS;
    return (
      this.#words[at] === key[0] &&
      this.#words[at + 1] === key[1] &&
      this.#words[at + 2] === key[2] &&
      this.#words[at + 3] === key[3]
    );
  }

  #rehash(): void {
    let length = 2048;
    while (length < this.#size * 4) length *= 2;
    this.#table = new Int32Array(length).fill(-1);
    const mask = length - 1;
    for (let row = 0; row < this.#size; row++) {
      // No two rows have the same key: the first free place is the one.
      let slot = this.#words[row * WORDS]! & mask;
      while (this.#table[slot]! >= 0) slot = (slot + 1) & mask;
      this.#table[slot] = row;
    }
  }
}
