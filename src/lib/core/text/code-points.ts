/**
 * Places in a text by code points, as Python counts them, and by UTF-16 code units, as JavaScript does. Half of a
 * surrogate pair is a code point of its own. O(n) once, then O(log k) with k characters beyond U+FFFF.
 */
export class CodePoints {
  /** Code points of the text. */
  readonly length: number;
  /** Code points before each character that takes two code units, ascending. */
  readonly #pairs: number[] = [];

  constructor(text: string) {
    for (let unit = 0; unit < text.length; unit++) {
      if (text.codePointAt(unit)! <= 0xffff) continue;
      this.#pairs.push(unit - this.#pairs.length);
      unit++;
    }
    this.length = text.length - this.#pairs.length;
  }

  /** The place in code units of a place in code points, 0 to `length`. */
  toUnits(point: number): number {
    return point + this.#countBefore((index) => this.#pairs[index]! < point);
  }

  /** The place in code points of a place in code units; within a pair, that after it. */
  fromUnits(unit: number): number {
    const before = this.#countBefore((index) => this.#pairs[index]! + index < unit);
    const isWithin = before > 0 && this.#pairs[before - 1]! + before === unit;
    return unit - before + (isWithin ? 1 : 0);
  }

  /** How many pairs, of which the first ones do and the others do not, are before a place; by bisection. */
  #countBefore(isBefore: (index: number) => boolean): number {
    let low = 0;
    let high = this.#pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
