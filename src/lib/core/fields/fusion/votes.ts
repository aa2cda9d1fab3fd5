import type { ClassId } from '../../model/ids';
import type { Field } from '../../model/schema';

/** Sums of the same weights in another order differ by less. */
const EQUAL = 1e-9;

export const weightOf = (weights: readonly number[] | null, at: number): number =>
  weights === null ? 1 : weights[at]!;

export const totalWeight = (values: readonly unknown[], weights: readonly number[] | null): number =>
  weights === null ? values.length : weights.reduce((sum, weight) => sum + weight, 0);

export const isMoreThanHalf = (weight: number, total: number): boolean => 2 * weight > total * (1 + EQUAL);

export const isAtLeastHalf = (weight: number, total: number): boolean => 2 * weight >= total * (1 - EQUAL);

export const isHeavier = (weight: number, other: number): boolean => weight > other * (1 + EQUAL);

/** Adds to the votes for something. */
export function vote<T>(votes: Map<T, number>, choice: T, weight: number): void {
  votes.set(choice, (votes.get(choice) ?? 0) + weight);
}

/** What has the most weight, of at least one; of what has as much, what comes first by `compare`. */
export function heaviest<T>(votes: ReadonlyMap<T, number>, compare: (a: T, b: T) => number): T {
  let best: { readonly choice: T; readonly weight: number } | null = null;
  for (const [choice, weight] of votes) {
    const isBetter =
      best === null ||
      isHeavier(weight, best.weight) ||
      (!isHeavier(best.weight, weight) && compare(choice, best.choice) < 0);
    if (isBetter) best = { choice, weight };
  }
  return best!.choice;
}

/**
 * The order of classes in the schema: live ones, then retired ones, then those that it does not have, by their ids. Their places are
 * looked up only once two are compared, which a vote without a tie never does.
 */
export function byClass(field: Field): (a: ClassId, b: ClassId) => number {
  let ranks: ReadonlyMap<ClassId, number> | null = null;
  return (a, b) => {
    ranks ??= new Map([...field.classes, ...field.retired].map(({ id }, rank) => [id, rank]));
    return (ranks.get(a) ?? ranks.size) - (ranks.get(b) ?? ranks.size) || compareText(a, b);
  };
}

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
