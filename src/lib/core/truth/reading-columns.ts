import type { Ratings } from '../agreement/ratings';

/**
 * The distinct pairs of an annotator and what they said, numbered: those of annotator `j` are from `start[j]` to before
 * `start[j + 1]`. There are not more of them than readings.
 */
export interface Columns {
  readonly start: Uint32Array;
  /** Column -> annotator. */
  readonly annotator: Uint32Array;
  /** Column -> category that they said. */
  readonly category: Uint32Array;
  /** Reading -> column. */
  readonly of: Uint32Array;
}

/** By a counting sort of the readings by annotator; columns of one annotator rise by category. O(readings + annotators + categories). */
export function columnsOf({ annotators, categories, annotator, category }: Ratings): Columns {
  const readings = annotator.length;
  const from = new Uint32Array(annotators + 1);
  for (const who of annotator) from[who + 1]!++;
  for (let who = 0; who < annotators; who++) from[who + 1]! += from[who]!;
  const sorted = new Uint32Array(readings);
  const next = from.slice();
  for (let reading = 0; reading < readings; reading++) sorted[next[annotator[reading]!]!++] = reading;

  const start = new Uint32Array(annotators + 1);
  const columnAnnotator = new Uint32Array(readings);
  const columnCategory = new Uint32Array(readings);
  const of = new Uint32Array(readings);
  /** Category -> the annotator, counted from 1, who said it last, and the column of that. */
  const saidBy = new Uint32Array(categories);
  const columnFor = new Uint32Array(categories);
  let columns = 0;
  for (let who = 0; who < annotators; who++) {
    const first = columns;
    for (let at = from[who]!; at < from[who + 1]!; at++) {
      const said = category[sorted[at]!]!;
      if (saidBy[said] === who + 1) continue;
      saidBy[said] = who + 1;
      columnAnnotator[columns] = who;
      columnCategory[columns++] = said;
    }
    columnCategory.subarray(first, columns).sort();
    for (let column = first; column < columns; column++) columnFor[columnCategory[column]!] = column;
    for (let at = from[who]!; at < from[who + 1]!; at++) of[sorted[at]!] = columnFor[category[sorted[at]!]!]!;
    start[who + 1] = columns;
  }
  return { start, annotator: columnAnnotator.slice(0, columns), category: columnCategory.slice(0, columns), of };
}
