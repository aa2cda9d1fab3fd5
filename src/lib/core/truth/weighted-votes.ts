import type { Ratings } from '../agreement/ratings';
import type { Candidates } from './candidates';
import { isLikelier } from './settled';

/** The shares of the votes for each item, and what they amount to. */
export interface Votes {
  /** Candidate -> share of the weight, summing to 1 for each item. */
  readonly share: Float64Array;
  /** Category -> mean share over the items that have readings. */
  readonly priors: Float64Array;
  /** Item -> category; -1 without readings. */
  readonly label: Int32Array;
}

/** Counts votes: each reading with the weight of its annotator. Where only annotators without weight read an item, all count alike. */
export function weightedVotes(ratings: Ratings, candidates: Candidates, weights: Float64Array | null): Votes {
  const { items, categories, start, annotator } = ratings;
  const share = new Float64Array(candidates.category.length);
  const priors = new Float64Array(categories);
  let voted = 0;
  for (let item = 0; item < items; item++) {
    const [from, to] = [start[item]!, start[item + 1]!];
    if (from === to) continue;
    voted++;
    let total = 0;
    if (weights) for (let reading = from; reading < to; reading++) total += weights[annotator[reading]!]!;
    const isWeighted = weights !== null && total > 0;
    for (let reading = from; reading < to; reading++)
      share[candidates.of[reading]!]! += isWeighted ? weights[annotator[reading]!]! / total : 1 / (to - from);
    for (let at = candidates.start[item]!; at < candidates.start[item + 1]!; at++)
      priors[candidates.category[at]!]! += share[at]!;
  }
  for (let category = 0; category < categories; category++) priors[category]! /= voted;
  return { share, priors, label: labelsOf(items, candidates, share, priors) };
}

function labelsOf(
  items: number,
  { start, category }: Candidates,
  share: Float64Array,
  priors: Float64Array,
): Int32Array {
  const label = new Int32Array(items).fill(-1);
  for (let item = 0; item < items; item++) {
    const [first, end] = [start[item]!, start[item + 1]!];
    if (first === end) continue;
    let best = first;
    for (let at = first + 1; at < end; at++)
      if (isLikelier(share[at]!, priors[category[at]!]!, share[best]!, priors[category[best]!]!)) best = at;
    label[item] = category[best]!;
  }
  return label;
}

/** Annotator -> share of their readings that are as the labels say; NaN without readings. */
export function shareRight(
  { items, annotators, start, annotator, category }: Ratings,
  label: Int32Array,
): Float64Array {
  const right = new Float64Array(annotators);
  const read = new Float64Array(annotators);
  for (let item = 0; item < items; item++) {
    for (let reading = start[item]!; reading < start[item + 1]!; reading++) {
      read[annotator[reading]!]!++;
      if (category[reading] === label[item]) right[annotator[reading]!]!++;
    }
  }
  return right.map((count, who) => count / read[who]!);
}

/** Writes the shares of an item as probabilities of all categories. */
export function fillShares(
  { start, category }: Candidates,
  share: Float64Array,
  item: number,
  into: Float64Array,
): void {
  into.fill(0);
  for (let at = start[item]!; at < start[item + 1]!; at++) into[category[at]!] = share[at]!;
}
