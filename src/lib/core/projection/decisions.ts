import type { HistoryRecord } from './history';
import type { ValuesRef } from './value-pool';

/** What people decided about items instead of their annotators: of several decisions the last in canonical order holds. */
export class Decisions {
  readonly #resolutions = new Map<number, ValuesRef>();
  readonly #accepted = new Set<number>();

  /** Reads an item's history again after a decision was added to it. */
  read(item: number, records: readonly HistoryRecord[]): void {
    this.#resolutions.delete(item);
    this.#accepted.delete(item);
    const resolution = records.findLast((record) => record.type === 'resolved');
    if (resolution && resolution.values !== 0) this.#resolutions.set(item, resolution.values);
    if (records.findLast((record) => record.type === 'reviewed')?.text === 'accepted') this.#accepted.add(item);
  }

  /** The values that a person decided on; 0 for none. */
  resolution(item: number): ValuesRef {
    return this.#resolutions.get(item) ?? 0;
  }

  isAccepted(item: number): boolean {
    return this.#accepted.has(item);
  }
}
