import type { Ratings } from '../agreement/ratings';
import { candidatesOf, type Candidates } from './candidates';
import { weightedVotes } from './weighted-votes';

/**
 * The E step of models in which a reading speaks for the category that it names and treats all others alike:
 *
 *     p(c | i)  ~  p_c * prod over readings of i as c of ratio_r
 *
 * So all that differs between the categories that nobody named for an item are their priors, and one number stands for them all:
 * time and memory are those of the readings, however many categories there are.
 */
export class Odds {
  readonly candidates: Candidates;
  /** Reading -> log of how much it multiplies the odds of what it says. To be set before {@link expect}. */
  readonly ratio: Float64Array;
  /** Reading -> log of its probability where another category is true. To be set before {@link expect}. */
  readonly base: Float64Array;
  /** Candidate -> probability; the shares of the votes at first. */
  readonly share: Float64Array;
  /** Category -> prior; the mean shares of the votes at first. */
  readonly priors: Float64Array;
  /** Item -> probability of a category that nobody named, divided by its prior. */
  readonly #rest: Float64Array;
  readonly #ratings: Ratings;

  constructor(ratings: Ratings) {
    this.#ratings = ratings;
    this.candidates = candidatesOf(ratings);
    const { share, priors } = weightedVotes(ratings, this.candidates, null);
    this.share = share;
    this.priors = priors;
    this.#rest = new Float64Array(ratings.items);
    this.ratio = new Float64Array(ratings.category.length);
    this.base = new Float64Array(ratings.category.length);
  }

  /** Computes all probabilities; the log likelihood of the readings. */
  expect(): number {
    const { items, start: readings } = this.#ratings;
    const { start, category, of } = this.candidates;
    const { ratio, base, share, priors } = this;
    let logLikelihood = 0;
    share.fill(0);
    for (let item = 0; item < items; item++) {
      const [first, end] = [start[item]!, start[item + 1]!];
      if (first === end) continue;
      let others = 0;
      for (let reading = readings[item]!; reading < readings[item + 1]!; reading++) {
        others += base[reading]!;
        share[of[reading]!]! += ratio[reading]!;
      }
      // What nobody named has the odds 1, of logarithm 0.
      let most = 0;
      let rest = 1;
      for (let at = first; at < end; at++) {
        if (share[at]! > most) most = share[at]!;
        rest -= priors[category[at]!]!;
      }
      let sum = Math.max(0, rest) * Math.exp(-most);
      for (let at = first; at < end; at++) {
        share[at] = priors[category[at]!]! * Math.exp(share[at]! - most);
        sum += share[at]!;
      }
      for (let at = first; at < end; at++) share[at]! /= sum;
      this.#rest[item] = Math.exp(-most) / sum;
      logLikelihood += others + most + Math.log(sum);
    }
    return logLikelihood;
  }

  /** Sets each prior to the mean probability of its category. @param smoothing what each sum begins with */
  maximisePriors(smoothing: number): void {
    const { items } = this.#ratings;
    const { start, category } = this.candidates;
    const { share, priors } = this;
    const sums = new Float64Array(priors.length);
    let rest = 0;
    for (let item = 0; item < items; item++) {
      rest += this.#rest[item]!;
      for (let at = start[item]!; at < start[item + 1]!; at++) {
        const one = category[at]!;
        sums[one]! += share[at]! - this.#rest[item]! * priors[one]!;
      }
    }
    // In exact numbers no sum is below 0.
    for (const [one, sum] of sums.entries()) sums[one] = Math.max(0, sum + rest * priors[one]!) + smoothing;
    const total = sums.reduce((all, sum) => all + sum, 0);
    for (const [one, sum] of sums.entries()) priors[one] = sum / total;
  }

  fill(item: number, into: Float64Array): void {
    const { start, category } = this.candidates;
    for (const [one, prior] of this.priors.entries()) into[one] = this.#rest[item]! * prior;
    for (let at = start[item]!; at < start[item + 1]!; at++) into[category[at]!] = this.share[at]!;
  }
}
