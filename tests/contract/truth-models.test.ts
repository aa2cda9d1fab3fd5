import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Ratings } from '#core/agreement/ratings';
import { Random } from '#core/random';
import { truthModels } from '#core/truth/registry';
import { DEFAULT_TRUTH_OPTIONS, type Truth, type TruthModel } from '#core/truth/truth-model';

/** One reading: item, annotator, category. */
type Reading = readonly [item: number, annotator: number, category: number];

function ratingsFrom(readings: readonly Reading[], items: number, annotators: number, categories: number): Ratings {
  const sorted = [...readings].sort((a, b) => a[0] - b[0]);
  const start = new Uint32Array(items + 1);
  for (const [item] of sorted) start[item + 1]!++;
  for (let item = 0; item < items; item++) start[item + 1]! += start[item]!;
  return {
    ...{ items, annotators, categories, start },
    annotator: Uint32Array.from(sorted, ([, annotator]) => annotator),
    category: Uint32Array.from(sorted, ([, , category]) => category),
  };
}

const [ITEMS, ANNOTATORS, CATEGORIES] = [12, 4, 3];
const readings: fc.Arbitrary<Reading[]> = fc.array(
  fc.tuple(fc.nat(ITEMS - 1), fc.nat(ANNOTATORS - 1), fc.nat(CATEGORIES - 1)),
  { minLength: 1, maxLength: 60 },
);
const ratings = readings.map((all) => ratingsFrom(all, ITEMS, ANNOTATORS, CATEGORIES));

function truthOf(model: TruthModel, given: Ratings, options = {}): Truth {
  const result = model.run(given, { ...DEFAULT_TRUTH_OPTIONS, ...options });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** 300 items, of which annotators 0 to 3 get four of five right, and annotator 4 always says category 0. */
function crowd(seed: number): { readonly given: Ratings; readonly truth: number[] } {
  const random = new Random(seed);
  const truth = Array.from({ length: 300 }, () => random.whole(0, CATEGORIES - 1));
  const all = truth.flatMap((category, item) =>
    [0, 1, 2, 3, 4].map((annotator): Reading => {
      const isRight = random.chance(0.8);
      const other = (category + random.whole(1, CATEGORIES - 1)) % CATEGORIES;
      return [item, annotator, annotator === 4 ? 0 : isRight ? category : other];
    }),
  );
  return { given: ratingsFrom(all, 300, 5, CATEGORIES), truth };
}

describe.each(truthModels)('$id', (model) => {
  test('gives probabilities: they sum to 1, the label has the largest, and nothing is NaN but what nobody read', () => {
    fc.assert(
      fc.property(ratings, (given) => {
        const truth = truthOf(model, given);
        expect(sum(truth.classPriors)).toBeCloseTo(1, 9);
        if (truth.logLikelihood !== null) expect(truth.logLikelihood).toBeLessThanOrEqual(1e-9);
        for (let item = 0; item < ITEMS; item++) {
          const posterior = truth.posterior(item);
          expect(sum(posterior)).toBeCloseTo(1, 9);
          expect(posterior.every((probability) => probability >= 0 && probability <= 1 + 1e-12)).toBe(true);
          if (given.start[item] === given.start[item + 1]) {
            expect(truth.label[item]).toBe(-1);
            expect(truth.confidence[item]).toBeNaN();
          } else {
            expect(truth.confidence[item]).toBe(posterior[truth.label[item]!]);
            expect(truth.confidence[item]).toBeGreaterThanOrEqual(Math.max(...posterior) * (1 - 2e-6));
          }
        }
        for (let who = 0; who < ANNOTATORS; who++) {
          const read = given.annotator.filter((one) => one === who).length;
          expect(truth.readings[who]).toBe(read);
          if (read === 0) expect(truth.skill[who]).toBeNaN();
          else expect(truth.skill[who]! >= 0 && truth.skill[who]! <= 1 + 1e-12).toBe(true);
          const matrix = truth.confusion(who);
          for (let row = 0; matrix !== null && row < CATEGORIES; row++) {
            const rates = sum(matrix.subarray(row * CATEGORIES, (row + 1) * CATEGORIES));
            if (rates !== 0) expect(rates).toBeCloseTo(1, 9);
          }
        }
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  test('is deterministic and leaves the ratings as they are', () => {
    fc.assert(
      fc.property(ratings, (given) => {
        const before = structuredClone(given);
        const [one, other] = [truthOf(model, given), truthOf(model, given)];
        expect(given).toEqual(before);
        expect(other.label).toEqual(one.label);
        expect(other.confidence).toEqual(one.confidence);
        expect(other.skill).toEqual(one.skill);
      }),
      { seed: 2, numRuns: 15 },
    );
  });

  test('says the same of items and readings in another order', () => {
    const { given } = crowd(5);
    const order = new Random(3).shuffled([...new Array<number>(given.items).keys()]);
    const moved: Reading[] = order.flatMap((item, place) =>
      Array.from({ length: given.start[item + 1]! - given.start[item]! }, (_, at): Reading => {
        const reading = given.start[item + 1]! - 1 - at;
        return [place, given.annotator[reading]!, given.category[reading]!];
      }),
    );
    const straight = truthOf(model, given);
    const turned = truthOf(model, ratingsFrom(moved, given.items, given.annotators, given.categories));
    for (const [place, item] of order.entries()) {
      expect(turned.label[place]).toBe(straight.label[item]);
      expect(turned.confidence[place]).toBeCloseTo(straight.confidence[item]!, 6);
    }
    for (const [who, skill] of straight.skill.entries()) expect(turned.skill[who]).toBeCloseTo(skill, 6);
  });

  test('finds what is right, and who clicks through, without swapping classes', () => {
    for (const seed of [1, 2, 3]) {
      const { given, truth } = crowd(seed);
      const found = truthOf(model, given);
      const right = truth.filter((category, item) => found.label[item] === category).length;
      expect(right / truth.length).toBeGreaterThan(0.85);
      expect(found.skill[4]).toBeLessThan(Math.min(...found.skill.subarray(0, 4)));
    }
  });

  test('takes several readings of one item by one annotator', () => {
    const { given, truth } = crowd(4);
    const all = [...given.category].map((category, reading): Reading => [
      Math.floor(reading / 5),
      given.annotator[reading]!,
      category,
    ]);
    const other = (truth[0]! + 1) % CATEGORIES;
    const insisting = Array.from({ length: 20 }, (): Reading => [0, 1, other]);
    const found = truthOf(model, ratingsFrom([...all, ...insisting], given.items, given.annotators, given.categories));
    expect(found.label[0]).toBe(other);
    expect(found.readings[1]).toBe(320);
  });

  test('refuses what nobody read, with a reason', () => {
    for (const [items, annotators, categories] of [
      [0, 0, 0],
      [3, 2, 2],
    ] as const) {
      const result = model.run(ratingsFrom([], items, annotators, categories), DEFAULT_TRUTH_OPTIONS);
      expect(result.ok ? null : result.error.code).toBe('truth.empty');
    }
  });

  test.each([
    [
      'one annotator',
      ratingsFrom(
        [
          [0, 0, 0],
          [1, 0, 1],
          [2, 0, 1],
        ],
        3,
        1,
        2,
      ),
      [0, 1, 1],
    ],
    [
      'one item',
      ratingsFrom(
        [
          [0, 0, 0],
          [0, 1, 1],
          [0, 2, 1],
        ],
        1,
        3,
        2,
      ),
      [1],
    ],
    [
      'one class',
      ratingsFrom(
        [
          [0, 0, 0],
          [0, 1, 0],
          [1, 1, 0],
        ],
        2,
        2,
        1,
      ),
      [0, 0],
    ],
    ['one reading', ratingsFrom([[0, 0, 1]], 1, 1, 2), [1]],
    [
      'an annotator with one label',
      ratingsFrom(
        [
          [0, 0, 0],
          [0, 1, 0],
          [0, 2, 1],
          [1, 0, 1],
          [1, 1, 1],
        ],
        2,
        3,
        2,
      ),
      [0, 1],
    ],
    [
      'classes that nobody chose',
      ratingsFrom(
        [
          [0, 0, 7],
          [0, 1, 7],
          [1, 0, 3],
          [1, 1, 3],
        ],
        2,
        2,
        1_000,
      ),
      [7, 3],
    ],
  ])('makes sense of %s', (_, given, labels) => {
    const truth = truthOf(model, given);
    expect([...truth.label]).toEqual(labels);
    expect(truth.confidence.every((probability) => probability > 0 && probability <= 1 + 1e-12)).toBe(true);
    expect(truth.skill.some(Number.isNaN)).toBe(false);
  });

  test('gives a tie to the class that is more common, then to the first in order', () => {
    const symmetrical = ratingsFrom(
      [
        [0, 0, 2],
        [0, 1, 1],
        [1, 0, 1],
        [1, 1, 2],
      ],
      2,
      2,
      3,
    );
    expect(truthOf(model, symmetrical).posterior(0)[1]).toBeCloseTo(truthOf(model, symmetrical).posterior(0)[2]!, 6);
    expect([...truthOf(model, symmetrical).label]).toEqual([1, 1]);
  });

  test('counts a thousand readings of one item without underflow', () => {
    const random = new Random(9);
    const all = Array.from({ length: 2_000 }, (_, at): Reading => [
      at % 2,
      at % 25,
      random.chance(0.7) ? at % 2 : random.whole(0, 4),
    ]);
    const truth = truthOf(model, ratingsFrom(all, 2, 25, 5));
    expect([...truth.label]).toEqual([0, 1]);
    expect(truth.confidence.every((probability) => probability > 0.5)).toBe(true);
  });
});

const sum = (numbers: Float64Array): number => numbers.reduce((all, one) => all + one, 0);
