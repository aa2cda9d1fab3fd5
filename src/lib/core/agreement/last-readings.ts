import type { Ratings } from './ratings';

/** Ratings in which nobody has read an item twice. */
interface LastReadings {
  readonly ratings: Ratings;
  /** Readings that gave way to a later one. */
  readonly setAside: number;
  /** Annotators with a reading. */
  readonly annotators: number;
}

/**
 * Of several readings of one item by one annotator the last one, which is what they think now: agreement is between people. The
 * same ratings where there are no such. O(readings).
 */
export function lastReadings(ratings: Ratings): LastReadings {
  const { items, start, annotator, category } = ratings;
  /** Annotator -> the item, counted from 1, that they were seen at last. */
  const seenAt = new Uint32Array(ratings.annotators);
  const isLast = new Uint8Array(annotator.length);
  let kept = 0;
  for (let item = 0; item < items; item++) {
    for (let reading = start[item + 1]! - 1; reading >= start[item]!; reading--) {
      const who = annotator[reading]!;
      if (seenAt[who] === item + 1) continue;
      seenAt[who] = item + 1;
      isLast[reading] = 1;
      kept++;
    }
  }
  let active = 0;
  for (const item of seenAt) if (item > 0) active++;
  if (kept === annotator.length) return { ratings, setAside: 0, annotators: active };

  const last = { start: new Uint32Array(items + 1), annotator: new Uint32Array(kept), category: new Uint32Array(kept) };
  let to = 0;
  for (let item = 0; item < items; item++) {
    for (let reading = start[item]!; reading < start[item + 1]!; reading++) {
      if (isLast[reading] === 0) continue;
      last.annotator[to] = annotator[reading]!;
      last.category[to] = category[reading]!;
      to++;
    }
    last.start[item + 1] = to;
  }
  const { annotators, categories } = ratings;
  return { ratings: { items, annotators, categories, ...last }, setAside: annotator.length - kept, annotators: active };
}
