import type { AuthorId } from '../model/ids';
import type { Assignment } from './assignment';

/** How many of others' items are weighed against each other. */
const WEIGHED = 1_024;

/** What a member who looks for work knows of the items, which are numbers. */
export interface Work {
  readonly assignment: Assignment;
  /** The first 32 bits of the item's id. */
  readonly bits: (item: number) => number;
  /** Other members, each once, who annotated the item or are at it just now. */
  readonly takers: (item: number) => readonly AuthorId[];
  /** Annotations by distinct authors that the item needs. */
  readonly wanted: (item: number) => number;
}

/**
 * The items that a member should label next: first those that are theirs by rank, in the order of priority; when there are no
 * more, those of others, so that nothing waits for somebody who is slow or away. Items that are taken by as many as are wanted
 * are passed over.
 *
 * Of others' items the member takes, among the first thousand, those on which they rank highest. So those who help do
 * not all reach for the same one, and seldom for the one that its own labeler takes next: news of a claim needs a
 * moment to travel, and whoever takes an item within that moment labels it once too often.
 *
 * @param open the items that the member may label, by priority; no more of them are read than needed
 * @param count how many items to give
 */
export function nextItems(open: Iterable<number>, count: number, { assignment, bits, takers, wanted }: Work): number[] {
  const mine: number[] = [];
  const others: number[] = [];
  if (count === 0) return mine;
  for (const item of open) {
    const taken = takers(item);
    const most = wanted(item);
    if (taken.length >= most) continue;
    if (!assignment.isMine(bits(item), taken, most)) {
      if (others.length < WEIGHED) others.push(item);
    } else if (mine.push(item) === count) return mine;
  }
  const weighed = others.map((item) => ({
    item,
    rank: assignment.rank(bits(item)),
    score: assignment.score(bits(item)),
  }));
  weighed.sort((a, b) => a.rank - b.rank || b.score - a.score);
  return [...mine, ...weighed.slice(0, count - mine.length).map(({ item }) => item)];
}
