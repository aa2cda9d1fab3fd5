import type { Point } from './plane';

/**
 * Corners in order, in either direction; the last is joined to the first. At least three, and no side crosses
 * another.
 */
export type Polygon = readonly Point[];

/** By the shoelace formula. */
export function polygonArea(polygon: Polygon): number {
  let twice = 0;
  for (const [index, { x, y }] of polygon.entries()) {
    const before = polygon.at(index - 1)!;
    twice += before.x * y - x * before.y;
  }
  return Math.abs(twice) / 2;
}

/**
 * A side of a polygon from its left end to its right one; `sign`: whether it bounds the area from above or from
 * below.
 */
interface Side {
  readonly left: number;
  readonly right: number;
  readonly leftY: number;
  readonly rightY: number;
  readonly sign: 1 | -1;
}

/**
 * Area that both polygons cover, concave ones too.
 *
 * A polygon is the signed sum of the trapezoids between its sides and a line that lies on no side of any other: a
 * point is in it as often as a ray from the point leaves it, less as often as it enters. What two polygons share is
 * therefore the signed sum over pairs of sides e and f of what their trapezoids share,
 *
 *   area = | sum of s_e s_f integral of min(e(x), f(x)) dx over the x that both span |
 *
 * with y measured from the line. Nothing is cut, so that shared corners and sides are no special cases. Upright sides
 * have no trapezoid. O(n m) at worst; sides that do not lie above or below one another are passed over.
 *
 * Example: the triangle (0, 0), (2, 0), (0, 2) and the square from (0, 0) to (1, 1) share 1.
 */
export function polygonIntersectionArea(a: Polygon, b: Polygon): number {
  let base = Infinity;
  for (const { y } of a) base = Math.min(base, y);
  for (const { y } of b) base = Math.min(base, y);
  const others = sidesOf(b, base);
  let area = 0;
  for (const side of sidesOf(a, base)) {
    for (const other of others) {
      if (other.left >= side.right) break;
      if (other.right > side.left) area += side.sign * other.sign * sharedBelow(side, other);
    }
  }
  return Math.abs(area);
}

/** Intersection over union, 0 to 1; 0 where neither has an area. */
export function polygonIntersectionOverUnion(a: Polygon, b: Polygon): number {
  const shared = polygonIntersectionArea(a, b);
  const union = polygonArea(a) + polygonArea(b) - shared;
  return union > 0 ? Math.min(1, shared / union) : 0;
}

/** Sides that are not upright, by their left ends. */
function sidesOf(polygon: Polygon, base: number): Side[] {
  const sides: Side[] = [];
  for (const [index, to] of polygon.entries()) {
    const from = polygon.at(index - 1)!;
    if (from.x < to.x) sides.push({ left: from.x, right: to.x, leftY: from.y - base, rightY: to.y - base, sign: 1 });
    if (from.x > to.x) sides.push({ left: to.x, right: from.x, leftY: to.y - base, rightY: from.y - base, sign: -1 });
  }
  return sides.sort((one, other) => one.left - other.left);
}

/** Area below both sides. */
function sharedBelow(one: Side, other: Side): number {
  const [left, right] = [Math.max(one.left, other.left), Math.min(one.right, other.right)];
  const [oneLeft, oneRight] = [heightAt(one, left), heightAt(one, right)];
  const [otherLeft, otherRight] = [heightAt(other, left), heightAt(other, right)];
  const [before, after] = [oneLeft - otherLeft, oneRight - otherRight];
  const [lowLeft, lowRight] = [Math.min(oneLeft, otherLeft), Math.min(oneRight, otherRight)];
  const width = right - left;
  if (before * after >= 0) return (width * (lowLeft + lowRight)) / 2;
  const share = before / (before - after);
  const crossing = oneLeft + (oneRight - oneLeft) * share;
  return (width * (share * (lowLeft + crossing) + (1 - share) * (crossing + lowRight))) / 2;
}

/** Exactly the end's own height at an end. */
function heightAt({ left, right, leftY, rightY }: Side, x: number): number {
  if (x === left) return leftY;
  if (x === right) return rightY;
  return leftY + ((rightY - leftY) * (x - left)) / (right - left);
}
