import type { Ratings } from '../agreement/ratings';
import { fault } from '../errors';
import { err, ok } from '../result';
import { columnsOf, type Columns } from './reading-columns';
import { isConverged, nothingRead, settled } from './settled';
import type { TruthModel } from './truth-model';

/** Numbers that two tables of error rates may hold together: 256 MB. */
const MOST_RATES = 2 ** 25;
/** Products of probabilities above this have lost nothing to underflow that matters. */
const SAFE = 1e-250;

/**
 * Dawid-Skene (Dawid and Skene 1979): each annotator has error rates, the probabilities to say k of what is c in truth.
 *
 *     p(c | i)  ~  p_c * prod over readings (j, k) of i of e_j(k | c)                          E
 *     p_c       =  mean over items of p(c | i)                                               M
 *     e_j(k | c) = sum of p(c | i) over j's readings of i as k / the same over all of j's readings
 *
 * It begins with the shares of the votes, which also settles which class is which. Several readings of an item by one annotator are
 * further factors. `smoothing` is added to every sum of both M equations. The log likelihood is that of all readings, with the truth summed out.
 *
 * Products are taken as they are while they are far from underflow, else in log space: that is the same, and saves a logarithm and an
 * exponential for each item and category. Both steps are one pass over the readings, so no posterior is stored; of error rates only those
 * of what an annotator ever said. O(iterations x readings x categories) time, O(distinct (annotator, said) x categories) memory.
 *
 * An annotator's skill is the probability to be right about an item as common as the priors say: sum of p_c e_j(c | c).
 *
 * @example of three items two annotators say a, b, a, and a third b, b, b: the third one's rate of a, said of what is a, is 0
 */
export const dawidSkene: TruthModel = {
  id: 'dawid-skene',
  name: 'Dawid-Skene',
  explanation: 'Everybody has their own confusions of every class, which are found out together with what is right.',
  run(ratings, { tolerance, maxIterations, smoothing }) {
    const nothing = nothingRead(ratings);
    if (nothing) return err(nothing);
    const columns = columnsOf(ratings);
    if (!fits(ratings, columns.annotator.length))
      return err(fault('truth.too-many-classes', '', { classes: ratings.categories }));

    const model = new ErrorRates(ratings, columns, smoothing);
    let logLikelihood = -Infinity;
    let iterations = 0;
    let converged = false;
    while (!converged && iterations < maxIterations) {
      iterations++;
      const before = logLikelihood;
      model.maximise();
      logLikelihood = model.expect();
      converged = isConverged(logLikelihood, before, tolerance);
    }
    return ok(
      settled(ratings, {
        ...{ method: 'dawid-skene', iterations, converged, logLikelihood },
        classPriors: model.priors,
        skill: Float64Array.from({ length: ratings.annotators }, (_, who) => model.skill(who)),
        confusion: (who) => model.confusion(who),
        fill: (item, into) => void model.posterior(item, into),
      }),
    );
  },
};

/** Whether the error rates of so many pairs of an annotator and what they said can be held in memory. */
const fits = ({ annotators, categories }: Ratings, columns: number): boolean =>
  2 * (columns + annotators) * categories <= MOST_RATES;

/** Whether the model can be run, by the most that ratings of this size may need. */
export const fitsDawidSkene = (ratings: Ratings): boolean => fits(ratings, ratings.annotators * ratings.categories);

/** The model's numbers. A column has, for one annotator and what they said, the rate for every true category. */
class ErrorRates {
  readonly priors: Float64Array;
  readonly #ratings: Ratings;
  readonly #columns: Columns;
  readonly #smoothing: number;
  readonly #rates: Float64Array;
  readonly #counts: Float64Array;
  readonly #priorCounts: Float64Array;
  /** Annotator and true category -> expected readings. */
  readonly #totals: Float64Array;

  constructor(ratings: Ratings, columns: Columns, smoothing: number) {
    const { items, annotators, categories, start } = ratings;
    this.#ratings = ratings;
    this.#columns = columns;
    this.#smoothing = smoothing;
    this.priors = new Float64Array(categories);
    this.#rates = new Float64Array(columns.annotator.length * categories);
    this.#counts = new Float64Array(columns.annotator.length * categories);
    this.#priorCounts = new Float64Array(categories);
    this.#totals = new Float64Array(annotators * categories);

    const row = new Float64Array(categories);
    for (let item = 0; item < items; item++) {
      const [from, to] = [start[item]!, start[item + 1]!];
      if (from === to) continue;
      row.fill(0);
      for (let reading = from; reading < to; reading++) row[ratings.category[reading]!]! += 1 / (to - from);
      this.#count(item, row);
    }
  }

  /** M: priors and rates from what is expected; what is expected begins anew. */
  maximise(): void {
    const { categories } = this.#ratings;
    const smoothing = this.#smoothing;
    const [priors, rates, counts, totals] = [this.priors, this.#rates, this.#counts, this.#totals];
    let items = 0;
    for (const count of this.#priorCounts) items += count;
    for (let category = 0; category < categories; category++)
      priors[category] = (this.#priorCounts[category]! + smoothing) / (items + smoothing * categories);

    totals.fill(smoothing * categories);
    for (const [column, annotator] of this.#columns.annotator.entries()) {
      const [from, of] = [column * categories, annotator * categories];
      for (let category = 0; category < categories; category++) totals[of + category]! += counts[from + category]!;
    }
    for (const [column, annotator] of this.#columns.annotator.entries()) {
      const [from, of] = [column * categories, annotator * categories];
      for (let category = 0; category < categories; category++) {
        const total = totals[of + category]!;
        rates[from + category] = total === 0 ? 0 : (counts[from + category]! + smoothing) / total;
      }
    }
    counts.fill(0);
    this.#priorCounts.fill(0);
  }

  /** E: adds up what is expected; the log likelihood. */
  expect(): number {
    const { items, categories, start } = this.#ratings;
    const row = new Float64Array(categories);
    let logLikelihood = 0;
    for (let item = 0; item < items; item++) {
      if (start[item] === start[item + 1]) continue;
      logLikelihood += this.posterior(item, row);
      this.#count(item, row);
    }
    return logLikelihood;
  }

  /** Adds an item's probabilities to what is expected. */
  #count(item: number, row: Float64Array): void {
    const { categories, start } = this.#ratings;
    const { of } = this.#columns;
    const counts = this.#counts;
    const priorCounts = this.#priorCounts;
    const to = start[item + 1]!;
    let reading = start[item]!;
    for (let category = 0; category < categories; category++) priorCounts[category]! += row[category]!;
    for (; reading + 1 < to; reading += 2) {
      const one = of[reading]! * categories;
      const other = of[reading + 1]! * categories;
      for (let category = 0; category < categories; category++) {
        const probability = row[category]!;
        counts[one + category]! += probability;
        counts[other + category]! += probability;
      }
    }
    if (reading === to) return;
    const last = of[reading]! * categories;
    for (let category = 0; category < categories; category++) counts[last + category]! += row[category]!;
  }

  /** Writes the probability of every category for an item; the log likelihood of its readings. Two readings at once, and without destructuring: this is the inmost loop. */
  posterior(item: number, row: Float64Array): number {
    const { categories, start } = this.#ratings;
    const { of } = this.#columns;
    const priors = this.priors;
    const rates = this.#rates;
    const to = start[item + 1]!;
    let reading = start[item]!;
    for (let category = 0; category < categories; category++) row[category] = priors[category]!;
    for (; reading + 1 < to; reading += 2) {
      const one = of[reading]! * categories;
      const other = of[reading + 1]! * categories;
      for (let category = 0; category < categories; category++)
        row[category]! *= rates[one + category]! * rates[other + category]!;
    }
    if (reading < to) {
      const last = of[reading]! * categories;
      for (let category = 0; category < categories; category++) row[category]! *= rates[last + category]!;
    }
    let sum = 0;
    for (let category = 0; category < categories; category++) sum += row[category]!;
    if (sum < SAFE) return this.#inLogSpace(item, row);
    const scale = 1 / sum;
    for (let category = 0; category < categories; category++) row[category]! *= scale;
    return Math.log(sum);
  }

  #inLogSpace(item: number, row: Float64Array): number {
    let most = this.#writeLogs(item, row, 0);
    // Every category ruled out: that can only be by underflow.
    if (most === -Infinity) most = this.#writeLogs(item, row, Number.MIN_VALUE);
    let total = 0;
    for (const [category, log] of row.entries()) total += row[category] = Math.exp(log - most);
    for (const category of row.keys()) row[category]! /= total;
    return most + Math.log(total);
  }

  /** Writes the logarithms of the products; the largest of them. @param least what rates are at least */
  #writeLogs(item: number, row: Float64Array, least: number): number {
    const { categories, start } = this.#ratings;
    for (let category = 0; category < categories; category++) {
      let sum = Math.log(this.priors[category]!);
      for (let reading = start[item]!; reading < start[item + 1]!; reading++) {
        const rate = this.#rates[this.#columns.of[reading]! * categories + category]!;
        sum += Math.log(Math.max(rate, least));
      }
      row[category] = sum;
    }
    return row.reduce((most, log) => Math.max(most, log), -Infinity);
  }

  /** NaN without readings. */
  skill(annotator: number): number {
    const { categories } = this.#ratings;
    const { start, category } = this.#columns;
    let [right, known] = [0, 0];
    for (let truth = 0; truth < categories; truth++)
      if (this.#totals[annotator * categories + truth]! > 0) known += this.priors[truth]!;
    for (let column = start[annotator]!; column < start[annotator + 1]!; column++)
      right += this.priors[category[column]!]! * this.#rates[column * categories + category[column]!]!;
    return right / known;
  }

  confusion(annotator: number): Float64Array {
    const { categories } = this.#ratings;
    const { start, category } = this.#columns;
    const matrix = new Float64Array(categories * categories);
    for (let truth = 0; truth < categories; truth++) {
      const total = this.#totals[annotator * categories + truth]!;
      if (total > 0) matrix.fill(this.#smoothing / total, truth * categories, (truth + 1) * categories);
      for (let column = start[annotator]!; column < start[annotator + 1]!; column++)
        matrix[truth * categories + category[column]!] = this.#rates[column * categories + truth]!;
    }
    return matrix;
  }
}
