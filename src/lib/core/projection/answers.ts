import { grown } from './columns';
import type { ValuesRef } from './value-pool';

export const NO_ANSWER = 0;
export const ANNOTATION = 1;
export const SKIP = 2;
export type AnswerKind = typeof NO_ANSWER | typeof ANNOTATION | typeof SKIP;

export interface Answer {
  readonly kind: AnswerKind;
  readonly values: ValuesRef;
  /** Row of the history that made it what it is. */
  readonly record: number;
}

/**
 * What each author currently says of each item: one row per (item, author), chained per item. An item's chain is as
 * long as it has annotators, so everything that is derived of an item costs a handful of reads.
 */
export class Answers {
  #length = 0;
  #first = new Int32Array(0);
  #next = new Int32Array(0);
  #author = new Uint16Array(0);
  #kind = new Uint8Array(0);
  #flagged = new Uint8Array(0);
  #values = new Uint32Array(0);
  #record = new Uint32Array(0);

  /** Makes room for items; an item's chain starts out empty. `first` holds row + 1, so that 0 is the end. */
  reserve(items: number): void {
    this.#first = grown(this.#first, items);
  }

  /** Whether any author ever answered or flagged the item. */
  has(item: number): boolean {
    return this.#first[item]! > 0;
  }

  set(item: number, author: number, kind: AnswerKind, values: ValuesRef, record: number): void {
    const row = this.#row(item, author);
    this.#kind[row] = kind;
    this.#values[row] = values;
    this.#record[row] = record;
  }

  setFlag(item: number, author: number, flagged: boolean): void {
    // First the row: making it may replace the column.
    const row = this.#row(item, author);
    this.#flagged[row] = flagged ? 1 : 0;
  }

  get(item: number, author: number): Answer {
    const row = this.#find(item, author);
    if (row < 0) return { kind: NO_ANSWER, values: 0, record: 0 };
    return { kind: this.#kind[row] as AnswerKind, values: this.#values[row]!, record: this.#record[row]! };
  }

  isFlaggedBy(item: number, author: number): boolean {
    const row = this.#find(item, author);
    return row >= 0 && this.#flagged[row] === 1;
  }

  isFlagged(item: number): boolean {
    for (let row = this.#first[item]! - 1; row >= 0; row = this.#next[row]! - 1)
      if (this.#flagged[row] === 1) return true;
    return false;
  }

  /** Visits the item's answers, in no particular order. */
  each(item: number, visit: (author: number, kind: AnswerKind, values: ValuesRef, record: number) => void): void {
    for (let row = this.#first[item]! - 1; row >= 0; row = this.#next[row]! - 1) {
      visit(this.#author[row]!, this.#kind[row] as AnswerKind, this.#values[row]!, this.#record[row]!);
    }
  }

  #find(item: number, author: number): number {
    for (let row = this.#first[item]! - 1; row >= 0; row = this.#next[row]! - 1)
      if (this.#author[row] === author) return row;
    return -1;
  }

  #row(item: number, author: number): number {
    const known = this.#find(item, author);
    if (known >= 0) return known;
    const row = this.#length++;
    this.#next = grown(this.#next, row + 1);
    this.#author = grown(this.#author, row + 1);
    this.#kind = grown(this.#kind, row + 1);
    this.#flagged = grown(this.#flagged, row + 1);
    this.#values = grown(this.#values, row + 1);
    this.#record = grown(this.#record, row + 1);
    this.#author[row] = author;
    this.#next[row] = this.#first[item]!;
    this.#first[item] = row + 1;
    return row;
  }
}
