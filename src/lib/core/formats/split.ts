import { strToU8 } from 'fflate';
import { sha256 } from '../model/hash';

export interface Stratified {
  readonly id: string;
  /** What the parts shall hold in equal shares, such as the item's classes. */
  readonly stratum: string;
}

/**
 * Splits items into a training and a validation part, stratum by stratum.
 *
 * Of a stratum's n items round(share n) go to train, chosen by the smallest SHA-256 of seed and id: the result depends
 * on neither the order of the items nor on other strata, and an item more moves at most one other. An item that is
 * alone in its stratum goes to train (there is nothing to validate about a class that was never trained), unless the
 * share is 0. O(n log n).
 *
 * @param trainShare 0 to 1
 * @returns the part of each item, in the order of `items`
 */
export function stratifiedSplit(
  items: readonly Stratified[],
  { trainShare, seed }: { readonly trainShare: number; readonly seed: number },
): ('train' | 'val')[] {
  const parts = new Array<'train' | 'val'>(items.length).fill('val');
  const strata = new Map<string, number[]>();
  for (const [index, { stratum }] of items.entries()) {
    const members = strata.get(stratum);
    if (members) members.push(index);
    else strata.set(stratum, [index]);
  }
  for (const members of strata.values()) {
    const ranked = members
      .map((index) => ({ index, id: items[index]!.id, rank: rankOf(items[index]!.id, seed) }))
      .sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
    const train = ranked.length === 1 && trainShare > 0 ? 1 : Math.round(trainShare * ranked.length);
    for (const { index } of ranked.slice(0, train)) parts[index] = 'train';
  }
  return parts;
}

/** The first 48 bits of SHA-256 over seed and id. */
function rankOf(id: string, seed: number): number {
  const hash = sha256(strToU8(`${seed} ${id}`));
  return hash.subarray(0, 6).reduce((rank, byte) => rank * 256 + byte, 0);
}
