const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * The number that a category's name is: decimal, with a sign, a fraction and an exponent where it has them. `NaN`, `Infinity`,
 * `0x10` and what is beyond the largest number are none.
 *
 * @returns null for a name that is no number
 */
export function numberIn(name: string): number | null {
  const value = DECIMAL.test(name) ? Number(name) : NaN;
  return Number.isFinite(value) ? value : null;
}

/** The first name that is no number; null where all are. */
export const firstWord = (names: readonly string[]): string | null =>
  names.find((name) => numberIn(name) === null) ?? null;

/** Names in the order that they have by themselves: by number where all are numbers, else by code point. */
export function inOwnOrder(names: Iterable<string>): string[] {
  const list = [...names];
  return firstWord(list) === null
    ? list.sort((a, b) => numberIn(a)! - numberIn(b)! || byCodePoint(a, b))
    : list.sort(byCodePoint);
}

/** JavaScript's own order is by code unit, which puts an emoji before `豈`. */
function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    if (a.charCodeAt(at) === b.charCodeAt(at)) continue;
    return a.codePointAt(at)! - b.codePointAt(at)!;
  }
  return a.length - b.length;
}
