import { bestPairs, type Pair } from '../../stats/assignment';
import { EMPTY, unitDissimilarity, type Unit } from './unit-dissimilarity';

/** How many more steps a search may take. */
export interface Budget {
  left: number;
}

/** Units of different annotators that are taken for the same, and what that is worth against each of them alone. */
interface Group {
  /** Ascending. */
  readonly members: readonly number[];
  readonly gain: number;
}

/**
 * Disorder of the best alignment of what several annotators marked (Mathet, Widlöcher and Métivier 2015, 4.2 and
 * 5.1).
 *
 * An alignment puts every unit into one unitary alignment, which has one unit of each annotator or none. The disorder
 * of a unitary alignment is the mean of {@link unitDissimilarity} over all pairs of n annotators, each pair without a
 * unit on one side counting 1; that of an alignment is the sum over its unitary alignments, over the mean number of
 * units by an annotator. A unit alone is worth 1, so that k units together gain k less their disorder: what gains
 * nothing is never part of the best.
 *
 * Two annotators: optimal pairing. More: every group that gains is listed, and combinations are searched depth first,
 * bounded by the most that each unit left can gain. That is exact, and takes exponential time at worst: it gives up
 * when the budget is spent.
 *
 * Example: [0, 10) by one and by another, and [20, 30) by one alone: the pair has disorder 0, the single 1; of 1.5
 * units on average: 2/3.
 *
 * @param annotators units of each, of whom there are two or more, and one unit at least
 * @returns null where the budget was spent
 */
export function leastDisorder(annotators: readonly (readonly Unit[])[], budget: Budget): number | null {
  const groups = gainfulGroups(annotators, budget);
  const count = annotators.reduce((sum, units) => sum + units.length, 0);
  const gain = groups && (annotators.length === 2 ? pairedGain(groups) : packedGain(groups, count, budget));
  return gain === null ? null : (count * EMPTY - gain) / (count / annotators.length);
}

/** All groups of two units or more that are worth more together; units are numbered through. */
function gainfulGroups(annotators: readonly (readonly Unit[])[], budget: Budget): Group[] | null {
  const pairs = (annotators.length * (annotators.length - 1)) / 2;
  const groups: Group[] = [];
  const chosen: { readonly unit: Unit; readonly number: number }[] = [];
  const extend = (next: number, first: number, dissimilarity: number): void => {
    if (budget.left-- <= 0) return;
    const most = chosen.length + annotators.length - next;
    if (dissimilarity >= most * EMPTY * pairs) return;
    const units = annotators[next];
    if (units === undefined) {
      const within = (chosen.length * (chosen.length - 1)) / 2;
      const gain = chosen.length * EMPTY - (dissimilarity + (pairs - within) * EMPTY) / pairs;
      if (chosen.length > 1 && gain > 0) groups.push({ members: chosen.map(({ number }) => number), gain });
      return;
    }
    extend(next + 1, first + units.length, dissimilarity);
    for (const [at, unit] of units.entries()) {
      const further = chosen.reduce((sum, other) => sum + unitDissimilarity(unit, other.unit), dissimilarity);
      chosen.push({ unit, number: first + at });
      extend(next + 1, first + units.length, further);
      chosen.pop();
    }
  };
  extend(0, 0, 0);
  return budget.left > 0 ? groups : null;
}

function pairedGain(groups: readonly Group[]): number {
  const pairs: Pair[] = groups.map(({ members, gain }) => ({ left: members[0]!, right: members[1]!, weight: gain }));
  return bestPairs(pairs).reduce((sum, { weight }) => sum + weight, 0);
}

/** The most that groups without a common member gain together. */
function packedGain(groups: readonly Group[], units: number, budget: Budget): number | null {
  /** Groups by their first member, the best ones first. */
  const startingAt = Array.from({ length: units }, (): Group[] => []);
  const share = new Float64Array(units);
  for (const group of groups) {
    startingAt[group.members[0]!]!.push(group);
    for (const member of group.members) share[member] = Math.max(share[member]!, group.gain / group.members.length);
  }
  for (const list of startingAt) list.sort((one, other) => other.gain - one.gain);

  const taken = new Uint8Array(units);
  let best = 0;
  /** @param hope the most that units from `unit` on, which are not taken, can still gain */
  const search = (unit: number, gained: number, hope: number): void => {
    if (budget.left-- <= 0) return;
    best = Math.max(best, gained);
    if (unit === units || gained + hope <= best) return;
    if (taken[unit] === 1) {
      search(unit + 1, gained, hope);
      return;
    }
    for (const { members, gain } of startingAt[unit]!) {
      if (members.some((member) => taken[member] === 1)) continue;
      for (const member of members) taken[member] = 1;
      const rest = members.reduce((sum, member) => sum - share[member]!, hope);
      search(unit + 1, gained + gain, rest);
      for (const member of members) taken[member] = 0;
    }
    search(unit + 1, gained, hope - share[unit]!);
  };
  search(
    0,
    0,
    share.reduce((sum, one) => sum + one, 0),
  );
  return budget.left > 0 ? best : null;
}
