import type { Ratings } from './ratings';

/**
 * Who labelled the same items as whom, and as what: the items of pair `p` are those from `start[p]` to before `start[p + 1]`, in
 * order. Only pairs with an item in common, by the first annotator and then the second.
 */
export interface AnnotatorPairs {
  readonly count: number;
  /** Pair -> annotator; `a` below `b`. */
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  /** Of `count + 1`. */
  readonly start: Uint32Array;
  readonly item: Uint32Array;
  /** The categories that `a` and `b` chose. */
  readonly first: Uint32Array;
  readonly second: Uint32Array;
}

/** @param ratings one reading by each annotator of an item. O(pairs of readings of one item) */
export function annotatorPairs({ items, annotators, start, annotator, category }: Ratings): AnnotatorPairs {
  const sizes = new Map<number, number>();
  eachPair((a, b) => {
    const key = a * annotators + b;
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  });
  const keys = Float64Array.from(sizes.keys()).sort();
  const pairStart = new Uint32Array(keys.length + 1);
  const next = new Map<number, number>();
  for (const [pair, key] of keys.entries()) {
    next.set(key, pairStart[pair]!);
    pairStart[pair + 1] = pairStart[pair]! + sizes.get(key)!;
  }
  const total = pairStart[keys.length]!;
  const together = { item: new Uint32Array(total), first: new Uint32Array(total), second: new Uint32Array(total) };
  eachPair((a, b, item, first, second) => {
    const key = a * annotators + b;
    const at = next.get(key)!;
    next.set(key, at + 1);
    together.item[at] = item;
    together.first[at] = first;
    together.second[at] = second;
  });
  return {
    count: keys.length,
    a: Uint32Array.from(keys, (key) => Math.floor(key / annotators)),
    b: Uint32Array.from(keys, (key) => key % annotators),
    start: pairStart,
    ...together,
  };

  function eachPair(visit: (a: number, b: number, item: number, first: number, second: number) => void): void {
    for (let item = 0; item < items; item++) {
      for (let one = start[item]!; one < start[item + 1]!; one++) {
        for (let other = one + 1; other < start[item + 1]!; other++) {
          const [x, y] = annotator[one]! < annotator[other]! ? [one, other] : [other, one];
          visit(annotator[x]!, annotator[y]!, item, category[x]!, category[y]!);
        }
      }
    }
  }
}
