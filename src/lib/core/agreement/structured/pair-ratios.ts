import { PooledRatio } from './pooled-ratio';

/** Above any number of annotators: two of them fit into one number. */
const MOST = 2 ** 26;

/** A ratio of every two annotators. */
export class PairRatios {
  readonly #method: string;
  readonly #whyUndefined: string;
  readonly #pairs = new Map<number, { a: number; b: number; items: number; statistic: PooledRatio }>();

  constructor(method: string, whyUndefined: string) {
    this.#method = method;
    this.#whyUndefined = whyUndefined;
  }

  /** Once for every item that both answered; items come in order. `a` is below `b`. */
  add(item: number, a: number, b: number, numerator: number, denominator: number): void {
    const key = a * MOST + b;
    let pair = this.#pairs.get(key);
    if (pair === undefined) {
      const statistic = new PooledRatio(this.#method, this.#whyUndefined);
      this.#pairs.set(key, (pair = { a, b, items: 0, statistic }));
    }
    pair.items++;
    pair.statistic.add(item, numerator, denominator);
  }

  list() {
    return [...this.#pairs.values()].sort((one, other) => one.a - other.a || one.b - other.b);
  }
}
