import { centreOf, corners, normalDegrees, turned, type RotatedRect } from './rotated-rect';
import type { Point, Rect } from './plane';

export type Quadrilateral = readonly [Point, Point, Point, Point];

/** The smallest upright rectangle around points, of which there is at least one. */
export function boundsAround(points: readonly Point[]): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * The rectangle whose corners these are, in either direction around it; the first corner is the left upper one before
 * turning. What noise the corners have is shared out: centre, sides and direction are means.
 *
 * @returns the rectangle, and by how much the corners given are farther than that from its own, at most
 */
export function rectangleOf(quad: Quadrilateral): { readonly rect: RotatedRect; readonly deviation: number } {
  const [a, b, c, d] = isClockwise(quad) ? quad : [quad[0], quad[3], quad[2], quad[1]];
  // Along the width and along the height: each the mean of two opposite sides.
  const across = { x: (b.x - a.x + (c.x - d.x)) / 2, y: (b.y - a.y + (c.y - d.y)) / 2 };
  const down = { x: (d.x - a.x + (c.x - b.x)) / 2, y: (d.y - a.y + (c.y - b.y)) / 2 };
  const rotation = normalDegrees((Math.atan2(across.y - down.x, across.x + down.y) * 180) / Math.PI);
  const [width, height] = [Math.hypot(across.x, across.y), Math.hypot(down.x, down.y)];
  const centre = { x: (a.x + b.x + c.x + d.x) / 4, y: (a.y + b.y + c.y + d.y) / 4 };
  const rect = { x: centre.x - width / 2, y: centre.y - height / 2, width, height, rotation };
  const fitted = corners(rect);
  const deviation = Math.max(...[a, b, c, d].map(({ x, y }, at) => Math.hypot(x - fitted[at]!.x, y - fitted[at]!.y)));
  return { rect, deviation };
}

/** The rectangle of the least area around points: one of its sides runs through two of them. O(n^3), for a few points. */
export function smallestRectangle(points: readonly Point[]): RotatedRect {
  let smallest: RotatedRect = { ...boundsAround(points), rotation: 0 };
  const origin = { x: 0, y: 0 };
  for (const [index, from] of points.entries()) {
    for (const to of points.slice(index + 1)) {
      const rotation = normalDegrees((Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI) % 90;
      const upright = boundsAround(points.map((point) => turned(point, origin, -rotation)));
      if (upright.width * upright.height >= smallest.width * smallest.height) continue;
      const centre = turned(centreOf(upright), origin, rotation);
      const { width, height } = upright;
      smallest = { x: centre.x - width / 2, y: centre.y - height / 2, width, height, rotation };
    }
  }
  return smallest;
}

/** By the sign of the area (shoelace formula), y pointing down. */
function isClockwise(points: readonly Point[]): boolean {
  let twice = 0;
  for (const [index, { x, y }] of points.entries()) {
    const before = points.at(index - 1)!;
    twice += before.x * y - x * before.y;
  }
  return twice >= 0;
}
