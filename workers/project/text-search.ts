import type { ItemReader } from '#core/projection/item-reader';
import { NOWHERE, type PlacedChunk } from '#core/projection/placement';
import type { Needle } from '#core/text/needle';
import { ahead } from '../shared/ahead';

/** Chunks that are read while one is searched: reading takes longer. */
const READ_AHEAD = 16;

/** What is known of where a needle is: as far as it was asked for, chunk by chunk. */
export class TextSearch {
  readonly needle: Needle;
  readonly #chunks: readonly PlacedChunk[];
  readonly #reader: ItemReader;
  /** By item: 1 where it was found. */
  readonly #found: Uint8Array;
  /** Chunks that were searched, or need not be. */
  readonly #isKnown: Uint8Array;

  /**
   * @param items how many there are in all
   * @param former an earlier search: where it looked for a part of this needle in vain, this needle is not
   */
  constructor(
    needle: Needle,
    items: number,
    chunks: readonly PlacedChunk[],
    reader: ItemReader,
    former: TextSearch | null,
  ) {
    this.needle = needle;
    // A copy: the project's own list grows.
    this.#chunks = [...chunks];
    this.#reader = reader;
    this.#found = new Uint8Array(items);
    this.#isKnown = new Uint8Array(chunks.length);
    if (!former?.isOf(chunks) || !needle.text.includes(former.needle.text)) return;
    for (const [number, { items: inChunk }] of chunks.entries()) {
      const isKnown = former.#isKnown[number] === 1 && !inChunk.some((item) => former.#found[item] === 1);
      this.#isKnown[number] = isKnown ? 1 : 0;
    }
  }

  /** Whether it is of these chunks; a project that has changed has others. */
  isOf(chunks: readonly PlacedChunk[]): boolean {
    return this.#chunks.length === chunks.length && this.#chunks.every((chunk, at) => chunk === chunks[at]);
  }

  /** Those of the items that contain the needle, in their order; null when the search was overtaken before its end. */
  async among(items: Uint32Array, isOvertaken: () => boolean): Promise<Uint32Array | null> {
    for await (const { number, rows } of ahead(this.#wanted(items), READ_AHEAD, (number) => this.#search(number))) {
      const inChunk = this.#chunks[number]!.items;
      for (const [row, item] of inChunk.entries()) if (rows?.[row] === 1 && item !== NOWHERE) this.#found[item] = 1;
      this.#isKnown[number] = 1;
      if (isOvertaken()) return null;
    }
    return items.filter((item) => this.#found[item] === 1);
  }

  /** Numbers of the chunks that hold any of the items and were not searched. */
  #wanted(items: Uint32Array): number[] {
    const isAsked = new Uint8Array(this.#found.length);
    for (const item of items) isAsked[item] = 1;
    return Array.from(this.#chunks.keys()).filter(
      (number) => this.#isKnown[number] === 0 && this.#chunks[number]!.items.some((item) => isAsked[item] === 1),
    );
  }

  async #search(number: number): Promise<{ number: number; rows: Uint8Array | undefined }> {
    const view = await this.#reader.read(this.#chunks[number]!.hash);
    return { number, rows: view?.search(this.needle) };
  }
}
