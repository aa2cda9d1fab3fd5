import type { AnnotatorPairs } from './annotator-pairs';

/** How far two categories are apart: 0 or 1; the difference of their places; its square. */
export type Distance = 'nominal' | 'linear' | 'quadratic';

const DISTANCE: Readonly<Record<Distance, (x: number, y: number) => number>> = {
  nominal: (x, y) => (x === y ? 0 : 1),
  linear: (x, y) => Math.abs(x - y),
  quadratic: (x, y) => (x - y) ** 2,
};

/** What chance follows: the habits of each of the two, as in kappa, or the mean of theirs for both, as in pi. */
export type Habits = 'own' | 'common';

/**
 * What two annotators said of the items that both labelled: how far they were apart, and how far they would be if each went on
 * choosing as often as before, but blindly. One tally counts pair after pair, without making anything anew.
 */
export class PairTally {
  /** Items of the pair that was counted last. */
  items = 0;
  readonly #pairs: AnnotatorPairs;
  readonly #places: Float64Array | null;
  #pair = 0;
  /** How many categories the pair chose. */
  #size = 0;
  /** Place among the pair's categories -> place on the line, and the share of the items that each put there. */
  readonly #x: Float64Array;
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  readonly #common: Float64Array;
  /** Cell of the pair -> items, or what each of its items does. */
  readonly #cells: Float64Array;
  /** Mean distances of what was said. */
  readonly #observed: Record<Distance, number> = { nominal: NaN, linear: NaN, quadratic: NaN };

  /** @param places category -> place on the line; null where there is none, which leaves only the nominal distance a meaning */
  constructor(pairs: AnnotatorPairs, places: Float64Array | null) {
    const most = longest(pairs.categoryStart);
    this.#pairs = pairs;
    this.#places = places;
    this.#x = new Float64Array(most);
    this.#first = new Float64Array(most);
    this.#second = new Float64Array(most);
    this.#common = new Float64Array(most);
    this.#cells = new Float64Array(longest(pairs.cellStart));
  }

  /** Counts what a pair said. O(its items) */
  count(pair: number): void {
    const { start, cell, cellStart, cellFirst, cellSecond, categoryStart, category } = this.#pairs;
    this.#pair = pair;
    this.#size = categoryStart[pair + 1]! - categoryStart[pair]!;
    const [x, inFirst, inSecond] = [this.#x, this.#first, this.#second];
    for (let place = 0; place < this.#size; place++) {
      const own = category[categoryStart[pair]! + place]!;
      x[place] = this.#places === null ? place : this.#places[own]!;
      inFirst[place] = 0;
      inSecond[place] = 0;
    }
    // The cells first, which are few.
    const cells = this.#cells.fill(0, 0, cellStart[pair + 1]! - cellStart[pair]!);
    const end = start[pair + 1]!;
    for (let at = start[pair]!; at < end; at++) cells[cell[at]!]!++;

    let items = 0;
    let apart = 0;
    let linear = 0;
    let quadratic = 0;
    const begin = cellStart[pair]!;
    for (let at = begin; at < cellStart[pair + 1]!; at++) {
      const weight = cells[at - begin]!;
      const one = cellFirst[at]!;
      const other = cellSecond[at]!;
      items += weight;
      inFirst[one]! += weight;
      inSecond[other]! += weight;
      if (one === other) continue;
      const difference = Math.abs(x[one]! - x[other]!);
      apart += weight;
      linear += weight * difference;
      quadratic += weight * difference * difference;
    }
    for (let place = 0; place < this.#size; place++) {
      inFirst[place]! /= items;
      inSecond[place]! /= items;
      this.#common[place] = (inFirst[place]! + inSecond[place]!) / 2;
    }
    this.items = items;
    this.#observed.nominal = apart / items;
    this.#observed.linear = linear / items;
    this.#observed.quadratic = quadratic / items;
  }

  /** 1 - observed / expected distance; NaN where both only ever chose one and the same category. */
  kappa(distance: Distance, habits: Habits): number {
    return this.#isConstant() ? NaN : 1 - this.#observed[distance] / this.#expected(distance, habits);
  }

  /**
   * How much each item moves kappa: the squares of this sum to the variance of kappa over samples of items (Fleiss, Cohen and
   * Everitt 1969; for common habits the same argument). In distances instead of weights, with d(x) the mean distance of x to what
   * the other says,
   *
   *     influence = ((1 - kappa) (d(x) + d(y) - D_e) - d(x, y)) / (items D_e).
   *
   * O(its items + categories^2).
   */
  influences(distance: Distance, habits: Habits, visit: (item: number, influence: number) => void): void {
    const { start, item, cell, cellStart, cellFirst, cellSecond } = this.#pairs;
    const far = DISTANCE[distance];
    const less = 1 - this.kappa(distance, habits);
    const expected = this.#expected(distance, habits);
    const [x, size] = [this.#x, this.#size];
    const [inFirst, inSecond] = this.#shares(habits);
    const towardsSecond = new Float64Array(size);
    const towardsFirst = new Float64Array(size);
    for (let one = 0; one < size; one++) {
      for (let other = 0; other < size; other++) {
        towardsSecond[one]! += inSecond[other]! * far(x[one]!, x[other]!);
        towardsFirst[one]! += inFirst[other]! * far(x[one]!, x[other]!);
      }
    }
    const influence = this.#cells;
    const begin = cellStart[this.#pair]!;
    for (let at = begin; at < cellStart[this.#pair + 1]!; at++) {
      const [one, other] = [cellFirst[at]!, cellSecond[at]!];
      const byChance = towardsSecond[one]! + towardsFirst[other]! - expected;
      influence[at - begin] = (less * byChance - far(x[one]!, x[other]!)) / (this.items * expected);
    }
    for (let at = start[this.#pair]!; at < start[this.#pair + 1]!; at++) visit(item[at]!, influence[cell[at]!]!);
  }

  #shares(habits: Habits): readonly [Float64Array, Float64Array] {
    return habits === 'own' ? [this.#first, this.#second] : [this.#common, this.#common];
  }

  #isConstant(): boolean {
    for (let place = 0; place < this.#size; place++) {
      if (this.#first[place] === 1 && this.#second[place] === 1) return true;
    }
    return this.items === 0;
  }

  /** The mean distance of two categories, each drawn as one of the two chooses. O(categories) */
  #expected(distance: Distance, habits: Habits): number {
    const x = this.#x;
    const [first, second] = this.#shares(habits);
    let expected = 0;
    switch (distance) {
      case 'nominal':
        for (let place = 0; place < this.#size; place++) expected += first[place]! * (1 - second[place]!);
        return expected;
      case 'linear': {
        // What lies between two neighbours is between the two as often as one is below it and the other is not.
        let below = 0;
        let otherBelow = 0;
        for (let place = 0; place + 1 < this.#size; place++) {
          below += first[place]!;
          otherBelow += second[place]!;
          expected += (x[place + 1]! - x[place]!) * (below * (1 - otherBelow) + otherBelow * (1 - below));
        }
        return expected;
      }
      case 'quadratic': {
        let mean = 0;
        let otherMean = 0;
        for (let place = 0; place < this.#size; place++) {
          mean += first[place]! * (x[place]! - x[0]!);
          otherMean += second[place]! * (x[place]! - x[0]!);
        }
        for (let place = 0; place < this.#size; place++) {
          const at = x[place]! - x[0]!;
          expected += first[place]! * (at - mean) ** 2 + second[place]! * (at - otherMean) ** 2;
        }
        return expected + (mean - otherMean) ** 2;
      }
    }
  }
}

/** The most that any pair has. */
function longest(start: Uint32Array): number {
  let most = 0;
  for (let pair = 0; pair + 1 < start.length; pair++) most = Math.max(most, start[pair + 1]! - start[pair]!);
  return most;
}
