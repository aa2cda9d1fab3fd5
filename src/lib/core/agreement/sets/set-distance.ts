/**
 * How much two sets differ, 0 to 1, by their sizes and how many members they share. Sets that share nothing must be 1
 * apart unless both are empty.
 */
export interface SetDistance {
  readonly id: string;
  readonly name: string;
  readonly of: (shared: number, sizeOfA: number, sizeOfB: number) => number;
}

/**
 * Jaccard distance (Jaccard 1901): 1 - |A n B| / |A u B|; 0 for two empty sets.
 *
 * Example: {a, b} and {b, c} share one of three, so 2/3.
 */
export const jaccard: SetDistance = {
  id: 'jaccardAlpha',
  name: 'Krippendorff’s alpha, Jaccard distance',
  of: (shared, sizeOfA, sizeOfB) => (sizeOfA + sizeOfB === 0 ? 0 : 1 - shared / (sizeOfA + sizeOfB - shared)),
};

/**
 * MASI distance, "measuring agreement on set-valued items" (Passonneau 2006): 1 - J M with the Jaccard index J and
 * the monotonicity M: 1 for equal sets, 2/3 where one contains the other, 1/3 where they only share members, 0 where
 * they share none. Two empty sets are equal.
 *
 * Example: {a} and {a, b} have J = 1/2 and M = 2/3, so 2/3; {a, b} and {b, c} have J = 1/3 and M = 1/3, so 8/9.
 */
export const masi: SetDistance = {
  id: 'masiAlpha',
  name: 'Krippendorff’s alpha, MASI distance',
  of: (shared, sizeOfA, sizeOfB) => {
    if (shared === sizeOfA && shared === sizeOfB) return 0;
    if (shared === 0) return 1;
    const monotonicity = shared === sizeOfA || shared === sizeOfB ? 2 / 3 : 1 / 3;
    return 1 - (monotonicity * shared) / (sizeOfA + sizeOfB - shared);
  },
};
