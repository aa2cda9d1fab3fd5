/**
 * Who put which items into which categories, by numbers: the readings of item `i` are those from `start[i]` to before
 * `start[i + 1]`. An item may have none; an annotator may have read an item several times, in the order of the readings.
 */
export interface Ratings {
  readonly items: number;
  readonly annotators: number;
  readonly categories: number;
  /** Of `items + 1`; the last is the number of readings. */
  readonly start: Uint32Array;
  /** Reading -> annotator. */
  readonly annotator: Uint32Array;
  /** Reading -> category. */
  readonly category: Uint32Array;
}

/** Ratings with what their numbers stand for. */
export interface NamedRatings extends Ratings {
  readonly itemNames: readonly string[];
  readonly annotatorNames: readonly string[];
  readonly categoryNames: readonly string[];
}
