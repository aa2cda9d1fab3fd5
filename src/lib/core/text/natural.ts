const collator = new Intl.Collator('en', { numeric: true });

/**
 * Compares paths as people count: `page 9.jpg` before `page 10.jpg`. The code units decide where that finds no
 * difference.
 */
export function compareNaturally(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
