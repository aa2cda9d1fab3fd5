import type { RegionMatch } from './region-matches';

/** A region of one of the answers to an item, and the number of its class. */
interface Member {
  readonly answer: number;
  readonly place: number;
}

/** A match between two of the answers to an item. */
export interface MatchOfAnswers extends RegionMatch {
  readonly a: number;
  readonly b: number;
}

/**
 * Groups regions of several answers that mean the same thing, at most one of each answer.
 *
 * Matches of two answers are taken from the most similar to the least. Each joins the groups of its two regions,
 * unless both have a region of the same answer: so what A matched with B and B with C is one thing, also where A and
 * C are less alike than the threshold, but two regions by one person never are. O(matches log matches + matches *
 * answers).
 *
 * @returns groups of two regions or more
 */
export function matchedUnits(matches: readonly MatchOfAnswers[]): readonly (readonly Member[])[] {
  const groupOf = new Map<number, Member[]>();
  const group = (answer: number, place: number): Member[] => {
    const key = keyOf(answer, place);
    let found = groupOf.get(key);
    if (found === undefined) groupOf.set(key, (found = [{ answer, place }]));
    return found;
  };
  const inOrder = [...matches].sort((one, other) => other.similarity - one.similarity);
  for (const { a, b, one, other } of inOrder) {
    const [into, from] = [group(a, one), group(b, other)];
    if (into === from || from.some(({ answer }) => into.some((member) => member.answer === answer))) continue;
    for (const member of from) {
      into.push(member);
      groupOf.set(keyOf(member.answer, member.place), into);
    }
  }
  return [...new Set(groupOf.values())].filter((members) => members.length > 1);
}

/** One number for a region of an answer, of which there are fewer than 2^26. */
const keyOf = (answer: number, place: number): number => answer * 2 ** 26 + place;
