/** Longer words are compared by their beginning: nobody mistypes so much. */
const LONGEST = 64;

/**
 * The known word that was most likely meant: the one of the fewest typing errors, as long as at least half of it is right.
 * Case, and which of `-`, `_` and space joins its parts, do not matter.
 *
 * @returns null where none is near; of several equally near ones the first
 */
export function nearest(word: string, known: readonly string[]): string | null {
  const typed = folded(word);
  let best: string | null = null;
  let least = Infinity;
  for (const candidate of known) {
    const meant = folded(candidate);
    const errors = typingErrors(typed, meant);
    if (errors < least && errors * 2 <= Math.max(typed.length, meant.length)) {
      best = candidate;
      least = errors;
    }
  }
  return best;
}

/**
 * How many letters have to be inserted, left out, replaced or swapped with their neighbour: the optimal string alignment
 * distance (Boytsov 2011, "Indexing methods for approximate dictionary searching", section 2.2). O(|a| |b|).
 */
export function typingErrors(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? beforeLast[j - 2]! + 1 : Infinity;
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, replaced, swapped));
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}

const folded = (word: string): string =>
  word
    .slice(0, LONGEST)
    .toLowerCase()
    .replace(/[\s_-]+/g, '-');
