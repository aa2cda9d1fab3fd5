import { EQUALITY } from './agreement-weights';
import type { ItemCounts } from './item-counts';
import { agreementByItem } from './observed-agreement';

/** An item on which annotators disagree. */
export interface Disagreement {
  readonly item: number;
  /** The share of the pairs of its readings that are the same, 0 to below 1. */
  readonly agreement: number;
  readonly readings: number;
}

/** The items on which annotators disagree, the worst first, then those of more readings, then in their order. O(n log n). */
export function disagreements(counts: ItemCounts): Disagreement[] {
  const found: Disagreement[] = [];
  for (const [item, agreement] of agreementByItem(counts, EQUALITY).entries()) {
    const readings = counts.total[item]!;
    if (readings > 1 && agreement < 1) found.push({ item, agreement, readings });
  }
  return found.sort((a, b) => a.agreement - b.agreement || b.readings - a.readings || a.item - b.item);
}
