import type { Pair } from '../../stats/assignment';
import { addCandidate, heaviestMatches, SAME_CLASS } from '../structured/heaviest-matches';
import type { Match } from './exact-matches';
import type { SpanList } from './span-list';

/** Intersection over union, in code units, from which two people are said to have meant the same piece of text. */
const SAME_PIECE = 0.5;

/**
 * Spans that probably mean the same piece of text, whatever their classes: paired one to one so that their
 * intersections over union, each at least 0.5, sum to the most. Spans of one class are rather paired than others that
 * fit as well.
 *
 * Spans are sorted by start, and what shares half of the union with a span starts no farther before it than it is
 * long: O(n log m + candidates) and the pairing of those.
 */
export function closestSpans(a: SpanList, b: SpanList): Match[] {
  const pairs: Pair[] = [];
  for (let left = 0; left < a.length; left++) {
    const [start, end] = [a.starts[left]!, a.ends[left]!];
    const candidates: Pair[] = [];
    const first = firstFrom(b, start - (end - start));
    for (let right = first; right < b.length && b.starts[right]! < end; right++) {
      const shared = Math.min(end, b.ends[right]!) - Math.max(start, b.starts[right]!);
      if (shared <= 0) continue;
      const similarity = shared / (end - start + (b.ends[right]! - b.starts[right]!) - shared);
      if (similarity < SAME_PIECE) continue;
      const isSame = a.classes[left] === b.classes[right];
      addCandidate(candidates, { left, right, weight: similarity + (isSame ? SAME_CLASS : 0) });
    }
    pairs.push(...candidates);
  }
  return heaviestMatches(pairs).map(({ left, right }) => [left, right]);
}

/** The first span that starts at a place or later, by bisection. */
function firstFrom({ length, starts }: SpanList, place: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
