import type { ItemId } from '#core/model/ids';
import { grown } from '#core/projection/columns';
import { ItemIndex } from '#core/projection/item-index';

/**
 * Every item of an import, with what its labels say, for duplicates that contradict each other: a million take some 40 MB, where a map
 * of strings takes four times as much.
 */
export class SeenItems {
  readonly #index = new ItemIndex();
  /** Item -> which words were said of it. */
  #said = new Uint32Array(0);
  /** Different ones, each once: labels repeat. */
  readonly #words: string[] = [];
  readonly #numbers = new Map<string, number>();

  /** What was said of an item when it was added; undefined for one that was not. */
  get(id: ItemId): string | undefined {
    const row = this.#index.find(id);
    return row < 0 ? undefined : this.#words[this.#said[row]!];
  }

  /** Adds an item that was not there. */
  add(id: ItemId, words: string): void {
    const row = this.#index.add(id);
    this.#said = grown(this.#said, row + 1);
    this.#said[row] = this.#number(words);
  }

  #number(words: string): number {
    const known = this.#numbers.get(words);
    if (known !== undefined) return known;
    const number = this.#words.push(words) - 1;
    this.#numbers.set(words, number);
    return number;
  }
}
