import { exactMatches, type Match } from './exact-matches';
import { overlapMatches } from './overlap-matches';
import type { SpanList } from './span-list';

/**
 * What a pair that shares text, but not both ends, is worth (MUC-5: Chinchor and Sundheim 1993; SemEval-2013 task 9).
 */
const PARTIAL_CREDIT = 0.5;

/**
 * The credit of the partial F1: spans of the same class are paired one to one, so that it becomes as much as it can;
 * a pair is worth 1 where both ends are the same and 1/2 where they only share text.
 *
 * Equal spans are paired first, which is optimal: if an optimal pairing gave both to others, for at most 1/2 each, it
 * could pair them with each other for 1. The others are all worth the same, so as many as possible are paired.
 *
 * Example: [0, 5) and [7, 9) against [0, 5) and [7, 12), of one class: 1 + 1/2 of 2, so F1 = 2 * 1.5 / 4.
 *
 * @param exact what {@link exactMatches} gives of the same spans
 */
export function partialCredit(a: SpanList, b: SpanList, exact: readonly Match[] = exactMatches(a, b)): number {
  return exact.length + PARTIAL_CREDIT * overlapMatches(a, b, exact).length;
}
