import type { Ratings } from '../agreement/ratings';
import { dawidSkene, fitsDawidSkene } from './dawid-skene';
import { majority } from './majority';
import { oneCoin } from './one-coin';
import type { TruthModel } from './truth-model';

/** Readings of an item from which two can outvote a third. */
const OUTVOTING = 3;
/** Items with so many before anybody's skill is worth estimating. */
const LEAST_ITEMS = 30;
/** Readings from which a skill, or a row of a confusion matrix, is known to about a sixth (one standard error of a share). */
const LEAST_READINGS = 10;

export interface Choice {
  readonly model: TruthModel;
  /** In a sentence or two, for people. */
  readonly why: string;
}

/**
 * Which model suits ratings, for the setting `auto`: the one with the most to say about annotators of those that the data can carry.
 *
 * | annotations                                                            | model                |
 * | ---------------------------------------------------------------------- | -------------------- |
 * | fewer than 30 items that three or more people annotated                | majority             |
 * | fewer than 10 of them by the annotator of the median label             | majority             |
 * | fewer than 10 of them for each class by the annotator of the median one | one-coin Dawid-Skene |
 * | confusion matrices that would not fit into memory                      | one-coin Dawid-Skene |
 * | else                                                                   | Dawid-Skene          |
 */
export function chooseModel(ratings: Ratings): Choice {
  const { items, median } = shared(ratings);
  const { categories } = ratings;
  const many = (count: number) => count.toLocaleString('en');
  if (items < LEAST_ITEMS) {
    const found = items === 0 ? 'no item has' : items === 1 ? 'one item has' : `${many(items)} items have`;
    return {
      model: majority,
      why: `Majority vote: with fewer than three annotations of an item nobody can be told apart, and ${found} as many.`,
    };
  }
  if (median < LEAST_READINGS) {
    return {
      model: majority,
      why: `Majority vote: most labels are by people who labelled fewer than ${LEAST_READINGS} items together with others, which says too little about them.`,
    };
  }
  if (median < LEAST_READINGS * categories) {
    return {
      model: oneCoin,
      why: `One-coin Dawid-Skene: those who labelled most have labelled enough to know how often each is right, but not each one’s confusions of ${many(categories)} classes.`,
    };
  }
  if (!fitsDawidSkene(ratings)) {
    return {
      model: oneCoin,
      why: `One-coin Dawid-Skene: each one’s confusions of ${many(categories)} classes would not fit into memory.`,
    };
  }
  return {
    model: dawidSkene,
    why: 'Dawid-Skene: those who labelled most have labelled enough of every class to know what each of them confuses.',
  };
}

/**
 * How many items three or more people read, and how many of those the annotator of the median reading did: with many who read little
 * and few who read much, these few decide.
 */
function shared({ items, annotators, start, annotator }: Ratings): { readonly items: number; readonly median: number } {
  const read = new Uint32Array(annotators);
  let found = 0;
  let total = 0;
  for (let item = 0; item < items; item++) {
    const readers = new Set(annotator.subarray(start[item], start[item + 1]));
    if (readers.size < OUTVOTING) continue;
    found++;
    total += readers.size;
    for (const who of readers) read[who]!++;
  }
  let before = 0;
  const median = read.sort().find((count) => 2 * (before += count) >= total && count > 0);
  return { items: found, median: median ?? 0 };
}
