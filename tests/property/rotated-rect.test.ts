import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  boundsOf,
  centreOf,
  contains,
  corners,
  intersectionArea,
  intersectionOverUnion,
  normalDegrees,
  turned,
  type RotatedRect,
} from '#core/geometry/rotated-rect';

const rect: fc.Arbitrary<RotatedRect> = fc.record({
  x: fc.integer({ min: -40, max: 40 }),
  y: fc.integer({ min: -40, max: 40 }),
  width: fc.integer({ min: 1, max: 60 }),
  height: fc.integer({ min: 1, max: 60 }),
  rotation: fc.oneof(fc.constantFrom(0, 90, 180, 270), fc.double({ min: 0, max: 360, maxExcluded: true, noNaN: true })),
});

/** Whether a point is inside, by the signs of the cross products with the four sides: a way that shares no code with `contains`. */
function inside(points: readonly { x: number; y: number }[], x: number, y: number): boolean {
  return points.every((from, index) => {
    const to = points[(index + 1) % points.length]!;
    return (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x) >= 0;
  });
}

/**
 * Area of the intersection by sampling the middle of each cell of a grid. The boundary of a convex polygon of perimeter
 * p crosses at most 3 (p / cell) + 4 cells, and only those can be counted wrong.
 */
function sampledIntersection(a: RotatedRect, b: RotatedRect, cell: number): { area: number; error: number } {
  const [first, second] = [corners(a), corners(b)];
  const bounds = boundsOf(a);
  let area = 0;
  for (let x = bounds.x + cell / 2; x < bounds.x + bounds.width; x += cell)
    for (let y = bounds.y + cell / 2; y < bounds.y + bounds.height; y += cell)
      if (inside(first, x, y) && inside(second, x, y)) area += cell * cell;
  const perimeter = 2 * (a.width + a.height + b.width + b.height);
  return { area, error: (3 * (perimeter / cell) + 4) * cell * cell };
}

describe('rotated rectangles', () => {
  test('the intersection is what sampling finds (seed 51)', () => {
    fc.assert(
      fc.property(rect, rect, (a, b) => {
        const { area, error } = sampledIntersection(a, b, Math.max(a.width, a.height) / 150);
        expect(Math.abs(intersectionArea(a, b) - area)).toBeLessThanOrEqual(error);
      }),
      { seed: 51, numRuns: 150 },
    );
  });

  test('the intersection over union is symmetric, 1 with itself, and unchanged by turning both (seed 52)', () => {
    fc.assert(
      fc.property(rect, rect, fc.double({ min: -720, max: 720, noNaN: true }), (a, b, degrees) => {
        const iou = intersectionOverUnion(a, b);
        expect(iou).toBeGreaterThanOrEqual(0);
        expect(iou).toBeLessThanOrEqual(1);
        expect(intersectionOverUnion(b, a)).toBeCloseTo(iou, 9);
        expect(intersectionOverUnion(a, a)).toBeCloseTo(1, 9);
        const turn = (one: RotatedRect): RotatedRect => {
          const centre = turned(centreOf(one), { x: 3, y: -7 }, degrees);
          return {
            ...one,
            x: centre.x - one.width / 2,
            y: centre.y - one.height / 2,
            rotation: normalDegrees(one.rotation + degrees),
          };
        };
        expect(intersectionOverUnion(turn(a), turn(b))).toBeCloseTo(iou, 6);
      }),
      { seed: 52 },
    );
  });

  test('bounds hold all corners and touch each side; what is inside is between the corners (seed 53)', () => {
    fc.assert(
      fc.property(rect, fc.integer({ min: -60, max: 60 }), fc.integer({ min: -60, max: 60 }), (one, x, y) => {
        const bounds = boundsOf(one);
        const xs = corners(one).map((corner) => corner.x);
        const ys = corners(one).map((corner) => corner.y);
        expect(bounds.x).toBeCloseTo(Math.min(...xs), 9);
        expect(bounds.y).toBeCloseTo(Math.min(...ys), 9);
        expect(bounds.x + bounds.width).toBeCloseTo(Math.max(...xs), 9);
        expect(bounds.y + bounds.height).toBeCloseTo(Math.max(...ys), 9);
        // Points on the very edge may fall on either side of it.
        const grown = (by: number): RotatedRect => ({
          ...one,
          x: one.x - by,
          y: one.y - by,
          width: one.width + 2 * by,
          height: one.height + 2 * by,
        });
        if (inside(corners(grown(-1e-6)), x, y)) expect(contains(one, { x, y })).toBe(true);
        if (!inside(corners(grown(1e-6)), x, y)) expect(contains(one, { x, y })).toBe(false);
      }),
      { seed: 53 },
    );
  });

  // Two unit-side squares about one centre, one turned by 45 degrees: a regular octagon of area 2 (sqrt 2 - 1).
  test('of a square and itself turned by 45 degrees', () => {
    const square = { x: 10, y: 20, width: 1, height: 1, rotation: 0 };
    expect(intersectionArea(square, { ...square, rotation: 45 })).toBeCloseTo(2 * (Math.SQRT2 - 1), 12);
  });

  test.each([
    ['half', { x: 0, y: 0, width: 2, height: 1, rotation: 0 }, { x: 1, y: 0, width: 2, height: 1, rotation: 0 }, 1 / 3],
    [
      'a cross, by a quarter turn',
      { x: 0, y: 1, width: 3, height: 1, rotation: 0 },
      { x: 0, y: 1, width: 3, height: 1, rotation: 90 },
      1 / 5,
    ],
    ['touching', { x: 0, y: 0, width: 1, height: 1, rotation: 0 }, { x: 1, y: 0, width: 1, height: 1, rotation: 0 }, 0],
    [
      'inside',
      { x: 0, y: 0, width: 4, height: 4, rotation: 0 },
      { x: 1, y: 1, width: 2, height: 2, rotation: 0 },
      0.25,
    ],
  ])('%s', (_name, a, b, expected) => {
    expect(intersectionOverUnion(a, b)).toBeCloseTo(expected, 12);
  });

  test.each([
    [0, 0],
    [-0, 0],
    [360, 0],
    [-90, 270],
    [725, 5],
    [-1e-15, 0],
  ])('%d degrees are %d', (given, expected) => {
    expect(normalDegrees(given)).toBe(expected);
  });
});
