/** A span as gamma sees it. */
export interface Unit {
  readonly start: number;
  /** Above `start`. */
  readonly end: number;
  readonly class: number;
}

/** How much position counts against class, as in the authors' own software. */
const [POSITION, CATEGORY] = [3, 1];

/** What a unit differs from no unit at all. */
export const EMPTY = 1;

/**
 * How much two units differ (Mathet, Widlöcher and Métivier 2015, 4.3): 3 d_pos + d_cat, with
 *
 *   d_pos = ((|start_u - start_v| + |end_u - end_v|) / (length_u + length_v))^2
 *
 * and d_cat 0 for equal classes, else 1. A unit differs by 1 from none.
 *
 * Example: [4, 14) and [20, 25) of one class: 3 * ((16 + 11) / 15)^2 = 9.72.
 */
export function unitDissimilarity(u: Unit, v: Unit): number {
  const apart = (Math.abs(u.start - v.start) + Math.abs(u.end - v.end)) / (u.end - u.start + v.end - v.start);
  return POSITION * apart ** 2 + (u.class === v.class ? 0 : CATEGORY);
}
