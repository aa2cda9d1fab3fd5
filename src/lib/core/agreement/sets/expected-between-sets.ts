import type { ExpectedSum } from '../structured/alpha';
import type { SetDistance } from './set-distance';

/** Up to so many distinct sets, all distances between them are kept. */
const MOST_EXACT = 200;

/**
 * The expected disagreement of alpha between sets, from how often each distinct set occurs: F(n) = sum over v, w of
 * n_v n_w d(v, w).
 *
 * Only sets that share members are less than 1 apart, and those are found by a list of the sets of each class: O(sum
 * over sets and their classes of the sets with that class) once. For the weights of a resample, up to 200 distinct
 * sets take O(sets^2); more take O(sets) by the tangent at the counts c that were observed, F(n) = 2 n.Dc - c.Dc + (n
 * - c).D(n - c) without the last term. That term is of the order of F / N, with N values, and N is then above 200:
 * less than half a percent.
 *
 * @param sets of distinct class numbers; each set once
 * @param observed how often each occurs
 */
export function expectedBetweenSets(
  sets: readonly (readonly number[])[],
  observed: Float64Array,
  { of: distance }: SetDistance,
): ExpectedSum {
  const isExact = sets.length <= MOST_EXACT;
  const table = new Float64Array(isExact ? sets.length ** 2 : 0);
  const total = observed.reduce((sum, count) => sum + count, 0);
  /** Of each set, the distances to all values observed. */
  const row = new Float64Array(sets.length).fill(total);

  forEachCloserPair(sets, distance, (one, other, between) => {
    row[one]! -= observed[other]! * (1 - between);
    if (one !== other) row[other]! -= observed[one]! * (1 - between);
    if (isExact) table[one * sets.length + other] = table[other * sets.length + one] = 1 - between;
  });
  if (isExact) return (counts) => weightedSum(counts, table);

  const atObserved = row.reduce((sum, distances, set) => sum + observed[set]! * distances, 0);
  return (counts) => {
    let sum = 0;
    for (let set = 0; set < counts.length; set++) sum += counts[set]! * row[set]!;
    return 2 * sum - atObserved;
  };
}

/** Visits every two sets, and each with itself, that are less than 1 apart. */
function forEachCloserPair(
  sets: readonly (readonly number[])[],
  distance: SetDistance['of'],
  visit: (one: number, other: number, distance: number) => void,
): void {
  const setsOf = new Map<number, number[]>();
  const shared = new Uint32Array(sets.length);
  for (const [one, members] of sets.entries()) {
    visit(one, one, 0);
    const met: number[] = [];
    for (const member of members) {
      const others = setsOf.get(member);
      if (others === undefined) {
        setsOf.set(member, [one]);
        continue;
      }
      for (const other of others) {
        if (shared[other] === 0) met.push(other);
        shared[other]!++;
      }
      others.push(one);
    }
    for (const other of met) {
      visit(one, other, distance(shared[other]!, members.length, sets[other]!.length));
      shared[other] = 0;
    }
  }
}

/** Sum over v, w of n_v n_w (1 - closeness). */
function weightedSum(counts: Float64Array, closeness: Float64Array): number {
  let [total, close] = [0, 0];
  for (let one = 0; one < counts.length; one++) {
    const count = counts[one]!;
    if (count === 0) continue;
    total += count;
    let sum = 0;
    for (let other = 0; other < counts.length; other++) sum += counts[other]! * closeness[one * counts.length + other]!;
    close += count * sum;
  }
  return total * total - close;
}
