import type { Hash } from '../model/ids';

/** Some chunks, in the order in which their contents came. */
export type ChunkRows = readonly { readonly hash: Hash; readonly items: Uint32Array }[];

/** Which items each chunk holds, by their rows, in the chunk's order. */
export class ChunkContents {
  readonly #chunks: Map<Hash, Uint32Array>;

  constructor(saved: readonly ChunkRows[] = []) {
    this.#chunks = new Map(saved.flat().map(({ hash, items }) => [hash, items]));
  }

  get length(): number {
    return this.#chunks.size;
  }

  get(hash: Hash): Uint32Array | undefined {
    return this.#chunks.get(hash);
  }

  add(hash: Hash, items: Uint32Array): void {
    if (!this.#chunks.has(hash)) this.#chunks.set(hash, items);
  }

  rows(from: number, to: number): ChunkRows {
    return Array.from(this.#chunks)
      .slice(from, to)
      .map(([hash, items]) => ({ hash, items }));
  }
}
