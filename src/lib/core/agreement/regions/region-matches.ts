import type { Pair } from '../../stats/assignment';
import { addCandidate, heaviestMatches, SAME_CLASS } from '../structured/heaviest-matches';
import type { RegionKind } from './region-kind';
import type { RegionList } from './region-list';

/** A region of one answer and one of another, by their places, and how similar they are. */
export interface RegionMatch {
  readonly one: number;
  readonly other: number;
  readonly similarity: number;
}

/** Matches of two answers: whatever the classes, and of the same class only. */
interface RegionMatches {
  readonly anyClass: readonly RegionMatch[];
  readonly sameClass: readonly RegionMatch[];
}

/**
 * Pairs regions of two answers one to one, so that their similarities, each at least `threshold`, sum to the most
 * (Kuhn 1955).
 *
 * Whatever their classes, regions of one class are rather paired than others that fit as well. Candidates are found
 * by a sweep from left to right: O(n log n + regions that reach across one another), then their pairing.
 */
export function regionMatches<R>(
  a: RegionList<R>,
  b: RegionList<R>,
  kind: RegionKind<R>,
  threshold: number,
): RegionMatches {
  const pairs: Pair[] = [];
  for (let left = 0; left < a.regions.length; left++) {
    const candidates: Pair[] = [];
    for (let right = firstFrom(b, a.lefts[left]! - b.widest); right < b.regions.length; right++) {
      if (b.lefts[right]! > a.rights[left]!) break;
      if (b.rights[right]! < a.lefts[left]! || b.tops[right]! > a.bottoms[left]! || b.bottoms[right]! < a.tops[left]!)
        continue;
      const similarity = kind.similarity(a.regions[left]!, b.regions[right]!);
      if (similarity >= threshold && similarity > 0) addCandidate(candidates, { left, right, weight: similarity });
    }
    pairs.push(...candidates);
  }
  const isSame = ({ left, right }: Pair) => a.classes[left] === b.classes[right];
  const sameClass = heaviestMatches(pairs.filter(isSame));
  const preferred = pairs.map((pair) =>
    isSame(pair) ? { left: pair.left, right: pair.right, weight: pair.weight + SAME_CLASS } : pair,
  );
  return {
    sameClass: sameClass.map((pair) => matchOf(pair, 0)),
    anyClass: heaviestMatches(preferred).map((pair) => matchOf(pair, isSame(pair) ? SAME_CLASS : 0)),
  };
}

const matchOf = ({ left, right, weight }: Pair, preference: number): RegionMatch => ({
  one: left,
  other: right,
  similarity: weight - preference,
});

/** The first region that begins at `from` or later, by bisection; the first of all where that is no number. */
function firstFrom<R>({ regions, lefts }: RegionList<R>, from: number): number {
  let [low, high] = [0, regions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lefts[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
