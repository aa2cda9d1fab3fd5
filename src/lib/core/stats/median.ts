/**
 * The median: of an even number of values the upper one of the two in the middle, so that it is a value that occurs. O(n log n).
 *
 * @param numbers typed, since those sort by size; left as they are
 * @returns null of nothing
 */
export function median(numbers: Uint32Array | Float64Array): number | null {
  return numbers.slice().sort()[numbers.length >> 1] ?? null;
}
