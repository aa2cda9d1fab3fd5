import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { box, newBox } from '#core/fields/box';
import type { Extent } from '#core/fields/kind';
import { freshRegionId, MAX_REGIONS } from '#core/fields/regions';
import { compareSpans, newSpan, span } from '#core/fields/span';
import { sameValue } from '#core/fields/values';
import { intersectionOverUnion } from '#core/geometry/rotated-rect';
import type { Box, Span } from '#core/model/annotation';
import { decodeCanonical } from '#core/model/canonical';
import type { BoxField, ClassDefinition, SpanField } from '#core/model/schema';
import { encode } from '@ipld/dag-cbor';

const classOf = (id: string): ClassDefinition => ({ id, name: id, color: '#000000', key: '', description: '' });
const basics = {
  name: 'f',
  required: false,
  classes: ['a', 'b'].map(classOf),
  retired: [classOf('old')],
  remap: { old: 'a' },
};
const boxField: BoxField = { ...basics, id: 'boxes', kind: 'box', rotatable: true };
const spanField: SpanField = { ...basics, id: 'spans', kind: 'span', wholeWords: false };
const image: Extent = { kind: 'image', width: 100, height: 80 };

const unique = <T extends { id: string }>(regions: T[]): T[] =>
  regions.map((region, at) => ({ ...region, id: String(at + 1) }));
const anyBox: fc.Arbitrary<Box> = fc
  .record({
    class: fc.constantFrom('a', 'b', 'old'),
    x: fc.integer({ min: 0, max: 90 }),
    y: fc.integer({ min: 0, max: 70 }),
    width: fc.integer({ min: 1, max: 30 }),
    height: fc.integer({ min: 1, max: 30 }),
    rotation: fc.constantFrom(0, 0, 30, 90, 245.5),
  })
  .map((one) => newBox({ id: '', ...one }));
const boxes = fc.array(anyBox, { maxLength: 6 }).map(unique);
const anySpan: fc.Arbitrary<Span> = fc
  .record({ class: fc.constantFrom('a', 'b', 'old'), start: fc.nat(20), length: fc.integer({ min: 1, max: 8 }) })
  .map(({ class: id, start, length }) => newSpan({ id: '', class: id, start, end: start + length }));
const spans = fc.array(anySpan, { maxLength: 6 }).map((all) => unique(all).sort(compareSpans));

/** The best total over all ways to pair members of two lists, and how many pairs it takes; by trying everything. */
function bestMatch<T>(
  a: readonly T[],
  b: readonly T[],
  weight: (one: T, other: T) => number,
): { sum: number; pairs: number } {
  const [first, ...rest] = a;
  if (first === undefined) return { sum: 0, pairs: 0 };
  let best = bestMatch(rest, b, weight);
  for (const [at, other] of b.entries()) {
    const worth = weight(first, other);
    if (worth <= 0) continue;
    const found = bestMatch(
      rest,
      b.filter((_, index) => index !== at),
      weight,
    );
    if (found.sum + worth > best.sum) best = { sum: found.sum + worth, pairs: found.pairs + 1 };
  }
  return best;
}

const shared = (one: Span, other: Span) => {
  const units = (of: Span) => Array.from({ length: of.end - of.start }, (_, at) => of.start + at);
  const common = units(one).filter((unit) => unit >= other.start && unit < other.end).length;
  return one.class === other.class ? common / new Set([...units(one), ...units(other)]).size : 0;
};

describe('similarity', () => {
  test('of boxes is the best pairing over pairs and what is left (seed 71)', () => {
    fc.assert(
      fc.property(boxes, boxes, (a, b) => {
        const iou = (one: Box, other: Box) => (one.class === other.class ? intersectionOverUnion(one, other) : 0);
        const { sum, pairs } = bestMatch(a, b, iou);
        const expected = a.length + b.length === 0 ? 1 : sum / (a.length + b.length - pairs);
        // Of pairings with the same sum one may have more pairs: then the similarities differ, but not by the sum.
        const similarity = box.similarity(a, b, boxField);
        if (Math.abs(similarity - expected) > 1e-9) {
          const possible = Array.from(
            { length: Math.min(a.length, b.length) + 1 },
            (_, n) => sum / (a.length + b.length - n),
          );
          expect(possible.some((value) => Math.abs(value - similarity) < 1e-9)).toBe(true);
        }
        expect(box.similarity(b, a, boxField)).toBeCloseTo(similarity, 9);
        expect(box.similarity(a, a, boxField)).toBeCloseTo(1, 9);
      }),
      { seed: 71, numRuns: 200 },
    );
  });

  test('of spans is the best pairing over pairs and what is left (seed 72)', () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        const { sum } = bestMatch(a, b, shared);
        const similarity = span.similarity(a, b, spanField);
        const possible = Array.from({ length: Math.min(a.length, b.length) + 1 }, (_, n) =>
          a.length + b.length === 0 ? 1 : sum / (a.length + b.length - n),
        );
        expect(possible.some((value) => Math.abs(value - similarity) < 1e-9)).toBe(true);
        expect(span.similarity(b, a, spanField)).toBeCloseTo(similarity, 9);
        expect(span.similarity(a, a, spanField)).toBeCloseTo(1, 9);
      }),
      { seed: 72, numRuns: 300 },
    );
  });

  // Two of three boxes the same, one missed on each side: 2 pairs of 4 things.
  test('counts what only one of two has', () => {
    const at = (id: string, x: number) => newBox({ id, class: 'a', x, y: 0, width: 5, height: 5, rotation: 0 });
    expect(
      box.similarity([at('1', 0), at('2', 10), at('3', 20)], [at('1', 0), at('2', 10), at('3', 40)], boxField),
    ).toBe(0.5);
    expect(box.similarity([], [at('1', 0)], boxField)).toBe(0);
  });
});

describe('values', () => {
  test('are canonical: validated twice the same, equal after the log, and equal encodings for equal values (seed 73)', () => {
    fc.assert(
      fc.property(boxes, spans, (someBoxes, someSpans) => {
        const text: Extent = { kind: 'text', text: 'x'.repeat(40) };
        for (const valid of [box.validate(someBoxes, boxField, image), span.validate(someSpans, spanField, text)]) {
          if (!valid.ok) throw new Error(valid.error.message);
          const decoded = decodeCanonical(encode(valid.value));
          expect(JSON.stringify(decoded)).toBe(JSON.stringify(valid.value));
        }
        const shuffled = span.validate([...someSpans].reverse(), spanField, text);
        expect(shuffled.ok && sameValue(shuffled.value, someSpans)).toBe(true);
      }),
      { seed: 73 },
    );
  });

  const one = (change: object) => [{ id: '1', class: 'a', x: 1, y: 1, width: 5, height: 5, rotation: 0, ...change }];
  test.each([
    ['of no area', one({ width: 0 }), 'no area'],
    ['of negative area', one({ height: -3 }), 'no area'],
    ['that is NaN', one({ x: NaN }), 'boxes are a list'],
    ['that is infinite', one({ width: Infinity }), 'boxes are a list'],
    ['outside the image', one({ x: 100 }), 'outside the image'],
    ['above the image', one({ y: -5 }), 'outside the image'],
    ['beyond any image', one({ width: 2e7 }), 'larger than any image'],
    ['of an unknown class', one({ class: 'c' }), 'no class “c”'],
    ['without an id', one({ id: '' }), 'boxes are a list'],
    ['with a certainty above 1', one({ confidence: 1.5 }), 'boxes are a list'],
    ['twice the same id', [...one({}), ...one({})], 'have the id “1”'],
    [
      'too many',
      Array.from({ length: MAX_REGIONS + 1 }, (_, at) => one({ id: String(at) })[0]),
      'more than 20,000 boxes',
    ],
    ['names of classes', ['a'], 'boxes are a list'],
  ])('a box %s is refused', (_name, value, reason) => {
    const checked = box.validate(value, boxField, image);
    expect(checked.ok ? 'valid' : checked.error.message).toContain(reason);
  });

  test.each([
    ['partly outside', one({ x: -3 })],
    ['turned by a negative angle', one({ rotation: -90 })],
    ['of a retired class', one({ class: 'old' })],
    ['of fractions', one({ x: 1.25 })],
  ])('a box %s is taken', (_name, value) => {
    expect(box.validate(value, boxField, image).ok).toBe(true);
  });

  const piece = (start: number, end: number) => [{ id: '1', class: 'a', start, end }];
  test.each([
    ['past the end', piece(0, 6), 'ends past the text, which has 5'],
    ['empty', piece(2, 2), 'empty'],
    ['reversed', piece(3, 2), 'empty'],
    ['before the start', piece(-1, 2), 'before the text'],
    ['that begins inside a surrogate pair', piece(2, 4), 'within a character'],
    ['that ends inside a surrogate pair', piece(0, 2), 'within a character'],
    ['of half a code unit', piece(0, 1.5), 'spans are a list'],
  ])('a span %s is refused', (_name, value, reason) => {
    const checked = span.validate(value, spanField, { kind: 'text', text: 'a😀bc' });
    expect(checked.ok ? 'valid' : checked.error.message).toContain(reason);
  });

  test('merged classes read as their successors, and the rest stays as it is', () => {
    const value = [...one({ class: 'old' }), ...one({ id: '2', class: 'b' })] as Box[];
    expect(box.project(value, boxField)).toEqual([{ ...value[0], class: 'a' }, value[1]]);
    expect(box.project(value.slice(1), boxField)).toEqual(value.slice(1));
  });

  test('confidences are of proposals only', () => {
    const proposed = one({ confidence: 0.8 }) as Box[];
    expect(box.confirmed(proposed)).toEqual(one({}));
  });

  test('of a valid value the regions stay the same objects, whatever one of them is like', () => {
    const [first, second] = [newBox(one({})[0] as Box), newBox(one({ id: '2' })[0] as Box)];
    const value = [first, second];
    const same = box.validate(value, boxField, image);
    expect(same.ok && same.value).toBe(value);
    const turned = box.validate([first, { ...second, rotation: -90 }], boxField, image);
    expect(turned.ok && turned.value[0]).toBe(first);
    expect(turned.ok && turned.value[1]).toEqual({ ...second, rotation: 270 });
  });

  test('a required field needs one at least', () => {
    const required = { ...boxField, required: true };
    expect(box.validate([], required, image).ok).toBe(false);
    expect(box.validate([], boxField, image)).toEqual({ ok: true, value: [] });
  });

  test('new ids are above all numbers that are there', () => {
    expect(freshRegionId([])).toBe(1);
    expect(freshRegionId([{ id: '7' }, { id: 'annotation-12' }, { id: '3' }])).toBe(8);
  });
});
