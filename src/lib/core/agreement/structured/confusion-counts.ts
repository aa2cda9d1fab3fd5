import type { Confusion } from './agreement';
import type { ClassNumbers } from './class-numbers';

/** More classes than any field has: two of them fit into one number. */
const MOST = 2 ** 20;

/** How often two people gave these classes to the same thing, whoever gave which. */
export class ConfusionCounts {
  readonly #counts = new Map<number, number>();

  add(one: number, other: number): void {
    const key = Math.min(one, other) * MOST + Math.max(one, other);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** In the order of the classes. */
  list({ ids }: ClassNumbers): Confusion[] {
    return [...this.#counts]
      .sort(([one], [other]) => one - other)
      .map(([key, pairs]) => ({ a: ids[Math.floor(key / MOST)]!, b: ids[key % MOST]!, pairs }));
  }
}
