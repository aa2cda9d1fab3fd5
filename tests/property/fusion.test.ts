import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newBox } from '#core/fields/box';
import { fuseBoxes } from '#core/fields/fusion/box';
import { fuseChoices } from '#core/fields/fusion/choice';
import { fusionOf } from '#core/fields/fusion/registry';
import { fuseSpans } from '#core/fields/fusion/span';
import { kindOf } from '#core/fields/registry';
import { compareSpans, newSpan } from '#core/fields/span';
import type { BoxValue, ChoiceValue, FieldValue, SpanValue } from '#core/model/annotation';
import type { BoxField, ChoiceField, ClassDefinition, Field, SpanField } from '#core/model/schema';

const classOf = (id: string): ClassDefinition => ({ id, name: id, color: '#000000', key: '', description: '' });
const CLASSES = ['a', 'b', 'c'];
const basics = { name: 'f', required: false, classes: CLASSES.map(classOf), retired: [], remap: {} };
const single: ChoiceField = { ...basics, id: 'one', kind: 'choice', multiple: false };
const multiple: ChoiceField = { ...basics, id: 'many', kind: 'choice', multiple: true };
const boxes: BoxField = { ...basics, id: 'boxes', kind: 'box', rotatable: true };
const spans: SpanField = { ...basics, id: 'spans', kind: 'span', wholeWords: false };

const anyClass = fc.constantFrom(...CLASSES);
const anyOne: fc.Arbitrary<ChoiceValue> = fc.oneof(
  anyClass.map((id) => [id]),
  fc.constant<ChoiceValue>([]),
);
const anySet: fc.Arbitrary<ChoiceValue> = fc.subarray(CLASSES);
const numbered = <T extends { id: string }>(regions: readonly T[]): T[] =>
  regions.map((region, at) => ({ ...region, id: String(at + 1) }));
const anyBoxes: fc.Arbitrary<BoxValue> = fc
  .array(
    fc.record({
      class: anyClass,
      x: fc.constantFrom(0, 1, 2, 20, 21.5),
      y: fc.constantFrom(0, 1, 30),
      width: fc.constantFrom(10, 11, 12),
      height: fc.constantFrom(8, 9),
      rotation: fc.constantFrom(0, 0, 2, 90, 180, 358),
    }),
    { maxLength: 4 },
  )
  .map((all) => numbered(all.map((one) => newBox({ id: '', ...one }))));
const anySpans: fc.Arbitrary<SpanValue> = fc
  .array(fc.record({ class: anyClass, start: fc.nat(12), length: fc.integer({ min: 1, max: 6 }) }), { maxLength: 4 })
  .map((all) =>
    numbered(
      all
        .map(({ class: id, start, length }) => newSpan({ id: '', class: id, start, end: start + length }))
        .sort(compareSpans),
    ),
  );

const kinds: readonly (readonly [string, Field, fc.Arbitrary<FieldValue>])[] = [
  ['a single choice', single, anyOne],
  ['a multiple choice', multiple, anySet],
  ['boxes', boxes, anyBoxes],
  ['spans', spans, anySpans],
];

describe.each(kinds)('the fusion of %s', (_, field, anyValue) => {
  const fuse = fusionOf(field);
  const several = fc.array(anyValue, { minLength: 1, maxLength: 5 });
  const weighted = fc.array(fc.tuple(anyValue, fc.double({ min: 0.1, max: 3, noNaN: true })), {
    minLength: 1,
    maxLength: 5,
  });

  test('is canonical, whether it must be answered or not', () => {
    fc.assert(
      fc.property(several, fc.boolean(), (values, required) => {
        const asked = { ...field, required };
        const fused = fuse(values, asked, null);
        const isAnswered = values.some((value) => value.length > 0);
        if (required && !isAnswered) return;
        if (required && field === single && fused.length === 0) return;
        expect(kindOf(asked).validate(fused, asked, null)).toEqual({ ok: true, value: fused });
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('is the value that all gave, as long as it is one', () => {
    fc.assert(
      fc.property(anyValue, fc.integer({ min: 1, max: 4 }), (value, times) => {
        expect(fuse(new Array<FieldValue>(times).fill(value), field, null)).toEqual(value);
      }),
      { seed: 2 },
    );
  });

  test('does not depend on the order of annotators', () => {
    fc.assert(
      fc.property(weighted, fc.infiniteStream(fc.nat()), (given, keys) => {
        const shuffled = given.map((one) => [keys.next().value!, one] as const).sort(([a], [b]) => a - b);
        const result = (list: typeof given) =>
          fuse(
            list.map(([value]) => value),
            field,
            list.map(([, weight]) => weight),
          );
        const turned = result(shuffled.map(([, one]) => one));
        expect(kindOf(field).similarity(turned, result(given), field)).toBeCloseTo(1, 9);
        expect(turned.length).toBe(result(given).length);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  test('counts an annotator of weight 2 as two', () => {
    fc.assert(
      fc.property(several, ([first, ...others]) => {
        const twice = fuse([first!, first!, ...others], field, null);
        const heavy = fuse([first!, ...others], field, [2, ...others.map(() => 1)]);
        expect(kindOf(field).similarity(twice, heavy, field)).toBeCloseTo(1, 9);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});

describe('choices, against counting', () => {
  test('single: nothing has more votes, and nothing that comes before has as many', () => {
    fc.assert(
      fc.property(fc.array(anyOne, { minLength: 1, maxLength: 7 }), (values) => {
        const order = [['a'], ['b'], ['c'], []];
        const votes = order.map((value) => values.filter((one) => one[0] === value[0]).length);
        expect(fuseChoices(values, single, null)).toEqual(order[votes.indexOf(Math.max(...votes))]);
      }),
      { seed: 5 },
    );
  });

  test('multiple: the classes of more than half', () => {
    fc.assert(
      fc.property(fc.array(anySet, { minLength: 1, maxLength: 7 }), (values) => {
        const most = CLASSES.filter((id) => 2 * values.filter((one) => one.includes(id)).length > values.length);
        const isOne = values.every((value) => value.join() === values[0]!.join());
        expect(fuseChoices(values, multiple, null)).toEqual(isOne ? values[0] : most);
      }),
      { seed: 6 },
    );
  });
});

describe('spans', () => {
  const span = (id: string, start: number, end: number) => newSpan({ id: '1', class: id, start, end });
  const shown = (value: SpanValue) => value.map(({ class: id, start, end }) => `${id} ${start}-${end}`);

  test('cover what more than half of the annotators cover, character by character', () => {
    fc.assert(
      fc.property(fc.array(anySpans, { minLength: 2, maxLength: 5 }), (values) => {
        const covers = (value: SpanValue, id: string, at: number) =>
          value.some((one) => one.class === id && one.start <= at && at < one.end);
        const fused = fuseSpans(values, spans, null);
        for (const id of CLASSES) {
          for (let at = 0; at < 20; at++) {
            const count = values.filter((value) => covers(value, id, at)).length;
            // What is agreed on exactly is taken out before the vote, so where spans of one annotator overlap less may be covered.
            if (covers(fused, id, at)) expect(2 * count).toBeGreaterThan(values.length);
            const isSimple = values.every((value) => value.filter((one) => covers([one], id, at)).length < 2);
            if (2 * count > values.length && isSimple && !touches(values, id)) expect(covers(fused, id, at)).toBe(true);
          }
        }
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  /** Whether spans of one annotator and class share anything. */
  const touches = (values: readonly SpanValue[], id: string) =>
    values.some((value) => {
      const own = value.filter((one) => one.class === id);
      return own.some((one, at) =>
        own.some((other, place) => at !== place && one.start < other.end && other.start < one.end),
      );
    });

  test.each([
    ['what two of three marked alike', [[span('a', 0, 5)], [span('a', 0, 5)], [span('a', 0, 8)]], ['a 0-5']],
    ['the part that two of three cover', [[span('a', 0, 5)], [span('a', 1, 6)], [span('a', 2, 9)]], ['a 1-6']],
    [
      'two neighbours, where most begin a new one',
      [[span('a', 0, 3), span('a', 3, 6)], [span('a', 0, 3), span('a', 3, 7)], [span('a', 0, 6)]],
      ['a 0-3', 'a 3-6'],
    ],
    [
      'nested spans that most have',
      [[span('a', 0, 9), span('a', 3, 5)], [span('a', 0, 8), span('a', 3, 5)], [span('a', 0, 7)]],
      ['a 0-8', 'a 3-5'],
    ],
    ['nothing that one of two has alone', [[span('a', 0, 5)], []], []],
    ['classes apart', [[span('a', 0, 5), span('b', 2, 4)], [span('b', 2, 4)], [span('a', 0, 5)]], ['a 0-5', 'b 2-4']],
  ])('keep %s', (_, values, expected) => {
    expect(shown(fuseSpans(values, spans, null))).toEqual(expected);
  });

  test('keep the first of the most marked ones where the question must be answered', () => {
    const required = { ...spans, required: true };
    expect(shown(fuseSpans([[span('a', 4, 6)], [span('b', 1, 2)], []], required, null))).toEqual(['b 1-2']);
  });
});

describe('boxes', () => {
  const box = (id: string, x: number, y: number, width: number, height: number, rotation = 0) =>
    newBox({ id: '1', class: id, x, y, width, height, rotation });
  const one = (...values: BoxValue[]) => {
    const fused = fuseBoxes(values, boxes, null);
    expect(fused.length).toBe(1);
    return fused[0]!;
  };

  test('the mean of two, by hand', () => {
    expect(one([box('a', 0, 0, 10, 10)], [box('a', 1, 0, 12, 10)])).toEqual(box('a', 0.5, 0, 11, 10));
  });

  test('weights count', () => {
    const fused = fuseBoxes([[box('a', 0, 0, 10, 10)], [box('a', 2, 0, 10, 10)]], boxes, [3, 1]);
    expect(fused).toEqual([box('a', 0.5, 0, 10, 10)]);
  });

  test('angles on the circle: 358 and 4 degrees make 1', () => {
    expect(one([box('a', 0, 0, 20, 10, 358)], [box('a', 0, 0, 20, 10, 4)]).rotation).toBeCloseTo(1, 9);
  });

  test('a quarter turn with sides exchanged is the same box', () => {
    const fused = one([box('a', 0, 0, 20, 10)], [box('a', 5, -5, 10, 20, 90)], [box('a', 0, 0, 20, 10, 180)]);
    expect([fused.x, fused.y, fused.width, fused.height].map((value) => Number(value.toFixed(9)))).toEqual(
      fused.rotation === 90 ? [5, -5, 10, 20] : [0, 0, 20, 10],
    );
  });

  test('what one of three saw is left out, what one of two saw is kept', () => {
    const [seen, both] = [box('a', 50, 50, 9, 9), box('a', 0, 0, 10, 10)];
    expect(fuseBoxes([[both, { ...seen, id: '2' }], [both], [both]], boxes, null).length).toBe(1);
    expect(fuseBoxes([[both, { ...seen, id: '2' }], [both]], boxes, null).length).toBe(2);
  });

  test('the class is that of most, and of a tie the first', () => {
    const [a, b] = [box('a', 0, 0, 10, 10), box('b', 0, 0, 10, 11)];
    expect(one([b], [b], [a]).class).toBe('b');
    expect(one([b], [a]).class).toBe('a');
  });

  test('two boxes of one annotator are two things, however close', () => {
    const near = [box('a', 0, 0, 10, 10), { ...box('a', 1, 0, 10, 10), id: '2' }];
    expect(fuseBoxes([near, [box('a', 0.5, 0, 10, 10)]], boxes, null).length).toBe(2);
  });

  test('things of different classes at one place stay apart', () => {
    const both = [box('a', 0, 0, 10, 10), { ...box('b', 0, 0, 10, 10), id: '2' }];
    const other = [box('b', 0, 0, 10, 10), { ...box('a', 0, 0, 10, 10.5), id: '2' }];
    expect(
      fuseBoxes([both, other], boxes, null)
        .map(({ class: id }) => id)
        .sort(),
    ).toEqual(['a', 'b']);
  });

  test('every box lies among those that it was made of, and overlaps with one of them by half', () => {
    fc.assert(
      fc.property(fc.array(anyBoxes, { minLength: 2, maxLength: 4 }), (values) => {
        const given = values.flat();
        for (const fused of fuseBoxes(values, boxes, null)) {
          const centre = fused.x + fused.width / 2;
          const centres = given.map(({ x, width }) => x + width / 2);
          expect(centre).toBeGreaterThanOrEqual(Math.min(...centres) - 1e-9);
          expect(centre).toBeLessThanOrEqual(Math.max(...centres) + 1e-9);
          expect(given.some(({ class: id }) => id === fused.class)).toBe(true);
        }
      }),
      { seed: 8 },
    );
  });
});
