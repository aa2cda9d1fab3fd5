import type { Ratings } from './ratings';

/**
 * How many annotators put each item into which category: what every coefficient needs that does not ask who they were. The counts
 * of item `i` are those from `start[i]` to before `start[i + 1]`, one for each category that anybody chose for it.
 */
export interface ItemCounts {
  readonly items: number;
  readonly categories: number;
  /** Of `items + 1`. */
  readonly start: Uint32Array;
  readonly category: Uint32Array;
  /** Above 0. */
  readonly count: Uint32Array;
  /** Item -> its readings. */
  readonly total: Uint32Array;
  /** Items with a reading. */
  readonly rated: number;
  /** Items with two readings or more. */
  readonly pairable: number;
  /** Categories that were chosen, and those that were chosen for items with two readings or more. */
  readonly used: number;
  readonly usedTogether: number;
}

/** @param ratings one reading by each annotator of an item. O(readings + categories) */
export function itemCounts({ items, categories, start, category }: Ratings): ItemCounts {
  const counts = {
    start: new Uint32Array(items + 1),
    category: new Uint32Array(category.length),
    count: new Uint32Array(category.length),
    total: new Uint32Array(items),
  };
  /** Category -> where the item at hand has its count; older places are those of former items. */
  const place = new Int32Array(categories).fill(-1);
  const isUsed = new Uint8Array(categories);
  let end = 0;
  let rated = 0;
  let pairable = 0;
  for (let item = 0; item < items; item++) {
    const begin = end;
    const total = start[item + 1]! - start[item]!;
    counts.total[item] = total;
    if (total > 0) rated++;
    if (total > 1) pairable++;
    for (let reading = start[item]!; reading < start[item + 1]!; reading++) {
      const chosen = category[reading]!;
      if (place[chosen]! < begin) {
        place[chosen] = end;
        counts.category[end] = chosen;
        end++;
        isUsed[chosen]! |= total > 1 ? 3 : 1;
      }
      counts.count[place[chosen]!]!++;
    }
    counts.start[item + 1] = end;
  }
  let used = 0;
  let usedTogether = 0;
  for (const mark of isUsed) {
    if (mark > 0) used++;
    if (mark > 1) usedTogether++;
  }
  return {
    ...{ items, categories, start: counts.start, total: counts.total, rated, pairable, used, usedTogether },
    ...{ category: counts.category.subarray(0, end), count: counts.count.subarray(0, end) },
  };
}
