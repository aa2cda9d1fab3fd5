import type { Statistic, Weights } from './statistic';

/**
 * A share of what is pooled over items, such as the micro-averaged F1: sum of numerators / sum of denominators.
 *
 * The sums run over items i with weights w: value = sum w_i n_i / sum w_i d_i. O(entries) for each set of weights.
 */
export class PooledRatio implements Statistic {
  readonly method: string;
  readonly whyUndefined: string;
  readonly #items: number[] = [];
  readonly #numerators: number[] = [];
  readonly #denominators: number[] = [];

  constructor(method: string, whyUndefined: string) {
    this.method = method;
    this.whyUndefined = whyUndefined;
  }

  get items(): number {
    return this.#items.length;
  }

  /** Items must come in order; what is added to one item again adds up. */
  add(item: number, numerator: number, denominator: number): void {
    const last = this.#items.length - 1;
    if (this.#items[last] === item) {
      this.#numerators[last]! += numerator;
      this.#denominators[last]! += denominator;
    } else if (denominator > 0) {
      this.#items.push(item);
      this.#numerators.push(numerator);
      this.#denominators.push(denominator);
    }
  }

  value(weights: Weights): number {
    let [numerator, denominator] = [0, 0];
    for (let at = 0; at < this.#items.length; at++) {
      const weight = weights.items[this.#items[at]!]!;
      numerator += weight * this.#numerators[at]!;
      denominator += weight * this.#denominators[at]!;
    }
    return denominator > 0 ? numerator / denominator : NaN;
  }
}
