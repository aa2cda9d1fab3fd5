import { bestPairs, type Pair } from '../../stats/assignment';

/**
 * What is worth this little decides only between pairings that are otherwise worth the same: things of one class are
 * rather paired than others. Below what two similarities that differ at all differ by, but for rounding.
 */
export const SAME_CLASS = 1e-9;

/** Candidates of one thing that are kept: only where far more lie on one another is that not all. */
const MOST_CANDIDATES = 64;

/**
 * Pairs members of two sets, each at most once, so that the weights sum to as much as they can, as {@link bestPairs}
 * does; most pairs have no rival, and they are told apart first. O(pairs) and what is left for `bestPairs`.
 */
export function heaviestMatches(pairs: readonly Pair[]): readonly Pair[] {
  let [lefts, rights] = [0, 0];
  for (const { left, right } of pairs) [lefts, rights] = [Math.max(lefts, left + 1), Math.max(rights, right + 1)];
  // Plain arrays: most are short, and cost less to make than typed ones.
  const [ofLeft, ofRight] = [new Array<number>(lefts).fill(0), new Array<number>(rights).fill(0)];
  for (const { left, right } of pairs) {
    ofLeft[left]!++;
    ofRight[right]!++;
  }
  const isAlone = ({ left, right }: Pair) => ofLeft[left] === 1 && ofRight[right] === 1;
  const rivals = pairs.filter((pair) => !isAlone(pair));
  return rivals.length === 0 ? pairs : [...pairs.filter(isAlone), ...bestPairs(rivals)];
}

/**
 * Adds a candidate of one thing to those found before. Of a heap only the strongest are kept; among equals those whose
 * places are nearest to its own, so that the members of a heap do not all have the same candidates.
 */
export function addCandidate(candidates: Pair[], candidate: Pair): void {
  candidates.push(candidate);
  if (candidates.length < 2 * MOST_CANDIDATES) return;
  const away = ({ left, right }: Pair) => Math.abs(left - right);
  candidates.sort((one, other) => other.weight - one.weight || away(one) - away(other));
  candidates.length = MOST_CANDIDATES;
}
