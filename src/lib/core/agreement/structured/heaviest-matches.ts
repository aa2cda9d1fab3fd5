import { bestPairs, type Pair } from '../../stats/assignment';

/** Candidates of one thing that are kept: only where far more lie on one another is that not all. */
export const MOST_CANDIDATES = 64;

/**
 * What is worth this little decides only between pairings that are otherwise worth the same: things of one class are rather
 * paired than others. Below what two similarities that differ at all differ by, but for rounding.
 */
export const SAME_CLASS = 1e-9;

/**
 * Pairs members of two sets, each at most once, so that the weights sum to as much as they can, as {@link bestPairs} does; most
 * pairs have no rival, and they are told apart first. O(pairs) and what is left for `bestPairs`.
 */
export function heaviestMatches(pairs: readonly Pair[]): readonly Pair[] {
  const [lefts, rights] = [new Map<number, number>(), new Map<number, number>()];
  for (const { left, right } of pairs) {
    lefts.set(left, (lefts.get(left) ?? 0) + 1);
    rights.set(right, (rights.get(right) ?? 0) + 1);
  }
  const isAlone = ({ left, right }: Pair) => lefts.get(left) === 1 && rights.get(right) === 1;
  const rivals = pairs.filter((pair) => !isAlone(pair));
  return rivals.length === 0 ? pairs : [...pairs.filter(isAlone), ...bestPairs(rivals)];
}

/** The heaviest candidates of one thing; among equals those whose places are nearest to its own, so that a heap is shared out. */
export function strongest(candidates: Pair[]): readonly Pair[] {
  if (candidates.length <= MOST_CANDIDATES) return candidates;
  const away = ({ left, right }: Pair) => Math.abs(left - right);
  return candidates
    .sort((one, other) => other.weight - one.weight || away(one) - away(other))
    .slice(0, MOST_CANDIDATES);
}
