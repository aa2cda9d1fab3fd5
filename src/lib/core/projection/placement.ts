import type { Hash } from '../model/ids';
import { grown } from './columns';

/** Where an item's record stands: a row of a chunk. */
export interface Place {
  readonly chunk: Hash;
  readonly row: number;
}

const NOWHERE = 0xffffffff;

/**
 * Which items the project has, in which order, and where each is stored. Derived from the announced chunks in canonical
 * order: an item stands where it occurs first; further occurrences are further sources of the same item.
 */
export class Placement {
  /** Items in project order. */
  order = new Uint32Array(0);
  #position = new Uint32Array(0);
  #chunks: readonly Hash[] = [];
  #chunkOf = new Uint16Array(0);
  #rowOf = new Uint32Array(0);
  #again = new Map<number, Place[]>();

  /**
   * @param chunks in canonical order; the items of each, or null while its content is not here
   * @param isRemoved whether an item that stands in that chunk was removed after the chunk was announced
   */
  rebuild(
    items: number,
    chunks: readonly { readonly hash: Hash; readonly items: Uint32Array | null }[],
    isRemoved: (item: number, chunk: number) => boolean,
  ): void {
    this.#chunks = chunks.map((chunk) => chunk.hash);
    this.#chunkOf = grown(new Uint16Array(0), items);
    this.#rowOf = grown(new Uint32Array(0), items);
    this.#position = grown(new Uint32Array(0), items).fill(NOWHERE);
    this.#again = new Map();
    const order = new Uint32Array(items);
    let length = 0;
    for (const [number, chunk] of chunks.entries()) {
      if (!chunk.items) continue;
      for (const [row, item] of chunk.items.entries()) {
        if (isRemoved(item, number)) continue;
        if (this.#position[item] === NOWHERE) {
          this.#position[item] = length;
          order[length++] = item;
          this.#chunkOf[item] = number;
          this.#rowOf[item] = row;
        } else {
          const places = this.#again.get(item) ?? [];
          places.push({ chunk: chunk.hash, row });
          this.#again.set(item, places);
        }
      }
    }
    this.order = order.slice(0, length);
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
    const first = { chunk: this.#chunks[this.#chunkOf[item]!]!, row: this.#rowOf[item]! };
    return [first, ...(this.#again.get(item) ?? [])];
  }
}
