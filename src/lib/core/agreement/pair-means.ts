import { NORMAL_95 } from '../stats/student-t';
import type { AgreementData } from './agreement-data';
import { cannotSay } from './cannot-say';
import type { EstimateOptions } from './coefficient';
import { undefinedFor, type Estimate } from './estimate';
import { LEAST_ITEMS, pairEstimate, type PairCoefficient } from './pair-estimate';
import { PairTally } from './pair-tally';

/**
 * A coefficient of two annotators for any number of them: the mean over the pairs that labelled two items or more both and chose more
 * than one class (Light 1971 for kappa). With one such pair it is that pair's own estimate.
 *
 * The interval is by the infinitesimal jackknife, of which that of one pair is a case: each item moves the mean by the mean of its
 * influences on the pairs, which so vary together, and the squares of this sum to the variance. (A bootstrap draws pairs of few items
 * into samples where they have no kappa, and is off the mark by that.) O(n) for n pairs of readings.
 *
 * R. J. Light, “Measures of response agreement for qualitative data: some generalizations and alternatives”, Psychological Bulletin 76
 * (1971) 365-377.
 * B. Efron, The Jackknife, the Bootstrap and Other Resampling Plans (1982), chapter 6.
 */
interface PairMeans {
  /** Of all pairs, in the order of the coefficients. */
  readonly all: readonly Estimate[];
  /** Annotator -> mean of the first coefficient over their pairs. */
  readonly byAnnotator: readonly Estimate[];
}

export function pairMeans(
  data: AgreementData,
  coefficients: readonly [PairCoefficient, ...PairCoefficient[]],
  { interval }: EstimateOptions,
): PairMeans {
  const { annotators } = data.ratings;
  const reason = cannotSay(data);
  if (reason !== null) {
    const estimate = undefinedFor(reason);
    return { all: coefficients.map(() => estimate), byAnnotator: new Array<Estimate>(annotators).fill(estimate) };
  }
  const tally = new PairTally(data.pairs, data.places);
  const means = new Means(data, coefficients, tally);
  const { mean, pairs } = means.all();
  const isOne = means.eligible.length === 1;
  const errors = interval === 'full' && !isOne ? means.errors(pairs) : null;
  const estimate = (place: number, { name }: PairCoefficient): Estimate => {
    const value = mean[place]!;
    const counted = pairs[place]!;
    if (counted === 0) return undefinedFor(NO_PAIR);
    const over = counted === 1 ? 'one pair' : `${counted.toLocaleString('en')} pairs`;
    const method = `${name}, mean over ${over} of annotators; interval: infinitesimal jackknife, Efron 1982`;
    return { value, ci95: errors && around(value, errors[place]!), method };
  };
  const estimateOfOne = (coefficient: PairCoefficient): Estimate => {
    tally.count(means.eligible[0]!);
    return pairEstimate(tally, coefficient, interval);
  };
  return {
    all: coefficients.map((coefficient, at) => (isOne ? estimateOfOne(coefficient) : estimate(at, coefficient))),
    byAnnotator: Array.from({ length: annotators }, (_, who) => {
      const place = coefficients.length + who;
      return isOne && pairs[place]! > 0 ? estimateOfOne(coefficients[0]) : estimate(place, coefficients[0]);
    }),
  };
}

const around = (value: number, error: number): readonly [low: number, high: number] => [
  value - NORMAL_95 * error,
  Math.min(1, value + NORMAL_95 * error),
];

const NO_PAIR = 'No two annotators labelled two items or more both, with more than one class among their labels.';

/** The means of each coefficient over all pairs, then of the first one over each annotator's pairs. */
class Means {
  /** Pairs with enough items. */
  readonly eligible: readonly number[];
  readonly #data: AgreementData;
  readonly #coefficients: readonly PairCoefficient[];
  readonly #tally: PairTally;

  constructor(data: AgreementData, coefficients: readonly PairCoefficient[], tally: PairTally) {
    const { start, count } = data.pairs;
    this.eligible = Array.from({ length: count }, (_, pair) => pair).filter(
      (pair) => start[pair + 1]! - start[pair]! >= LEAST_ITEMS,
    );
    this.#data = data;
    this.#coefficients = coefficients;
    this.#tally = tally;
  }

  /** Each mean, and over how many pairs it is. */
  all(): { readonly mean: Float64Array; readonly pairs: Uint32Array } {
    const sum = new Float64Array(this.#coefficients.length + this.#data.ratings.annotators);
    const counted = new Uint32Array(sum.length);
    for (const pair of this.eligible) {
      this.#tally.count(pair);
      for (const [at, { distance, habits }] of this.#coefficients.entries()) {
        const value = this.#tally.kappa(distance, habits);
        if (Number.isNaN(value)) continue;
        for (const place of this.#placesOf(at, pair)) {
          sum[place]! += value;
          counted[place]!++;
        }
      }
    }
    return { mean: sum.map((total, place) => total / counted[place]!), pairs: counted };
  }

  /**
   * Standard errors of the means by the infinitesimal jackknife.
   *
   * @param pairs over how many each mean is
   */
  errors(pairs: Uint32Array): number[] {
    const { ratings } = this.#data;
    return Array.from(pairs, (counted, place) => {
      if (counted === 0) return NaN;
      const first = this.#coefficients.length;
      const { distance, habits } = this.#coefficients[place < first ? place : 0]!;
      const moved = new Float64Array(ratings.items);
      for (const pair of this.eligible) {
        if (place >= first && !this.#placesOf(0, pair).includes(place)) continue;
        this.#tally.count(pair);
        if (Number.isNaN(this.#tally.kappa(distance, habits))) continue;
        this.#tally.influences(distance, habits, (item, influence) => (moved[item]! += influence / counted));
      }
      return Math.sqrt(moved.reduce((sum, one) => sum + one ** 2, 0));
    });
  }

  /** Where a coefficient of a pair counts. */
  #placesOf(at: number, pair: number): readonly number[] {
    const { a, b } = this.#data.pairs;
    const first = this.#coefficients.length;
    return at === 0 ? [at, first + a[pair]!, first + b[pair]!] : [at];
  }
}
