/** A half-open run of row positions. */
export type Range = readonly [from: number, to: number];

/**
 * A set of row positions as ascending, disjoint, never adjacent ranges: a selection of a million rows is one range.
 * Values are immutable; every change costs O(ranges).
 */
export type Ranges = readonly Range[];

export const NO_ROWS: Ranges = [];

export function countRows(ranges: Ranges): number {
  let count = 0;
  for (const [from, to] of ranges) count += to - from;
  return count;
}

export function hasRow(ranges: Ranges, row: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ranges[middle]![1] <= row) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low];
  return range !== undefined && range[0] <= row;
}

/** The union with one range. */
export function addRows(ranges: Ranges, [from, to]: Range): Ranges {
  if (from >= to) return ranges;
  const result: Range[] = [];
  let placed = false;
  for (const range of ranges) {
    if (range[1] < from) result.push(range);
    else if (range[0] > to) {
      if (!placed) result.push([from, to]);
      placed = true;
      result.push(range);
    } else {
      from = Math.min(from, range[0]);
      to = Math.max(to, range[1]);
    }
  }
  if (!placed) result.push([from, to]);
  return result;
}

/** What is left without one range. */
export function removeRows(ranges: Ranges, [from, to]: Range): Ranges {
  return ranges.flatMap((range): Range[] => {
    const before: Range = [range[0], Math.min(range[1], from)];
    const after: Range = [Math.max(range[0], to), range[1]];
    return to <= from ? [range] : [before, after].filter(([start, end]) => start < end);
  });
}

export function toggleRow(ranges: Ranges, row: number): Ranges {
  const one: Range = [row, row + 1];
  return hasRow(ranges, row) ? removeRows(ranges, one) : addRows(ranges, one);
}
