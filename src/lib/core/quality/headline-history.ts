import type { Ratings } from '../agreement/ratings';

/** Points of a history. */
const POINTS = 40;

/** The labels of a question that were made until some time. */
interface Prefix {
  readonly labels: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly ratings: Ratings;
}

/**
 * The ratings as they were after about forty equal numbers of labels, oldest first, the last with all of them. Labels of one
 * millisecond come together. What was later replaced or withdrawn is not in them: it is the history of the labels that stand.
 * O(points x readings), and the sorting of the times.
 *
 * @param time reading -> milliseconds since the epoch
 */
export function* prefixes(ratings: Ratings, time: Float64Array): Generator<Prefix> {
  const inTime = time.slice().sort();
  let before = -Infinity;
  for (let point = 1; point <= POINTS; point++) {
    const at = inTime[Math.ceil((inTime.length * point) / POINTS) - 1];
    if (at === undefined || at === before) continue;
    before = at;
    const until = ratingsUntil(ratings, time, at);
    yield { labels: until.category.length, at, ratings: until };
  }
}

function ratingsUntil(ratings: Ratings, time: Float64Array, until: number): Ratings {
  const start = new Uint32Array(ratings.items + 1);
  const annotator = new Uint32Array(ratings.category.length);
  const category = new Uint32Array(ratings.category.length);
  let kept = 0;
  for (let item = 0; item < ratings.items; item++) {
    for (let reading = ratings.start[item]!; reading < ratings.start[item + 1]!; reading++) {
      if (time[reading]! > until) continue;
      annotator[kept] = ratings.annotator[reading]!;
      category[kept++] = ratings.category[reading]!;
    }
    start[item + 1] = kept;
  }
  return { ...ratings, start, annotator: annotator.subarray(0, kept), category: category.subarray(0, kept) };
}
