import type { Ratings } from '../agreement/ratings';
import { fault } from '../errors';
import { err, ok, type Result } from '../result';
import { candidatesOf } from './candidates';
import { likeliest, nothingRead, settled } from './settled';
import type { Truth } from './truth-model';
import { weightedVotes } from './weighted-votes';

/** No weight is less: also who is worse than guessing says something. */
const LEAST_WEIGHT = 1e-6;

/** What CROWDLAB makes of ratings and a classifier; an annotator's skill is their agreement with the other annotators. */
export interface CrowdlabTruth extends Truth {
  /** How much the classifier counts, of which {@link annotatorWeight} is one annotator's. */
  readonly modelWeight: number;
  readonly annotatorWeight: Float64Array;
}

/**
 * CROWDLAB (Goh, Tkachenko and Mueller 2022): a classifier, trained on the labels, is one more voice among the annotators.
 *
 *     p(c | i) ~ w_M p_M(c | x_i) + sum over readings (j, k) of i of w_j (k = c ? P : (1 - P) / (K - 1))
 *
 * P is the share of readings that are as the majority says; over items of several annotators, as all of the following:
 *
 *     w_j = 1 - (1 - s_j) / (1 - A)           s_j: share of pairs of readings of an item, j's and another's, that are alike
 *     w_M = (1 - (1 - A_M) / (1 - A)) sqrt(mean number of readings)         A_M: share that the classifier has as the majority
 *
 * A is how often always saying the commonest label is as the majority says. Ties in the majority go to the classifier. Who shares no item
 * with anybody counts as the mean annotator. O(readings x (readings of an item + categories)).
 *
 * @param probabilities of each category for each item, row by row; from a classifier that was not trained on the item
 * @returns `truth.no-overlap` where no two annotators read an item: then nobody can be compared with anybody
 */
export function crowdlab(ratings: Ratings, probabilities: Float64Array): Result<CrowdlabTruth> {
  const nothing = nothingRead(ratings);
  if (nothing) return err(nothing);
  const { items, categories, start, annotator, category } = ratings;
  const shared: number[] = [];
  const read: number[] = [];
  for (let item = 0; item < items; item++) {
    if (start[item] !== start[item + 1]) read.push(item);
    if (new Set(annotator.subarray(start[item], start[item + 1])).size > 1) shared.push(item);
  }
  if (shared.length === 0) return err(fault('truth.no-overlap', ''));

  const rowOf = (item: number) => probabilities.subarray(item * categories, (item + 1) * categories);
  const majority = majorityLabels(ratings, rowOf);
  const commonest = commonestOf(shared.map((item) => majority[item]!));
  const guessing = Math.max(
    LEAST_WEIGHT,
    meanOf(shared, (item) => (majority[item] === commonest ? 0 : 1)),
  );
  const modelError = meanOf(shared, (item) => (likeliest(rowOf(item), rowOf(item)) === majority[item] ? 0 : 1));
  const right = meanOf(shared, (item) => {
    const said = category.subarray(start[item], start[item + 1]);
    return said.filter((one) => one === majority[item]).length / said.length;
  });
  const wrong = categories > 1 ? (1 - right) / (categories - 1) : 0;
  const skill = agreementWithOthers(ratings);
  const weightOf = (error: number) => Math.max(LEAST_WEIGHT, 1 - error / guessing);
  const annotatorWeight = skill.map((agreement) => weightOf(1 - agreement));
  const modelWeight = weightOf(modelError) * Math.sqrt(meanOf(read, (item) => start[item + 1]! - start[item]!));

  const fill = (item: number, into: Float64Array) => {
    let total = modelWeight;
    for (const [one, probability] of rowOf(item).entries()) into[one] = modelWeight * probability;
    for (let reading = start[item]!; reading < start[item + 1]!; reading++) {
      const weight = annotatorWeight[annotator[reading]!]!;
      total += weight * (right + wrong * (categories - 1));
      for (let one = 0; one < categories; one++) into[one]! += weight * (one === category[reading] ? right : wrong);
    }
    for (let one = 0; one < categories; one++) into[one]! /= total;
  };
  const classPriors = new Float64Array(categories);
  const row = new Float64Array(categories);
  for (const item of read) {
    fill(item, row);
    for (let one = 0; one < categories; one++) classPriors[one]! += row[one]! / read.length;
  }
  const truth = settled(ratings, {
    ...{ method: 'crowdlab', iterations: 1, converged: true, logLikelihood: null },
    ...{ classPriors, skill, confusion: () => null, fill },
  });
  return ok({ ...truth, modelWeight, annotatorWeight });
}

/** What most say of each item, -1 of one without readings; ties go to what the classifier holds more likely. */
function majorityLabels(ratings: Ratings, rowOf: (item: number) => Float64Array): Int32Array {
  const candidates = candidatesOf(ratings);
  const { start, category } = candidates;
  const { share } = weightedVotes(ratings, candidates, null);
  return Int32Array.from({ length: ratings.items }, (_, item) => {
    const [first, end] = [start[item]!, start[item + 1]!];
    if (first === end) return -1;
    const held = Float64Array.from(category.subarray(first, end), (one) => rowOf(item)[one]!);
    return category[first + likeliest(share.subarray(first, end), held)]!;
  });
}

/** Annotator -> share of pairs of theirs and another's readings of an item that are alike; without any, the mean of the others. */
function agreementWithOthers({ items, annotators, start, annotator, category }: Ratings): Float64Array {
  const alike = new Float64Array(annotators);
  const pairs = new Float64Array(annotators);
  for (let item = 0; item < items; item++) {
    for (let one = start[item]!; one < start[item + 1]!; one++) {
      for (let other = start[item]!; other < start[item + 1]!; other++) {
        const who = annotator[one]!;
        if (who === annotator[other]) continue;
        pairs[who]!++;
        if (category[one] === category[other]) alike[who]!++;
      }
    }
  }
  const known = [...pairs.keys()].filter((who) => pairs[who]! > 0);
  const mean = meanOf(known, (who) => alike[who]! / pairs[who]!);
  return alike.map((count, who) => (pairs[who]! > 0 ? count / pairs[who]! : mean));
}

/** The label that occurs most often; the first of several. */
function commonestOf(labels: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].reduce((best, one) =>
    one[1] > best[1] || (one[1] === best[1] && one[0] < best[0]) ? one : best,
  )[0];
}

const meanOf = (members: readonly number[], value: (member: number) => number): number =>
  members.reduce((sum, member) => sum + value(member), 0) / members.length;
