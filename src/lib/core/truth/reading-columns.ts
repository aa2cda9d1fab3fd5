import type { Ratings } from '../agreement/ratings';

/**
 * The distinct pairs of an annotator and what they said, numbered: those of annotator `j` are from `start[j]` to before
 * `start[j + 1]`. There are not more of them than readings.
 */
export interface Columns {
  readonly start: Uint32Array;
  /** Column -> annotator. */
  readonly annotator: Uint32Array;
  /** Column -> category that they said. */
  readonly category: Uint32Array;
  /** Reading -> column. */
  readonly of: Uint32Array;
}

/** Pairs up to which a table of all of them is made, 64 MB, instead of a map of those that occur. */
const MOST_IN_TABLE = 2 ** 24;

/** Columns rise by annotator, then by category. O(readings + columns log columns), or O(readings + annotators x categories) where that is small. */
export function columnsOf({ annotators, categories, annotator, category }: Ratings): Columns {
  const pairs = annotators * categories;
  const known = pairs <= MOST_IN_TABLE ? new PairTable(pairs) : new PairMap();
  const pairOf = (reading: number) => annotator[reading]! * categories + category[reading]!;
  for (let reading = 0; reading < annotator.length; reading++) known.add(pairOf(reading));
  const columns = known.numbered();
  const start = new Uint32Array(annotators + 1);
  const of = annotator.map((_, reading) => known.column(pairOf(reading)));
  for (const pair of columns) start[Math.floor(pair / categories) + 1]!++;
  for (let who = 0; who < annotators; who++) start[who + 1]! += start[who]!;
  return {
    ...{ start, of },
    annotator: Uint32Array.from(columns, (pair) => Math.floor(pair / categories)),
    category: Uint32Array.from(columns, (pair) => pair % categories),
  };
}

/** Which pairs occur, and their numbers. */
interface Pairs {
  add(pair: number): void;
  /** Numbers the pairs that were added, in rising order, and gives them. */
  numbered(): number[];
  column(pair: number): number;
}

class PairTable implements Pairs {
  readonly #columns: Uint32Array;

  constructor(pairs: number) {
    this.#columns = new Uint32Array(pairs);
  }

  add(pair: number): void {
    this.#columns[pair] = 1;
  }

  numbered(): number[] {
    const pairs: number[] = [];
    for (const [pair, occurs] of this.#columns.entries()) {
      if (occurs === 0) continue;
      this.#columns[pair] = pairs.length;
      pairs.push(pair);
    }
    return pairs;
  }

  column(pair: number): number {
    return this.#columns[pair]!;
  }
}

class PairMap implements Pairs {
  readonly #columns = new Map<number, number>();

  add(pair: number): void {
    this.#columns.set(pair, 0);
  }

  numbered(): number[] {
    const pairs = [...this.#columns.keys()].sort((a, b) => a - b);
    for (const [column, pair] of pairs.entries()) this.#columns.set(pair, column);
    return pairs;
  }

  column(pair: number): number {
    return this.#columns.get(pair)!;
  }
}
