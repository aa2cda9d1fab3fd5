import type { ValuesRef } from './value-pool';

/** What a truth model makes of the annotations, one row per item row; items past the end have none. */
export interface ConsensusColumns {
  /** 0 for an item of which it says nothing. */
  readonly values: Uint32Array;
  /** Probability of the values, 0 to 1; NaN where the model gives none. */
  readonly confidence: Float32Array;
}

const NOTHING: ConsensusColumns = { values: new Uint32Array(0), confidence: new Float32Array(0) };

/**
 * The consensus as it was last computed. It is derived from all annotations at once, by whoever computes it, and so is neither
 * stored nor brought up to date here: an item whose annotations change has none until it is computed again.
 */
export class Consensus {
  #columns = NOTHING;
  /** Items whose annotations changed since the next columns were begun. */
  readonly #outdated = new Set<number>();

  /** 0 for none. */
  values(item: number): ValuesRef {
    return this.#columns.values[item] ?? 0;
  }

  /** Probability of the values, 0 to 1; NaN where there are none, or the model gives none. */
  confidence(item: number): number {
    return this.#columns.confidence[item] ?? NaN;
  }

  /** From now on annotations are read to compute it anew. */
  expect(): void {
    this.#outdated.clear();
  }

  /** Takes over columns, which are the caller's no more, but for items that were spoken of meanwhile; null: there is none. */
  replace(columns: ConsensusColumns | null): void {
    this.#columns = columns ?? NOTHING;
    for (const item of this.#outdated) this.#clear(item);
    this.#outdated.clear();
  }

  /** What is known of the item no longer holds. */
  forget(item: number): void {
    this.#outdated.add(item);
    this.#clear(item);
  }

  #clear(item: number): void {
    if (item >= this.#columns.values.length) return;
    this.#columns.values[item] = 0;
    this.#columns.confidence[item] = NaN;
  }
}
