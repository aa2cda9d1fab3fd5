import type { Ratings } from '../agreement/ratings';

/**
 * The categories that anybody put each item into: those of item `i` are from `start[i]` to before `start[i + 1]`, rising. There are not
 * more of them than readings, however many categories there are.
 */
export interface Candidates {
  readonly start: Uint32Array;
  /** Candidate -> category. */
  readonly category: Uint32Array;
  /** Reading -> candidate. */
  readonly of: Uint32Array;
}

/** O(r c) within each item of r readings and c categories among them. */
export function candidatesOf({ items, start, category }: Ratings): Candidates {
  const starts = new Uint32Array(items + 1);
  const categories = new Uint32Array(category.length);
  const of = new Uint32Array(category.length);
  let end = 0;
  for (let item = 0; item < items; item++) {
    const [from, to] = [start[item]!, start[item + 1]!];
    const first = end;
    for (let reading = from; reading < to; reading++) {
      const one = category[reading]!;
      let place = first;
      while (place < end && categories[place]! < one) place++;
      if (place < end && categories[place] === one) continue;
      for (let later = end++; later > place; later--) categories[later] = categories[later - 1]!;
      categories[place] = one;
    }
    for (let reading = from; reading < to; reading++) {
      let at = first;
      while (categories[at] !== category[reading]) at++;
      of[reading] = at;
    }
    starts[item + 1] = end;
  }
  return { start: starts, category: categories.slice(0, end), of };
}
