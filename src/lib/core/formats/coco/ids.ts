/**
 * Records by id, each with a place: files name what belongs together by ids, and annotations may stand before the images
 * and categories that they belong to.
 */
export class Ids<T> {
  readonly #places = new Map<number | string, number>();
  readonly #records: (T | null)[] = [];
  readonly #defined: number[] = [];

  /** How many ids there are, defined or only named. */
  get size(): number {
    return this.#records.length;
  }

  /** The place of an id, a new one where it is met for the first time. */
  placeOf(id: number | string): number {
    const known = this.#places.get(id);
    if (known !== undefined) return known;
    this.#places.set(id, this.#records.length);
    return this.#records.push(null) - 1;
  }

  /** Gives an id its record; the first record stays, and is returned where there is one. */
  define(id: number | string, record: T): T | null {
    const place = this.placeOf(id);
    const first = this.#records[place] ?? null;
    if (first === null) {
      this.#records[place] = record;
      this.#defined.push(place);
    }
    return first;
  }

  /** The record at a place; null where the id was only named. */
  at(place: number): T | null {
    return this.#records[place] ?? null;
  }

  /** The place of an id that was met; undefined for any other. */
  find(id: number | string): number | undefined {
    return this.#places.get(id);
  }

  /** The records with their places, in the order in which they were defined. */
  *entries(): Generator<readonly [place: number, record: T]> {
    for (const place of this.#defined) yield [place, this.#records[place]!];
  }

  /** The ids by their places. */
  keys(): readonly (number | string)[] {
    return [...this.#places.keys()];
  }
}
