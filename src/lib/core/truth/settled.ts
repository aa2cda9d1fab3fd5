import type { Ratings } from '../agreement/ratings';
import { fault, type ConcordError } from '../errors';
import type { Truth } from './truth-model';

/** Probabilities that differ by less, relative to their size, are equal: the same sums in another order are. */
const EQUAL = 1e-9;

/** What a model found; its labels follow. */
export interface Found extends Omit<Truth, 'label' | 'confidence' | 'posterior' | 'readings'> {
  /** Writes the probability of every category for an item that has readings. */
  readonly fill: (item: number, into: Float64Array) => void;
}

/** Labels every item by its posterior. O(items x categories), and no more memory than for one item. */
export function settled(ratings: Ratings, { fill, ...found }: Found): Truth {
  const { items, annotators, categories, start, annotator } = ratings;
  const label = new Int32Array(items).fill(-1);
  const confidence = new Float64Array(items).fill(NaN);
  const row = new Float64Array(categories);
  for (let item = 0; item < items; item++) {
    if (start[item] === start[item + 1]) continue;
    fill(item, row);
    label[item] = likeliest(row, found.classPriors);
    confidence[item] = row[label[item]!]!;
  }
  const readings = new Uint32Array(annotators);
  for (const who of annotator) readings[who]!++;
  return {
    ...found,
    label,
    confidence,
    readings,
    posterior(item) {
      const probabilities = new Float64Array(categories);
      // Nothing is known of an item that nobody read, but how common the categories are.
      if (start[item] === start[item + 1]) probabilities.set(found.classPriors);
      else fill(item, probabilities);
      return probabilities;
    },
  };
}

/** The category with the largest probability; ties go to the one with the larger prior, then to the first. */
export function likeliest(probabilities: Float64Array, priors: Float64Array): number {
  let most = 0;
  for (const probability of probabilities) if (probability > most) most = probability;
  let best = -1;
  for (let category = 0; category < probabilities.length; category++) {
    if (probabilities[category]! < most * (1 - EQUAL)) continue;
    if (best < 0 || priors[category]! > priors[best]! * (1 + EQUAL)) best = category;
  }
  return best;
}

/** Why no model can say anything of ratings; null where one can. */
export const nothingRead = ({ annotator }: Ratings): ConcordError | null =>
  annotator.length === 0 ? fault('truth.empty', '') : null;

/** Whether a log likelihood has grown by no more than the tolerance, relative to its size. */
export const isConverged = (now: number, before: number, tolerance: number): boolean =>
  Math.abs(now - before) <= tolerance * Math.abs(now);
