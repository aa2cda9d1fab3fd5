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
  /** Which of the pair's cells the item is in. */
  readonly cell: Uint32Array;
  /**
   * The cells of pair `p`, of which it has items, are those from `cellStart[p]` to before `cellStart[p + 1]`: what `a` chose and what
   * `b` chose, as places among the pair's categories.
   */
  readonly cellStart: Uint32Array;
  readonly cellFirst: Uint32Array;
  readonly cellSecond: Uint32Array;
  /** The categories that pair `p` chose are those from `categoryStart[p]` to before `categoryStart[p + 1]`, the lowest first. */
  readonly categoryStart: Uint32Array;
  readonly category: Uint32Array;
}

/**
 * O(n) and the sorting of categories, for n pairs of readings of one item.
 *
 * @param ratings one reading by each annotator of an item
 * @param places category -> place, by which they are lower or higher; null: by their numbers
 */
export function annotatorPairs(ratings: Ratings, places: Float64Array | null): AnnotatorPairs {
  const { annotators, annotator, category } = ratings;
  const sizes = new PairCounts(annotators);
  eachPair(ratings, (one, other) => sizes.add(annotator[one]!, annotator[other]!));
  const keys = sizes.keys();
  const start = new Uint32Array(keys.length + 1);
  const next = new PairCounts(annotators);
  for (const [pair, key] of keys.entries()) {
    const [a, b] = [Math.floor(key / annotators), key % annotators];
    next.set(a, b, start[pair]!);
    start[pair + 1] = start[pair]! + sizes.get(a, b);
  }
  const total = start[keys.length]!;
  const item = new Uint32Array(total);
  const first = new Uint32Array(total);
  const second = new Uint32Array(total);
  eachPair(ratings, (one, other, of) => {
    const at = next.add(annotator[one]!, annotator[other]!);
    item[at] = of;
    first[at] = category[one]!;
    second[at] = category[other]!;
  });
  return {
    count: keys.length,
    a: Uint32Array.from(keys, (key) => Math.floor(key / annotators)),
    b: Uint32Array.from(keys, (key) => key % annotators),
    ...{ start, item },
    ...numberedByPair(ratings.categories, places, start, first, second),
    ...cellsOf(start, first, second),
  };
}

/** Visits the pairs of readings of each item, the one by the annotator of the lower number first. */
function eachPair(
  { items, start, annotator }: Ratings,
  visit: (one: number, other: number, item: number) => void,
): void {
  for (let item = 0; item < items; item++) {
    const end = start[item + 1]!;
    for (let one = start[item]!; one < end; one++) {
      for (let other = one + 1; other < end; other++) {
        if (annotator[one]! < annotator[other]!) visit(one, other, item);
        else visit(other, one, item);
      }
    }
  }
}

/** Among so many annotators a table of all pairs takes 4 MiB; among more, few of all pairs have met. */
const MOST_TABLED = 1024;

/** A count for each pair of annotators. */
class PairCounts {
  readonly #annotators: number;
  readonly #table: Uint32Array | null;
  readonly #sparse = new Map<number, number>();

  constructor(annotators: number) {
    this.#annotators = annotators;
    this.#table = annotators <= MOST_TABLED ? new Uint32Array(annotators ** 2) : null;
  }

  get(a: number, b: number): number {
    const key = a * this.#annotators + b;
    return this.#table ? this.#table[key]! : (this.#sparse.get(key) ?? 0);
  }

  set(a: number, b: number, count: number): void {
    const key = a * this.#annotators + b;
    if (this.#table) this.#table[key] = count;
    else this.#sparse.set(key, count);
  }

  /** Counts one more; what it was before. */
  add(a: number, b: number): number {
    const count = this.get(a, b);
    this.set(a, b, count + 1);
    return count;
  }

  /** `a * annotators + b` of the pairs that were counted, in order. */
  keys(): Float64Array {
    if (!this.#table) return Float64Array.from(this.#sparse.keys()).sort();
    const keys: number[] = [];
    for (const [key, count] of this.#table.entries()) if (count > 0) keys.push(key);
    return Float64Array.from(keys);
  }
}

/** Writes the places among each pair's own categories over the categories, and lists these. */
function numberedByPair(
  categories: number,
  places: Float64Array | null,
  start: Uint32Array,
  first: Uint32Array,
  second: Uint32Array,
) {
  const categoryStart = new Uint32Array(start.length);
  const category: number[] = [];
  /** Category -> its place among those of the pair at hand, and the pair for which it was found. */
  const placeOf = new Uint32Array(categories);
  const foundFor = new Int32Array(categories).fill(-1);
  for (let pair = 0; pair + 1 < start.length; pair++) {
    const own: number[] = [];
    for (const chosen of [first, second]) {
      for (let at = start[pair]!; at < start[pair + 1]!; at++) {
        if (foundFor[chosen[at]!] === pair) continue;
        foundFor[chosen[at]!] = pair;
        own.push(chosen[at]!);
      }
    }
    own.sort((a, b) => (places === null ? a - b : places[a]! - places[b]! || a - b));
    for (const [place, one] of own.entries()) {
      placeOf[one] = place;
      category.push(one);
    }
    for (const chosen of [first, second]) {
      for (let at = start[pair]!; at < start[pair + 1]!; at++) chosen[at] = placeOf[chosen[at]!]!;
    }
    categoryStart[pair + 1] = category.length;
  }
  return { categoryStart, category: Uint32Array.from(category) };
}

/** The cells that occur, numbered within each pair as they come. */
function cellsOf(start: Uint32Array, first: Uint32Array, second: Uint32Array) {
  const cell = new Uint32Array(first.length);
  const cellStart = new Uint32Array(start.length);
  const cellFirst: number[] = [];
  const cellSecond: number[] = [];
  const known = new Map<number, number>();
  for (let pair = 0; pair + 1 < start.length; pair++) {
    known.clear();
    for (let at = start[pair]!; at < start[pair + 1]!; at++) {
      const key = first[at]! * 2 ** 26 + second[at]!;
      let number = known.get(key);
      if (number === undefined) {
        number = known.size;
        known.set(key, number);
        cellFirst.push(first[at]!);
        cellSecond.push(second[at]!);
      }
      cell[at] = number;
    }
    cellStart[pair + 1] = cellFirst.length;
  }
  return { cell, cellStart, cellFirst: Uint32Array.from(cellFirst), cellSecond: Uint32Array.from(cellSecond) };
}
