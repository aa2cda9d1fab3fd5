import type { Point, Rect, Size } from './plane';
import { polygonArea } from './polygon';

/** A rectangle turned about its centre by `rotation` degrees clockwise; `x` and `y` as before turning. */
export interface RotatedRect extends Rect {
  readonly rotation: number;
}

export const centreOf = ({ x, y, width, height }: Rect): Point => ({ x: x + width / 2, y: y + height / 2 });

/** Degrees as 0 <= d < 360, without a negative zero. */
export function normalDegrees(degrees: number): number {
  const turned = degrees % 360;
  const positive = turned < 0 ? turned + 360 : turned;
  // Adding 360 to a tiny negative number rounds to 360 itself.
  return positive >= 360 ? 0 : positive + 0;
}

/** Turns a point about a centre, degrees clockwise. Quarter turns are exact. */
export function turned(point: Point, centre: Point, degrees: number): Point {
  const [sin, cos] = sineCosine(degrees);
  const dx = point.x - centre.x;
  const dy = point.y - centre.y;
  return { x: centre.x + dx * cos - dy * sin, y: centre.y + dx * sin + dy * cos };
}

/** The corners, clockwise, beginning with the one that is the left upper before turning. */
export function corners(rect: RotatedRect): readonly [Point, Point, Point, Point] {
  const { x, y, width, height, rotation } = rect;
  const upright = [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ] as const;
  if (rotation === 0) return upright;
  const centre = centreOf(rect);
  const [a, b, c, d] = upright;
  return [
    turned(a, centre, rotation),
    turned(b, centre, rotation),
    turned(c, centre, rotation),
    turned(d, centre, rotation),
  ];
}

/** The smallest upright rectangle around it. */
export function boundsOf(rect: RotatedRect): Rect {
  if (rect.rotation === 0) return rect;
  const [sin, cos] = sineCosine(rect.rotation).map(Math.abs) as [number, number];
  const width = rect.width * cos + rect.height * sin;
  const height = rect.width * sin + rect.height * cos;
  const centre = centreOf(rect);
  return { x: centre.x - width / 2, y: centre.y - height / 2, width, height };
}

/** Whether a point lies in it or on its edge. */
export function contains(rect: RotatedRect, point: Point): boolean {
  const { x, y } = rect.rotation === 0 ? point : turned(point, centreOf(rect), -rect.rotation);
  return x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height;
}

/** Area that both cover, by clipping one with the four sides of the other (Sutherland and Hodgman 1974). */
export function intersectionArea(a: RotatedRect, b: RotatedRect): number {
  if (a.rotation === 0 && b.rotation === 0) return overlapArea(a, b);
  if (overlapArea(boundsOf(a), boundsOf(b)) === 0) return 0;
  // Both in the coordinates of b's own corner, turned so that b is upright: its sides are then four half-planes.
  const centre = centreOf(b);
  const polygon = corners(a).map((corner) => {
    const { x, y } = turned(corner, centre, -b.rotation);
    return { x: x - b.x, y: y - b.y };
  });
  return polygonArea(clippedTo(polygon, b));
}

/** The part of a convex polygon that lies in a rectangle of that size at the origin. */
export function clippedTo(polygon: readonly Point[], { width, height }: Size): Point[] {
  let part = clipped(polygon, ({ x }) => x);
  part = clipped(part, ({ x }) => width - x);
  part = clipped(part, ({ y }) => y);
  return clipped(part, ({ y }) => height - y);
}

/** Intersection over union, 0 to 1. */
export function intersectionOverUnion(a: RotatedRect, b: RotatedRect): number {
  const shared = intersectionArea(a, b);
  if (shared === 0) return 0;
  return Math.min(1, shared / (a.width * a.height + b.width * b.height - shared));
}

export function overlapArea(a: Rect, b: Rect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/** The part of a convex polygon where `inside` is at least 0; that must be linear in the plane. */
function clipped(polygon: readonly Point[], inside: (point: Point) => number): Point[] {
  const kept: Point[] = [];
  for (const [index, to] of polygon.entries()) {
    const from = polygon.at(index - 1)!;
    const [before, after] = [inside(from), inside(to)];
    if (before < 0 !== after < 0) {
      const share = before / (before - after);
      kept.push({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share });
    }
    if (after >= 0) kept.push(to);
  }
  return kept;
}

/** Sine and cosine of degrees, exact at quarter turns. */
function sineCosine(degrees: number): readonly [sin: number, cos: number] {
  switch (normalDegrees(degrees)) {
    case 0:
      return [0, 1];
    case 90:
      return [1, 0];
    case 180:
      return [0, -1];
    case 270:
      return [-1, 0];
    default: {
      const radians = (degrees * Math.PI) / 180;
      return [Math.sin(radians), Math.cos(radians)];
    }
  }
}
