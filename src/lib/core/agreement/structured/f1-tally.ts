import type { ClassNumbers } from './class-numbers';
import { PairRatios } from './pair-ratios';
import { PooledRatio } from './pooled-ratio';

/** Why there is no F1. */
export const NOTHING_MARKED = 'Nobody marked anything in what two people answered.';

/** What somebody marked in one item. */
interface Marked {
  /** Region -> number of its class. */
  readonly classes: ArrayLike<number>;
}

/**
 * F1 of what two people marked, one of them as if it were the truth (Hripcsak and Rothschild 2005): with M matched
 * pairs,
 *
 *   F1 = 2 M / (|A| + |B|)
 *
 * which is the same whoever is the truth. It is pooled (micro-averaged) over items and pairs of annotators: every
 * region counts as much. Where neither marked anything there is nothing to agree about, and nothing is counted:
 * agreement on what is not there cannot be told from chance, because nobody knows how many such things there are.
 *
 * Example: 3 regions by one, 2 by another, 2 of them matched: 4/5.
 */
export class F1Tally {
  readonly overall: PooledRatio;
  readonly #numbers: ClassNumbers;
  readonly #method: string;
  readonly #pairs: PairRatios;
  readonly #byClass: PooledRatio[] = [];
  readonly #matched: Float64Array;
  readonly #marked: Float64Array;

  /** @param numbers with all classes that there are */
  constructor(method: string, numbers: ClassNumbers) {
    this.overall = new PooledRatio(method, NOTHING_MARKED);
    this.#pairs = new PairRatios(method, 'Neither of them marked anything in what both answered.');
    this.#numbers = numbers;
    this.#method = method;
    this.#matched = new Float64Array(numbers.ids.length);
    this.#marked = new Float64Array(numbers.ids.length);
  }

  /**
   * Adds two people's answers to an item; items come in order.
   *
   * @param matched class of each matched pair
   */
  add(item: number, [a, b]: readonly [number, number], one: Marked, other: Marked, matched: readonly number[]): void {
    const marked = one.classes.length + other.classes.length;
    this.overall.add(item, 2 * matched.length, marked);
    this.#pairs.add(item, a, b, 2 * matched.length, marked);

    for (const id of matched) this.#matched[id]! += 2;
    for (const { classes } of [one, other]) for (let at = 0; at < classes.length; at++) this.#marked[classes[at]!]!++;
    for (const { classes } of [one, other]) {
      for (let at = 0; at < classes.length; at++) {
        const id = classes[at]!;
        if (this.#marked[id] === 0) continue;
        this.#ofClass(id).add(item, this.#matched[id]!, this.#marked[id]!);
        this.#marked[id] = this.#matched[id] = 0;
      }
    }
  }

  /** By annotators. */
  pairs() {
    return this.#pairs.list();
  }

  /**
   * By class, those that the field offers even where nobody marked any.
   *
   * @param everything all answers, each as often as it was given
   */
  classes(everything: Iterable<Marked>) {
    const labels = new Float64Array(this.#numbers.ids.length);
    for (const { classes } of everything) for (let at = 0; at < classes.length; at++) labels[classes[at]!]!++;
    return this.#numbers.ids
      .map((id, at) => ({ class: id, labels: labels[at]!, statistic: this.#ofClass(at) }))
      .filter((one, at) => at < this.#numbers.live || one.labels > 0);
  }

  #ofClass(id: number): PooledRatio {
    return (this.#byClass[id] ??= new PooledRatio(
      this.#method,
      'Nobody marked anything of this class in what two people answered.',
    ));
  }
}
