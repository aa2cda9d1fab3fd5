/**
 * Pseudo-random numbers that are the same on every machine: mulberry32 (Tommy Ettinger, public domain), a 32-bit state
 * and integer arithmetic only. Good enough to shuffle and to vary; not for secrets.
 *
 * @example new Random(1).whole(1, 6) // a die
 */
export class Random {
  #state: number;

  /** @param seed a whole number; equal seeds give equal sequences */
  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** Uniform, 0 <= x < 1, a multiple of 2^-32. */
  unit(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.unit() * (to - from + 1));
  }

  /** @param probability 0 to 1 */
  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** @param list not empty */
  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.unit() * list.length)]!;
  }

  /** The same members in another order (Fisher and Yates). */
  shuffled<T>(list: readonly T[]): T[] {
    const result = [...list];
    for (let last = result.length - 1; last > 0; last--) {
      const other = this.whole(0, last);
      [result[last], result[other]] = [result[other]!, result[last]!];
    }
    return result;
  }
}
