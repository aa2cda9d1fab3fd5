import type { Statistic, Weights } from './statistic';

/**
 * Sum over all ordered pairs of values of how much they differ, of values that occur so often each:
 * sum over v, w of n_v n_w d(v, w).
 */
export type ExpectedSum = (counts: Float64Array) => number;

/**
 * Krippendorff's alpha with any difference d between values, and missing values (Krippendorff 2011, "Computing
 * Krippendorff's Alpha-Reliability").
 *
 *   alpha = 1 - D_o / D_e
 *   D_o = 1/n sum over units u of sum over ordered pairs of values in u of d / (m_u - 1)
 *   D_e = 1/(n (n - 1)) sum over v, w of n_v n_w d(v, w)
 *
 * with m_u the values of a unit, of which those with one take no part; n_v how often v occurs in the others, n their
 * sum. An item may hold many units (its regions): items are what is weighted. O(entries) and one `expected` for each
 * set of weights.
 *
 * Example: two units, {a, a} and {a, b}, nominal: n = 4, n_a = 3, n_b = 1; D_o = 2/4, D_e = 6/12; alpha = 0.
 */
export class Alpha implements Statistic {
  readonly method: string;
  readonly whyUndefined: string;
  readonly #expected: ExpectedSum;
  readonly #counts: Float64Array;
  readonly #items: number[] = [];
  readonly #observed: number[] = [];
  /** Entries of each item, as in the compressed rows of a matrix. */
  readonly #start: number[] = [0];
  readonly #values: number[] = [];

  /** @param values how many distinct values there are */
  constructor(method: string, whyUndefined: string, values: number, expected: ExpectedSum) {
    this.method = method;
    this.whyUndefined = whyUndefined;
    this.#expected = expected;
    this.#counts = new Float64Array(values);
  }

  get items(): number {
    return this.#items.length;
  }

  /**
   * Adds the values of one unit. Units of one item must follow each other; those with fewer than two values are left
   * out.
   *
   * @param differences sum of d over its unordered pairs of values
   */
  addUnit(item: number, values: ArrayLike<number>, differences: number): void {
    if (values.length < 2) return;
    if (this.#items.at(-1) !== item) {
      this.#items.push(item);
      this.#observed.push(0);
    }
    this.#observed[this.#items.length - 1]! += (2 * differences) / (values.length - 1);
    for (let at = 0; at < values.length; at++) this.#values.push(values[at]!);
    this.#start[this.#items.length] = this.#values.length;
  }

  value(weights: Weights): number {
    const counts = this.#counts.fill(0);
    let [observed, n] = [0, 0];
    for (let at = 0; at < this.#items.length; at++) {
      const weight = weights.items[this.#items[at]!]!;
      if (weight === 0) continue;
      observed += weight * this.#observed[at]!;
      for (let entry = this.#start[at]!; entry < this.#start[at + 1]!; entry++) {
        counts[this.#values[entry]!]! += weight;
        n += weight;
      }
    }
    const expected = this.#expected(counts);
    return expected > 0 ? 1 - ((n - 1) * observed) / expected : NaN;
  }
}
