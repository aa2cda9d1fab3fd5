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

/** What has the most weight; of what has as much, what comes first by `compare`. */
export function heaviest<T>(votes: ReadonlyMap<T, number>, compare: (a: T, b: T) => number): T {
  let [best, most] = [...votes][0]!;
  for (const [choice, weight] of votes) {
    if (isHeavier(most, weight)) continue;
    if (!isHeavier(weight, most) && compare(choice, best) >= 0) continue;
    [best, most] = [choice, weight];
  }
  return best;
}

/** The order of classes in the schema: live ones, then retired ones, then those that it does not have, by their ids. */
export function byClass(field: Field): (a: ClassId, b: ClassId) => number {
  const ranks = new Map([...field.classes, ...field.retired].map(({ id }, rank) => [id, rank]));
  const rankOf = (id: ClassId) => ranks.get(id) ?? ranks.size;
  return (a, b) => rankOf(a) - rankOf(b) || compareText(a, b);
}

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
