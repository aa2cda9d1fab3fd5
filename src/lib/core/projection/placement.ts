import type { Hash } from '../model/ids';
import { grown } from './columns';

/** Where an item's record stands: a row of a chunk. */
export interface Place {
  readonly chunk: Hash;
  readonly row: number;
}

/** A chunk of which the project has items. */
export interface PlacedChunk {
  readonly hash: Hash;
  /** Row -> item; {@link NOWHERE} where that occurrence does not count, because the item was removed. */
  readonly items: Uint32Array;
}

/** What stands in a {@link PlacedChunk} for an item that is not in the project by that row. */
export const NOWHERE = 0xffffffff;

/**
 * Which items the project has, in which order, and where each is stored. Derived from the announced chunks in canonical
 * order: an item stands where it occurs first; further occurrences are further sources of the same item.
 */
export class Placement {
  #chunks: PlacedChunk[] = [];
  #order = new Uint32Array(0);
  #length = 0;
  #position = new Uint32Array(0);
  #chunkOf = new Uint32Array(0);
  #rowOf = new Uint32Array(0);
  #again = new Map<number, Place[]>();

  /** Items in project order. */
  get order(): Uint32Array<ArrayBuffer> {
    return this.#order.subarray(0, this.#length);
  }

  /** The chunks whose content is here, in canonical order. */
  get chunks(): readonly PlacedChunk[] {
    return this.#chunks;
  }

  /** Forgets every item. */
  clear(): void {
    this.#chunks = [];
    // A new one: a list that somebody scrolls through may be the old one.
    this.#order = new Uint32Array(this.#order.length);
    this.#length = 0;
    this.#position.fill(NOWHERE);
    this.#again = new Map();
  }

  /**
   * Takes in a chunk that comes after all others in canonical order.
   *
   * @param items how many items there are in all
   */
  append(chunk: PlacedChunk, items: number): void {
    const known = this.#position.length;
    this.#position = grown(this.#position, items).fill(NOWHERE, known);
    this.#chunkOf = grown(this.#chunkOf, items);
    this.#rowOf = grown(this.#rowOf, items);
    this.#order = grown(this.#order, items);
    const number = this.#chunks.push(chunk) - 1;
    for (const [row, item] of chunk.items.entries()) {
      if (item === NOWHERE) continue;
      if (this.#position[item] === NOWHERE) {
        this.#position[item] = this.#length;
        this.#order[this.#length++] = item;
        this.#chunkOf[item] = number;
        this.#rowOf[item] = row;
      } else {
        const places = this.#again.get(item) ?? [];
        places.push({ chunk: chunk.hash, row });
        this.#again.set(item, places);
      }
    }
  }

  has(item: number): boolean {
    return item < this.#position.length && this.#position[item] !== NOWHERE;
  }

  /** Zero-based place in project order; -1 for an item that has none. */
  position(item: number): number {
    return this.has(item) ? this.#position[item]! : -1;
  }

  /** Every place of the item, the one that counts first. */
  places(item: number): Place[] {
    if (!this.has(item)) return [];
    const first = { chunk: this.#chunks[this.#chunkOf[item]!]!.hash, row: this.#rowOf[item]! };
    return [first, ...(this.#again.get(item) ?? [])];
  }
}
