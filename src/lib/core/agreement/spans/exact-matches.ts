import type { SpanList } from './span-list';

/** A span of one answer and one of another, by their places. */
export type Match = readonly [one: number, other: number];

/**
 * Spans with the same start, end and class, each at most once: the matches of the exact F1. O(n + m).
 *
 * Example: of [0, 5) person and [7, 9) place, and [0, 5) person and [7, 12) place, the first is matched: F1 = 2/4.
 */
export function exactMatches(a: SpanList, b: SpanList): Match[] {
  const matches: Match[] = [];
  let [one, other] = [0, 0];
  while (one < a.length && other < b.length) {
    const step =
      a.starts[one]! - b.starts[other]! || a.ends[one]! - b.ends[other]! || a.classes[one]! - b.classes[other]!;
    if (step === 0) matches.push([one, other]);
    if (step <= 0) one++;
    if (step >= 0) other++;
  }
  return matches;
}
