import type { Ratings } from '../agreement/ratings';
import { fault, type ConcordError } from '../errors';
import type { Truth } from './truth-model';

/** Probabilities that differ by less, relative to their size, are a tie: models that iterate are not more exact than that. */
const EQUAL = 1e-6;

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
  let best = 0;
  for (let category = 1; category < probabilities.length; category++)
    if (isLikelier(probabilities[category]!, priors[category]!, probabilities[best]!, priors[best]!)) best = category;
  return best;
}

/** Whether a category is to be preferred to one that comes before it. */
export const isLikelier = (
  probability: number,
  prior: number,
  formerProbability: number,
  formerPrior: number,
): boolean =>
  probability > formerProbability * (1 + EQUAL) ||
  (probability >= formerProbability * (1 - EQUAL) && prior > formerPrior * (1 + EQUAL));

/** Why no model can say anything of ratings; null where one can. */
export const nothingRead = ({ annotator }: Ratings): ConcordError | null =>
  annotator.length === 0 ? fault('truth.empty', '') : null;

/** Whether a log likelihood has grown by no more than the tolerance, relative to its size. */
export const isConverged = (now: number, before: number, tolerance: number): boolean =>
  Math.abs(now - before) <= tolerance * Math.abs(now);
