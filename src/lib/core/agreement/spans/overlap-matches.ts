import type { Match } from './exact-matches';
import type { SpanList } from './span-list';

/**
 * As many pairs of spans as possible that are of the same class and share any text, each span at most once: the
 * matches of the overlap F1. Spans may nest and overlap.
 *
 * By class, all spans of both answers are taken by their ends. A span is paired, if it still can be, with the free
 * span of the other answer that ends first among those that end no earlier and begin before its end. That is optimal:
 * every free span it can be paired with holds its last character, and of two such spans the one that ends first meets
 * no more of what is left than the other, so whatever an optimal pairing does with the other it can do with this one.
 *
 * O(n + m) where spans are of similar length; O(n m) at worst, where long ones hold many short ones.
 *
 * Example: [0, 5) and [5, 9) against [0, 9), of one class: one pair, because [0, 9) can be taken once. F1 = 2/3.
 *
 * @param without places in `a` and `b` that are taken already
 */
export function overlapMatches(a: SpanList, b: SpanList, without: readonly Match[] = []): Match[] {
  const matches: Match[] = [];
  const [takenOfA, takenOfB] = [new Uint8Array(a.length), new Uint8Array(b.length)];
  for (const [one, other] of without) takenOfA[one] = takenOfB[other] = 1;

  for (const [id, ones] of a.byEnd) {
    const others = b.byEnd.get(id) ?? [];
    let [one, other] = [0, 0];
    while (one < ones.length && other < others.length) {
      const [placeInA, placeInB] = [ones[one]!, others[other]!];
      if (a.ends[placeInA]! <= b.ends[placeInB]!) {
        const partner = takenOfA[placeInA] === 1 ? -1 : firstFree(b, others, takenOfB, other, a.ends[placeInA]!);
        if (partner >= 0) {
          takenOfB[partner] = 1;
          matches.push([placeInA, partner]);
        }
        one++;
      } else {
        const partner = takenOfB[placeInB] === 1 ? -1 : firstFree(a, ones, takenOfA, one, b.ends[placeInB]!);
        if (partner >= 0) {
          takenOfA[partner] = 1;
          matches.push([partner, placeInB]);
        }
        other++;
      }
    }
  }
  return matches;
}

/** The first of a queue of places, from the `from`-th on, that is free and starts before `end`; -1 for none. */
function firstFree(
  { starts }: SpanList,
  queue: readonly number[],
  taken: Uint8Array,
  from: number,
  end: number,
): number {
  for (let at = from; at < queue.length; at++) {
    const place = queue[at]!;
    if (taken[place] === 0 && starts[place]! < end) return place;
  }
  return -1;
}
