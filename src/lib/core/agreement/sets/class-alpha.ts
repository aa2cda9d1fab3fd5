import type { Statistic, Weights } from '../structured/statistic';

/**
 * Krippendorff's nominal alpha of one class in multiple choice: whether it was chosen, or not.
 *
 * With m answers to an item, of which k chose the class, sums over items with m >= 2:
 *
 *   observed = sum of 2 k (m - k) / (m - 1), n = sum of m, n_1 = sum of k, n_0 = n - n_1
 *   alpha = 1 - (n - 1) observed / (2 n_0 n_1)
 *
 * Only items where somebody chose the class are kept: O(those) for each set of weights.
 *
 * Example: of two items with two answers each, both chose it of the first, one of the second: observed = 2, n = 4,
 * n_1 = 3; alpha = 1 - 3 * 2 / 6 = 0.
 */
export class ClassAlpha implements Statistic {
  readonly method = 'Krippendorff’s alpha, nominal: chosen or not';
  readonly #items: number[] = [];
  readonly #chosen: number[] = [];
  readonly #observed: number[] = [];

  readonly items: number;

  /** @param items how many were answered by two or more people */
  constructor(items: number) {
    this.items = items;
  }

  get whyUndefined(): string {
    return this.#items.length === 0
      ? 'Nobody chose this class of an item that two people answered.'
      : 'Everybody chose this class of every item, so that chance cannot be told from agreement.';
  }

  /** @param chosen how many of an item's answers chose it, above 0 */
  add(item: number, answers: number, chosen: number): void {
    this.#items.push(item);
    this.#chosen.push(chosen);
    this.#observed.push((2 * chosen * (answers - chosen)) / (answers - 1));
  }

  value({ items, answers: n }: Weights): number {
    let [chosen, observed] = [0, 0];
    for (let at = 0; at < this.#items.length; at++) {
      const weight = items[this.#items[at]!]!;
      chosen += weight * this.#chosen[at]!;
      observed += weight * this.#observed[at]!;
    }
    const expected = 2 * chosen * (n - chosen);
    return expected > 0 ? 1 - ((n - 1) * observed) / expected : NaN;
  }
}
