import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Point } from '#core/geometry/plane';
import {
  drawn,
  fitted,
  gripPoint,
  resized,
  rounded,
  shiftedWithin,
  turnedTowards,
  unionBounds,
  withinImage,
  type Grip,
  type Stretch,
} from '#core/geometry/reshape';
import { corners, type RotatedRect } from '#core/geometry/rotated-rect';

const IMAGE = { width: 400, height: 300 };
const FREE: Stretch = { proportions: 'free', about: 'opposite' };
/** What is drawn is rounded to hundredths: a corner of a turned box may be off by one along each axis, and by its half. */
const ROUNDING = 0.02;

const box = (x: number, y: number, width: number, height: number, rotation = 0): RotatedRect => ({
  x,
  y,
  width,
  height,
  rotation,
});

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

const hundredths = (min: number, max: number) => fc.integer({ min: min * 100, max: max * 100 }).map((n) => n / 100);
const upright = fc
  .tuple(hundredths(0, 300), hundredths(0, 200), hundredths(2, 100), hundredths(2, 100))
  .map(([x, y, width, height]) => box(x, y, width, height));
const anyRect = fc
  .tuple(hundredths(100, 250), hundredths(100, 150), hundredths(2, 60), hundredths(2, 60), hundredths(0, 359))
  .map((values) => box(...values));
const place = fc.record({ x: hundredths(0, 400), y: hundredths(0, 300) });
const side = fc.constantFrom<-1 | 0 | 1>(-1, 0, 1);
const grip: fc.Arbitrary<Grip> = fc.record({ x: side, y: side }).filter(({ x, y }) => x !== 0 || y !== 0);
const stretch: fc.Arbitrary<Stretch> = fc.record({
  proportions: fc.constantFrom('free', 'kept'),
  about: fc.constantFrom('opposite', 'centre'),
});

describe('resizing by hand calculation', () => {
  test.each<[string, RotatedRect, Grip, Point, Stretch, RotatedRect]>([
    ['a corner', box(10, 20, 30, 40), { x: 1, y: 1 }, { x: 60, y: 80 }, FREE, box(10, 20, 50, 60)],
    ['a side leaves the other axis', box(10, 20, 30, 40), { x: -1, y: 0 }, { x: 0, y: 99 }, FREE, box(0, 20, 40, 40)],
    ['through itself', box(10, 20, 30, 40), { x: 1, y: 1 }, { x: 4, y: 5 }, FREE, box(4, 5, 6, 15)],
    [
      'in proportion, by the axis that grows more',
      box(10, 10, 20, 10),
      { x: 1, y: 1 },
      { x: 50, y: 25 },
      { proportions: 'kept', about: 'opposite' },
      box(10, 10, 40, 20),
    ],
    [
      'about the centre',
      box(10, 10, 20, 20),
      { x: 1, y: 0 },
      { x: 35, y: 0 },
      { proportions: 'free', about: 'centre' },
      box(5, 10, 30, 20),
    ],
    [
      'about the centre, no farther than the nearer edge of the image',
      box(10, 10, 20, 20),
      { x: 1, y: 0 },
      { x: 100, y: 0 },
      { proportions: 'free', about: 'centre' },
      box(0, 10, 40, 20),
    ],
    // A quarter turn: what was the right side is below. Its middle goes down from y = 60 to y = 80, the top stays at y = 20.
    ['turned by 90 degrees', box(20, 30, 40, 20, 90), { x: 1, y: 0 }, { x: 40, y: 80 }, FREE, box(10, 40, 60, 20, 90)],
    ['never thinner than a pixel', box(10, 20, 30, 40), { x: 1, y: 0 }, { x: 10, y: 0 }, FREE, box(10, 20, 1, 40)],
  ])('%s', (_label, rect, by, to, how, expected) => {
    expect(resized(rect, by, to, how, IMAGE)).toEqual(expected);
  });

  test('what is opposite to the grip stays in place, however the box is turned (seed 7)', () => {
    fc.assert(
      fc.property(
        anyRect,
        grip,
        place,
        fc.constantFrom('free' as const, 'kept' as const),
        (rect, by, to, proportions) => {
          const after = resized(rect, by, to, { proportions, about: 'opposite' }, IMAGE);
          const opposite: Grip = { x: -by.x as Grip['x'], y: -by.y as Grip['y'] };
          const before = gripPoint(rect, opposite);
          // Dragged through itself, the box lies on the other side of the same place.
          const candidates = ([-1, 0, 1] as const).flatMap((x) =>
            ([-1, 0, 1] as const).map((y) => gripPoint(after, { x, y })),
          );
          expect(Math.min(...candidates.map((point) => distance(point, before)))).toBeLessThan(ROUNDING);
          expect(after.rotation).toBe(rect.rotation);
        },
      ),
      { seed: 7, numRuns: 500 },
    );
  });

  test('a free corner goes where it is dragged (seed 8)', () => {
    const corner = grip.filter(({ x, y }) => x !== 0 && y !== 0);
    fc.assert(
      fc.property(anyRect, corner, place, (rect, by, to) => {
        const after = resized(rect, by, to, FREE, IMAGE);
        const nearest = Math.min(...corners(after).map((point) => distance(point, to)));
        // A box is at least a pixel wide and high, so that the corner may stand off by the diagonal of one.
        expect(nearest).toBeLessThan(after.width > 1 && after.height > 1 ? ROUNDING : 1.5);
      }),
      { seed: 8, numRuns: 500 },
    );
  });

  test('an upright box in the image stays in it (seed 9)', () => {
    fc.assert(
      fc.property(upright, grip, place, stretch, (rect, by, to, how) => {
        const { x, y, width, height } = resized(rect, by, to, how, IMAGE);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(-ROUNDING);
        expect(x + width).toBeLessThanOrEqual(IMAGE.width + ROUNDING);
        expect(y + height).toBeLessThanOrEqual(IMAGE.height + ROUNDING);
      }),
      { seed: 9, numRuns: 500 },
    );
  });

  test('proportions that are kept are kept (seed 10)', () => {
    fc.assert(
      fc.property(anyRect, grip, place, (rect, by, to) => {
        const after = resized(rect, by, to, { proportions: 'kept', about: 'centre' }, IMAGE);
        expect(after.width * rect.height).toBeCloseTo(after.height * rect.width, -1);
        expect(distance(gripPoint(after, { x: 0, y: 0 }), gripPoint(rect, { x: 0, y: 0 }))).toBeLessThan(ROUNDING);
      }),
      { seed: 10, numRuns: 300 },
    );
  });
});

describe('drawing', () => {
  test.each<[string, Point, Point, Stretch, RotatedRect]>([
    ['to the right and down', { x: 10, y: 20 }, { x: 40, y: 60 }, FREE, box(10, 20, 30, 40)],
    ['to the left and up', { x: 40, y: 60 }, { x: 10, y: 20 }, FREE, box(10, 20, 30, 40)],
    ['a square', { x: 10, y: 20 }, { x: 40, y: 30 }, { proportions: 'kept', about: 'opposite' }, box(10, 20, 30, 30)],
    [
      'from the centre',
      { x: 50, y: 50 },
      { x: 60, y: 70 },
      { proportions: 'free', about: 'centre' },
      box(40, 30, 20, 40),
    ],
    ['a line becomes a pixel wide', { x: 10, y: 20 }, { x: 10, y: 60 }, FREE, box(10, 20, 1, 40)],
    ['at the far corner', { x: 400, y: 300 }, { x: 400, y: 300 }, FREE, box(399, 299, 1, 1)],
  ])('%s', (_label, from, to, how, expected) => {
    expect(drawn(from, to, how, IMAGE)).toEqual(expected);
  });

  test('stays in the image and has an area (seed 11)', () => {
    fc.assert(
      fc.property(place, place, stretch, (from, to, how) => {
        const { x, y, width, height } = drawn(from, to, how, IMAGE);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
        expect(x + width).toBeLessThanOrEqual(IMAGE.width + ROUNDING);
        expect(y + height).toBeLessThanOrEqual(IMAGE.height + ROUNDING);
      }),
      { seed: 11, numRuns: 500 },
    );
  });
});

describe('moving', () => {
  test('together, the boxes keep their places among each other and come into the image (seed 12)', () => {
    const push = fc.record({ x: hundredths(-500, 500), y: hundredths(-500, 500) });
    fc.assert(
      fc.property(fc.array(upright, { minLength: 1, maxLength: 4 }), push, (rects, by) => {
        const moved = shiftedWithin(rects, by, IMAGE, 0);
        const bounds = unionBounds(moved);
        expect(Math.min(bounds.x, bounds.y)).toBeGreaterThanOrEqual(-ROUNDING);
        expect(bounds.x + bounds.width).toBeLessThanOrEqual(IMAGE.width + ROUNDING);
        expect(bounds.y + bounds.height).toBeLessThanOrEqual(IMAGE.height + ROUNDING);
        moved.forEach((rect, at) => {
          expect(rect.x - moved[0]!.x).toBeCloseTo(rects[at]!.x - rects[0]!.x, 1);
          expect(rect.width).toBeCloseTo(rects[at]!.width, 1);
        });
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  test.each<[string, RotatedRect, Point, number, RotatedRect]>([
    ['an edge attracts', box(10, 50, 20, 20), { x: -5, y: 0 }, 8, box(0, 50, 20, 20)],
    ['only from within reach', box(20, 50, 20, 20), { x: -5, y: 0 }, 8, box(15, 50, 20, 20)],
    ['one that stands out comes in', box(-10, 50, 20, 20), { x: 1, y: 0 }, 0, box(0, 50, 20, 20)],
    [
      'one that is wider than the image may be moved to either edge',
      box(-50, 0, 500, 10),
      { x: 500, y: 0 },
      0,
      box(0, 0, 500, 10),
    ],
  ])('%s', (_label, rect, by, reach, expected) => {
    expect(shiftedWithin([rect], by, IMAGE, reach)[0]).toEqual(expected);
  });
});

test.each<[string, Point, Point]>([
  ['within', { x: 30, y: 40 }, { x: 30, y: 40 }],
  ['near the upper left corner', { x: 3, y: 7.9 }, { x: 0, y: 0 }],
  ['beyond the lower right corner', { x: 900, y: 900 }, { x: 400, y: 300 }],
])('a place %s', (_label, at, expected) => {
  expect(withinImage(at, IMAGE, 8)).toEqual(expected);
});

test.each<[string, Point, number, number]>([
  ['up', { x: 50, y: 0 }, 0, 0],
  ['right', { x: 90, y: 50 }, 0, 90],
  ['down and left', { x: 0, y: 100 }, 0, 225],
  ['nearly right, in steps of 15', { x: 90, y: 46 }, 15, 90],
])('turned to look %s', (_label, towards, step, expected) => {
  expect(turnedTowards(box(40, 40, 20, 20), towards, step).rotation).toBe(expected);
});

test('what comes from a larger image is cut to fit', () => {
  expect(fitted(box(350, 100, 500, 50), IMAGE)).toEqual(box(0, 100, 400, 50));
  expect(fitted(box(390, 290, 20, 20), IMAGE)).toEqual(box(380, 280, 20, 20));
});

test('edges that lie on hundredths are kept by rounding', () => {
  expect(rounded(box(0.1 + 0.2, 0, 1.1, 5))).toEqual(box(0.3, 0, 1.1, 5));
});
