import type { Ratings } from '../agreement/ratings';
import type { Result } from '../result';

export interface TruthOptions {
  /** Change of the log likelihood, relative to its size, below which a model has converged. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Added to every count of a confusion matrix and of the class priors; 0: none. */
  readonly smoothing: number;
  readonly seed: number;
}

export const DEFAULT_TRUTH_OPTIONS: TruthOptions = { tolerance: 1e-7, maxIterations: 100, smoothing: 0, seed: 1 };

/** What a truth model makes of ratings. */
export interface Truth {
  /** Id of the model. */
  readonly method: string;
  /** 0 where nothing is iterated. */
  readonly iterations: number;
  readonly converged: boolean;
  /** null where the model has none. */
  readonly logLikelihood: number | null;
  /** Category -> probability; they sum to 1. */
  readonly classPriors: Float64Array;
  /** Item -> category; -1 for an item without readings. Ties go to the category with the larger prior, then to the first. */
  readonly label: Int32Array;
  /** Item -> probability of its label; NaN without one. */
  readonly confidence: Float64Array;
  /** The probability of every category for an item; they sum to 1. */
  posterior(item: number): Float64Array;
  /** Annotator -> skill, 0 to 1: the probability, or share, of being right, in the words of the model; NaN without readings. */
  readonly skill: Float64Array;
  /** Annotator -> readings. */
  readonly readings: Uint32Array;
  /**
   * The rows, of true categories, of an annotator's confusion matrix: each sums to 1, or is 0 throughout where nothing that they
   * read may be of that category. null where the model has none.
   */
  confusion(annotator: number): Float64Array | null;
}

/** A way to find out what is true from what several people said. One file each, and one line in the registry. */
export interface TruthModel {
  readonly id: string;
  /** As people know it: `Dawid-Skene`. */
  readonly name: string;
  /** What it assumes, in a sentence for people. */
  readonly explanation: string;
  /** Deterministic for a seed; leaves the ratings as they are. Fails where the ratings say nothing: `truth.…`. */
  run(ratings: Ratings, options: TruthOptions): Result<Truth>;
}
