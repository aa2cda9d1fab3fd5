import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coco } from '#core/formats/coco/coco';
import { JsonRecordReader } from '#core/formats/coco/json-records';
import type { Format, FormatOptions } from '#core/formats/format';
import { yolo } from '#core/formats/yolo/yolo';
import { rectangleOf, smallestRectangle, type Quadrilateral } from '#core/geometry/quadrilateral';
import type { Point, Size } from '#core/geometry/plane';
import { contains, type RotatedRect } from '#core/geometry/rotated-rect';
import type { BoxValue } from '#core/model/annotation';
import { box, boxField, picture, pictureItem, readFiles } from '../support/box-files';
import { datasetOf, written } from '../support/datasets';

/** The corners of a rectangle by the definition of a turn, clockwise on a plane whose y axis points down. */
function oracleCorners({ x, y, width, height, rotation }: RotatedRect): Point[] {
  const radians = (rotation / 180) * Math.PI;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return [
    [-0.5, -0.5],
    [0.5, -0.5],
    [0.5, 0.5],
    [-0.5, 0.5],
  ].map(([across, down]) => {
    const [dx, dy] = [across! * width, down! * height];
    return { x: x + width / 2 + dx * cos - dy * sin, y: y + height / 2 + dx * sin + dy * cos };
  });
}

/** How far two rectangles are apart: the farthest that a corner of one is from every corner of the other. */
function apart(a: RotatedRect, b: RotatedRect): number {
  const others = oracleCorners(b);
  return Math.max(
    ...oracleCorners(a).map((one) => Math.min(...others.map(({ x, y }) => Math.hypot(one.x - x, one.y - y)))),
  );
}

const size = fc.record({ width: fc.integer({ min: 1, max: 10_000 }), height: fc.integer({ min: 1, max: 10_000 }) });

const rotation = fc.oneof(
  fc.constantFrom(0, 90, 180, 270, 45, 1e-4, 359.999),
  fc.double({ min: 0, max: 359.99, noNaN: true }),
);

/** Boxes around a place in the image. */
const around = ({ width, height }: Size, extent: number, turn: fc.Arbitrary<number>) =>
  fc
    .record({
      cx: fc.double({ min: 0, max: 1, noNaN: true }),
      cy: fc.double({ min: 0, max: 1, noNaN: true }),
      width: fc.double({ min: 1, max: extent, noNaN: true }),
      height: fc.double({ min: 1, max: extent, noNaN: true }),
      rotation: turn,
    })
    .map(({ cx, cy, ...rest }) => ({ ...rest, x: cx * width - rest.width / 2, y: cy * height - rest.height / 2 }));

const imageWith = (turn: fc.Arbitrary<number>) =>
  size.chain((image) =>
    fc.record({ image: fc.constant(image), rects: fc.array(around(image, 12_000, turn), { maxLength: 8 }) }),
  );

/** What comes back of the boxes of one image. */
async function roundTrip(format: Format, image: Size, rects: readonly RotatedRect[], options: FormatOptions) {
  const field = boxField('boxes', 'Boxes', true, 'one', 'other');
  const boxes = rects.map(({ x, y, width, height, rotation: turn }, at) =>
    box(String(at), at % 2 === 0 ? 'one' : 'other', x, y, width, height, turn),
  );
  const bytes = picture(image.width, image.height);
  const item = pictureItem('in/a.png', bytes, image, { label: { boxes } });
  const dataset = datasetOf('', { version: 1, fields: [field], guidelines: '' }, [item]);
  const read = await readFiles(format, Object.fromEntries(await written(format, dataset, options)));
  const [values] = Object.values(read.items[0]!.label!) as [BoxValue];
  expect(values.map((value) => value.class)).toEqual(boxes.map((value) => value.class));
  return { issues: read.issues, given: boxes, back: values };
}

describe('COCO gives boxes back', () => {
  it('exactly where they are upright, and to a hundred-thousandth of a pixel where they are turned', async () => {
    await fc.assert(
      fc.asyncProperty(imageWith(rotation), async ({ image, rects }) => {
        const { given, back, issues } = await roundTrip(coco, image, rects, {});
        expect(issues).toEqual([]);
        for (const [at, one] of given.entries()) {
          if (one.rotation === 0) expect({ ...back[at]!, id: '' }).toEqual({ ...one, id: '' });
          else expect(apart(one, back[at]!)).toBeLessThan(1e-5);
        }
      }),
    );
  });
});

describe('YOLO gives boxes back', () => {
  // Eight decimals: half a unit of the last one, twice, on 10,000 pixels.
  const TOLERANCE = 0.001;

  it('upright, as far as they lie in the image', async () => {
    await fc.assert(
      fc.asyncProperty(imageWith(rotation), async ({ image, rects }) => {
        const { given, back, issues } = await roundTrip(yolo, image, rects, { task: 'detect' });
        expect(issues).toEqual([]);
        for (const [at, one] of given.entries()) {
          const points = oracleCorners(one);
          const [left, right] = [Math.min(...points.map(({ x }) => x)), Math.max(...points.map(({ x }) => x))];
          const [top, bottom] = [Math.min(...points.map(({ y }) => y)), Math.max(...points.map(({ y }) => y))];
          const { x, y, width, height, rotation: turn } = back[at]!;
          expect(turn).toBe(0);
          expect(Math.abs(x - Math.max(0, left))).toBeLessThan(TOLERANCE);
          expect(Math.abs(y - Math.max(0, top))).toBeLessThan(TOLERANCE);
          expect(Math.abs(x + width - Math.min(image.width, right))).toBeLessThan(TOLERANCE);
          expect(Math.abs(y + height - Math.min(image.height, bottom))).toBeLessThan(TOLERANCE);
        }
      }),
    );
  });

  it('turned, where they lie in the image; else within it, and without an issue', async () => {
    await fc.assert(
      fc.asyncProperty(imageWith(rotation), async ({ image, rects }) => {
        const { given, back, issues } = await roundTrip(yolo, image, rects, { task: 'obb' });
        expect(issues).toEqual([]);
        for (const [at, one] of given.entries()) {
          const isInside = oracleCorners(one).every(
            ({ x, y }) => x >= 0 && y >= 0 && x <= image.width && y <= image.height,
          );
          if (isInside) expect(apart(one, back[at]!)).toBeLessThan(TOLERANCE);
        }
      }),
    );
  });

  it('turned, in images that hold them whole', async () => {
    const image = { width: 10_000, height: 8_000 };
    const inside = fc
      .record({
        x: fc.double({ min: 1_500, max: 7_500, noNaN: true }),
        y: fc.double({ min: 1_500, max: 5_500, noNaN: true }),
        width: fc.double({ min: 1, max: 1_000, noNaN: true }),
        height: fc.double({ min: 1, max: 1_000, noNaN: true }),
        rotation,
      })
      .map((rect) => rect as RotatedRect);
    await fc.assert(
      fc.asyncProperty(fc.array(inside, { maxLength: 8 }), async (rects) => {
        const { given, back, issues } = await roundTrip(yolo, image, rects, { task: 'obb' });
        expect(issues).toEqual([]);
        for (const [at, one] of given.entries()) expect(apart(one, back[at]!)).toBeLessThan(TOLERANCE);
      }),
    );
  });
});

describe('rectangles of points', () => {
  const rect = fc.record({
    x: fc.double({ min: -1_000, max: 1_000, noNaN: true }),
    y: fc.double({ min: -1_000, max: 1_000, noNaN: true }),
    width: fc.double({ min: 1, max: 1_000, noNaN: true }),
    height: fc.double({ min: 1, max: 1_000, noNaN: true }),
    rotation,
  });

  it('four corners are those of the rectangle that they were made of, in either direction', () => {
    fc.assert(
      fc.property(rect, fc.boolean(), (one, isReversed) => {
        const [a, b, c, d] = oracleCorners(one) as unknown as Quadrilateral;
        const found = rectangleOf(isReversed ? [a, d, c, b] : [a, b, c, d]);
        expect(found.deviation).toBeLessThan(1e-9);
        for (const key of ['x', 'y', 'width', 'height'] as const) expect(found.rect[key]).toBeCloseTo(one[key], 8);
        const turn = Math.abs(found.rect.rotation - one.rotation);
        expect(Math.min(turn, 360 - turn)).toBeLessThan(1e-6);
      }),
    );
  });

  it('corners that were moved deviate by no more than they were moved', () => {
    const step = fc.double({ min: -0.5, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(rect, fc.array(step, { minLength: 8, maxLength: 8 }), (one, steps) => {
        const moved = oracleCorners(one).map(({ x, y }, at) => ({ x: x + steps[2 * at]!, y: y + steps[2 * at + 1]! }));
        // Each corner is off by its own step, and the fit by the mean of all, at most sqrt(1/2) each.
        expect(rectangleOf(moved as unknown as Quadrilateral).deviation).toBeLessThan(3 * Math.SQRT1_2);
      }),
    );
  });

  it('the smallest one around points holds them all, and none at any angle is smaller', () => {
    const point = fc.record({
      x: fc.double({ min: -100, max: 100, noNaN: true }),
      y: fc.double({ min: -100, max: 100, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 8 }), (points) => {
        const found = smallestRectangle(points);
        const wider = {
          ...found,
          x: found.x - 1e-6,
          y: found.y - 1e-6,
          width: found.width + 2e-6,
          height: found.height + 2e-6,
        };
        for (const one of points) expect(contains(wider, one)).toBe(true);
        for (let degrees = 0; degrees < 90; degrees += 0.5) {
          const radians = (degrees / 180) * Math.PI;
          const across = points.map(({ x, y }) => x * Math.cos(radians) + y * Math.sin(radians));
          const down = points.map(({ x, y }) => y * Math.cos(radians) - x * Math.sin(radians));
          const area = (Math.max(...across) - Math.min(...across)) * (Math.max(...down) - Math.min(...down));
          expect(found.width * found.height).toBeLessThanOrEqual(area + 1e-6);
        }
      }),
    );
  });
});

describe('JSON by records', () => {
  it('gives what JSON.parse gives, however the text is written and cut', () => {
    const document = fc.oneof(
      fc.dictionary(fc.string({ unit: 'binary' }), fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue())),
      fc.array(fc.jsonValue()),
    );
    fc.assert(
      fc.property(document, fc.nat({ max: 3 }), fc.integer({ min: 1, max: 40 }), (value, indent, length) => {
        const json = JSON.stringify(value, null, indent);
        const reader = new JsonRecordReader();
        const lists = new Map<string, unknown[]>();
        const values = new Map<string, unknown>();
        for (let at = 0; at < json.length; at += length) {
          for (const { key, role, text } of reader.read(json.slice(at, at + length))) {
            if (role === 'value') values.set(key, JSON.parse(text!));
            else lists.set(key, [...(lists.get(key) ?? []), JSON.parse(text!)]);
          }
        }
        reader.end();
        expect(reader.flaw).toBeNull();
        const plain = JSON.parse(json) as Record<string, unknown> | unknown[];
        const entries: [string, unknown][] = Array.isArray(plain) ? [['', plain]] : Object.entries(plain);
        for (const [key, expected] of entries)
          expect(Array.isArray(expected) ? (lists.get(key) ?? []) : values.get(key)).toEqual(expected);
      }),
    );
  });
});
