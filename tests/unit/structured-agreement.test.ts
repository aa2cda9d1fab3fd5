import { describe, expect, test, vi } from 'vitest';
import type { Estimate } from '#core/agreement/estimate';
import {
  objectKeypointSimilarity,
  mutualKeypointSimilarity,
  COCO_SIGMAS,
} from '#core/agreement/keypoints/object-keypoint-similarity';
import { boxAgreement } from '#core/agreement/regions/box-agreement';
import { setAgreement } from '#core/agreement/sets/set-agreement';
import { jaccard, masi } from '#core/agreement/sets/set-distance';
import { spanAgreement } from '#core/agreement/spans/span-agreement';
import { leastDisorder } from '#core/agreement/spans/best-alignment';
import { gammaDisorder } from '#core/agreement/spans/gamma';
import { spanList } from '#core/agreement/spans/span-list';
import { unitDissimilarity } from '#core/agreement/spans/unit-dissimilarity';
import { unitizingDisagreement } from '#core/agreement/spans/unitizing-alpha';
import type { AgreementOptions, StructuredAgreement } from '#core/agreement/structured/agreement';
import { ClassNumbers } from '#core/agreement/structured/class-numbers';
import { charactersOf, mutualErrorRate, wordsOf } from '#core/agreement/texts/error-rate';
import { polygonIntersectionArea, polygonIntersectionOverUnion } from '#core/geometry/polygon';
import type { Box, Span } from '#core/model/annotation';
import { Random } from '#core/random';
import { answersOf, offering } from '../support/answers';

// On a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const points: AgreementOptions = { interval: 'none', seed: 1, resamples: 0 };
const coefficient = (report: StructuredAgreement, id: string): Estimate =>
  report.coefficients.find((one) => one.id === id)!.estimate;
const value = (report: StructuredAgreement, id: string) => coefficient(report, id).value;

describe('sets', () => {
  // Passonneau 2006, table 1: the monotonicity of the four relations, times the Jaccard index.
  test.each([
    ['equal', 2, 2, 2, 0, 0],
    ['one within the other', 1, 1, 2, 1 / 2, 2 / 3],
    ['crossing', 1, 2, 2, 2 / 3, 8 / 9],
    ['disjoint', 0, 1, 2, 1, 1],
    ['one empty', 0, 0, 2, 1, 1],
    ['both empty', 0, 0, 0, 0, 0],
  ])('that are %s', (_name, shared, sizeOfA, sizeOfB, jaccardDistance, masiDistance) => {
    expect(jaccard.of(shared, sizeOfA, sizeOfB)).toBeCloseTo(jaccardDistance, 12);
    expect(masi.of(shared, sizeOfA, sizeOfB)).toBeCloseTo(masiDistance, 12);
  });

  const rows = [
    [['a'], ['a']],
    [['a', 'b'], ['a']],
    [
      ['b', 'c'],
      ['a', 'b'],
    ],
    [['c'], ['c']],
    [
      ['a', 'b', 'c'],
      ['b', 'c'],
    ],
    [['a'], ['b']],
  ];

  // NLTK 3.9, AnnotationTask(...).alpha(): jaccard_distance 0.35546875; masi_distance 0.28538, with 0.67 and 0.33 for thirds.
  test('in Krippendorff’s alpha', () => {
    const report = setAgreement(answersOf(rows), offering('a', 'b', 'c'), points);
    expect(value(report, 'jaccardAlpha')).toBeCloseTo(0.35546875, 12);
    expect(value(report, 'masiAlpha')).toBeCloseTo(0.2854, 2);
    expect(value(report, 'exactMatch')).toBeCloseTo(2 / 6, 12);
  });

  // By hand. Of 12 answers 7 hold a; they differ in items 3, 5 and 6: alpha = 1 - 11 * 3 * 2 / (2 * 7 * 5).
  test('by class, and what is confused with what', () => {
    const { classes, confusion } = setAgreement(answersOf(rows), offering('a', 'b', 'c'), points);
    expect(classes[0]).toMatchObject({ class: 'a', labels: 7 });
    expect(classes[0]!.estimate.value).toBeCloseTo(1 - 66 / 70, 12);
    expect(confusion).toEqual([
      { a: 'a', b: 'a', pairs: 2 },
      { a: 'a', b: 'b', pairs: 1 },
      { a: 'a', b: 'c', pairs: 1 },
      { a: 'b', b: 'b', pairs: 2 },
      { a: 'c', b: 'c', pairs: 2 },
    ]);
  });
});

const span = (id: string, start: number, end: number): Span => ({ id: `${id} ${start} ${end}`, class: id, start, end });

describe('spans', () => {
  const field = offering('person', 'place');

  // By hand: exact 1 of 3 and 4; partial 1 + 1/2; overlap 2; [20, 24) differs in class only.
  test('exact, partial and overlap F1', () => {
    const report = spanAgreement(
      answersOf([
        [
          [span('person', 0, 5), span('place', 7, 9), span('place', 20, 24)],
          [span('person', 0, 5), span('place', 7, 12), span('person', 20, 24), span('person', 30, 31)],
        ],
      ]),
      field,
      points,
    );
    expect(value(report, 'exactF1')).toBeCloseTo(2 / 7, 12);
    expect(value(report, 'partialF1')).toBeCloseTo(3 / 7, 12);
    expect(value(report, 'overlapF1')).toBeCloseTo(4 / 7, 12);
    expect(report.classes).toMatchObject([
      { class: 'person', labels: 4, estimate: { value: 2 / 4 } },
      { class: 'place', labels: 3, estimate: { value: 0 } },
    ]);
    // [7, 9) and [7, 12) share less than half.
    expect(report.confusion).toEqual([
      { a: 'person', b: 'person', pairs: 1 },
      { a: 'person', b: 'place', pairs: 1 },
    ]);
  });

  // Three within one: one pair, not three; the same span twice by one person is matched once.
  test.each([
    ['nested', [span('person', 0, 9)], [span('person', 0, 3), span('person', 3, 6), span('person', 6, 9)], 0, 2 / 4],
    ['repeated', [span('person', 0, 9), { ...span('person', 0, 9), id: '2' }], [span('person', 0, 9)], 2 / 3, 2 / 3],
    ['that touch only', [span('person', 0, 3)], [span('person', 3, 6)], 0, 0],
    ['of different classes', [span('person', 0, 3)], [span('place', 0, 3)], 0, 0],
    // The long one must leave [0, 4) to [3, 4), or only one pair is found.
    ['that cross', [span('person', 0, 4), span('person', 2, 9)], [span('person', 3, 4), span('person', 6, 9)], 0, 1],
  ])('%s are matched one to one', (_name, one, other, exact, overlap) => {
    for (const row of [
      [one, other],
      [other, one],
    ]) {
      const report = spanAgreement(answersOf([row]), field, points);
      expect(value(report, 'exactF1')).toBeCloseTo(exact, 12);
      expect(value(report, 'overlapF1')).toBeCloseTo(overlap, 12);
    }
  });

  // Micro-average: 1 of 1 + 1 and 0 of 1 + 3 marked; an item where nobody marked anything counts nothing.
  test('are pooled over items', () => {
    const report = spanAgreement(
      answersOf([
        [[span('person', 0, 1)], [span('person', 0, 1)]],
        [[span('person', 0, 1)], [span('person', 3, 4), span('person', 5, 6), span('person', 7, 8)]],
        [[], []],
      ]),
      field,
      points,
    );
    expect(value(report, 'exactF1')).toBeCloseTo(2 / 6, 12);
    expect(report.pairs).toMatchObject([{ a: 0, b: 1, items: 3 }]);
  });
});

describe('Krippendorff’s unitizing alpha', () => {
  const numbers = new ClassNumbers(offering());
  const disagreement = (annotators: readonly (readonly Span[])[], length: number) =>
    unitizingDisagreement(
      annotators.map((spans) => spanList(spans, numbers)),
      length,
    );
  const alpha = (annotators: readonly (readonly Span[])[], length: number) => {
    const { observed, expected } = disagreement(annotators, length);
    return 1 - observed / expected;
  };

  // Krippendorff 2004, Content Analysis, 2nd edition, p. 254: a text from 150 to 450; here from 0 to 300.
  const c = [
    [span('c', 75, 145), span('c', 220, 250)],
    [span('c', 70, 150), span('c', 205, 225), span('c', 250, 270)],
  ];
  const k = [span('k', 30, 90), span('k', 150, 200)];
  test('of the example of 2004', () => {
    const ofC = disagreement(c, 300);
    expect(ofC.observed).toBeCloseTo(0.0144, 4);
    expect(ofC.expected).toBeCloseTo(0.0532, 4);
    expect(alpha(c, 300)).toBeCloseTo(0.7286, 4);
    // The book divides rounded figures: 1 - 0.0144 / (0.0532 + 0.0490).
    expect(disagreement([k, k], 300).expected).toBeCloseTo(0.049, 4);
    expect(
      alpha(
        [
          [...c[0]!, ...k],
          [...c[1]!, ...k],
        ],
        300,
      ),
    ).toBeCloseTo(0.8591, 3);
  });

  // Krippendorff 1995, p. 57 and 61: units of four pairs of observers on 24 positions; D_e of a continuum cut 50,000 times finer.
  const units = (...cut: (readonly [start: number, length: number])[]) =>
    cut.map(([start, length]) => span('u', start, start + length));
  const fine = (spans: readonly Span[]) => spans.map(({ start, end }) => span('u', start * 50_000, end * 50_000));
  test.each([
    ['A', units([2, 8], [14, 6]), units([4, 4], [15, 2]), 0.03125, 0.0699, 0.553],
    ['B', units([0, 18]), units([0, 2], [2, 1], [3, 1], [4, 1], [5, 1], [6, 3], [9, 1]), 2.26736, 1.17731, -0.926],
    [
      'C',
      units([2, 6], [10, 2], [14, 4], [20, 2]),
      units([0, 2], [4, 4], [10, 4], [16, 2], [20, 2]),
      0.02777,
      0.08642,
      0.679,
    ],
    [
      'D',
      units([0, 2], [2, 8], [10, 4], [14, 6], [20, 4]),
      units([0, 4], [4, 4], [8, 7], [15, 2], [17, 7]),
      ...([0.38715, 0.41445, 0.066] as const),
    ],
  ])('of example %s of 1995', (_name, one, other, observed, expected, coefficient) => {
    expect(disagreement([one, other], 24).observed).toBeCloseTo(observed, 4);
    const finely = disagreement([fine(one), fine(other)], 1_200_000);
    expect(Math.abs(finely.expected - expected)).toBeLessThan(0.005);
    expect(Math.abs(alpha([fine(one), fine(other)], 1_200_000) - coefficient)).toBeLessThan(0.02);
  });

  test('needs the lengths of the texts, and something that is marked', () => {
    const given = answersOf([[c[0]!, c[1]!]]);
    expect(coefficient(spanAgreement(given, offering('c'), points), 'unitizingAlpha')).toEqual({
      value: null,
      reason: 'The lengths of the texts are not known.',
    });
    expect(value(spanAgreement(given, offering('c'), { ...points, lengths: [300] }), 'unitizingAlpha')).toBeCloseTo(
      0.7286,
      4,
    );
    const nothing = spanAgreement(answersOf([[[], []]]), offering('c'), { ...points, lengths: [300] });
    expect(value(nothing, 'unitizingAlpha')).toBeNull();
  });

  test('takes spans of one person and class that overlap for one', () => {
    const whole = [span('c', 10, 30)];
    expect(alpha([[span('c', 10, 20), span('c', 15, 30), span('c', 16, 18)], whole], 100)).toBe(1);
    expect(alpha([[span('c', 10, 20), span('c', 20, 30)], whole], 100)).toBeLessThan(1);
  });
});

describe('gamma', () => {
  const unit = (id: number, start: number, end: number) => ({ class: id, start, end });
  const steps = (left = 1e6) => ({ left });

  // d_pos by hand from the formula of Mathet, Widlöcher and Métivier 2015, on the units of their figure 10; times 3.
  test.each([
    [unit(1, 4, 14), unit(1, 4, 14), 0],
    [unit(1, 4, 14), unit(1, 40, 44), 3 * (66 / 14) ** 2],
    [unit(1, 4, 14), unit(1, 20, 25), 3 * (27 / 15) ** 2],
    [unit(1, 20, 30), unit(1, 20, 25), 3 / 9],
    [unit(1, 20, 30), unit(2, 20, 30), 1],
    // Scale does not matter: figure 20.
    [unit(1, 0, 7), unit(1, 0, 10), 3 * (3 / 17) ** 2],
    [unit(1, 0, 21), unit(1, 0, 30), 3 * (3 / 17) ** 2],
  ])('of units %j and %j', (u, v, expected) => {
    expect(unitDissimilarity(u, v)).toBeCloseTo(expected, 12);
    expect(unitDissimilarity(v, u)).toBeCloseTo(expected, 12);
  });

  test.each([
    ['the same', [[unit(1, 0, 10)], [unit(1, 0, 10)]], 0],
    ['one alone: 1 of 1.5 units', [[unit(1, 0, 10), unit(1, 20, 30)], [unit(1, 0, 10)]], 2 / 3],
    ['by one of two: 1 of half a unit', [[unit(1, 0, 10)], []], 2],
    ['of two classes: 1, better than 2', [[unit(1, 0, 10)], [unit(2, 0, 10)]], 1],
    ['too far apart to be aligned: 2', [[unit(1, 0, 10)], [unit(1, 90, 99)]], 2],
    // Two of three pairs have an empty unit: 2/3 of 2/3 of a unit.
    ['by two of three', [[unit(1, 0, 10)], [unit(1, 0, 10)], []], 1],
  ])('the best alignment, %s', (_name, annotators, disorder) => {
    expect(leastDisorder(annotators, steps())).toBeCloseTo(disorder, 12);
  });

  // AlexPaulSuzan.csv of pygamma-agreement 0.5, whose tests expect a disorder of 0.96 and gamma from 0.44 to 0.47.
  const [alex, paul, suzan] = [
    [unit(1, 2, 9), unit(2, 11, 17), unit(5, 24, 30), unit(6, 32, 36), unit(6, 36, 44), unit(7, 44, 60)],
    [unit(1, 2, 9), unit(3, 11, 17), unit(5, 19, 25), unit(6, 32, 44)],
    [unit(1, 2, 9), unit(4, 11, 17), unit(5, 21, 27), unit(6, 32, 36), unit(6, 36, 40), unit(6, 40, 44)],
  ];
  test('of three annotators, as pygamma-agreement has it', () => {
    expect(leastDisorder([alex, paul, suzan], steps())).toBeCloseTo(0.96, 2);
    const all = Array.from({ length: 8 }, (_, seed) => {
      const { observed, expected } = gammaDisorder([alex, paul, suzan], seed, steps())!;
      return 1 - observed / expected;
    });
    const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
    expect(mean).toBeGreaterThan(0.44);
    expect(mean).toBeLessThan(0.47);
  });

  test('gives up where the search would take too long', () => {
    expect(leastDisorder([alex, paul, suzan], steps(100))).toBeNull();
    const many = Array.from({ length: 400 }, (_, at) => span('a', at, at + 3));
    expect(coefficient(spanAgreement(answersOf([[many, many]]), offering('a'), points), 'gamma')).toEqual({
      value: null,
      reason: 'There are too many spans for gamma: its alignments are searched exactly.',
    });
  });
});

const box = (id: string, x: number, width = 10): Box => ({
  ...{ id: `${id} ${x} ${width}`, class: id, x, y: 0, width, height: 10, rotation: 0 },
});

describe('boxes', () => {
  const field = offering('cat', 'dog');

  // IoU of [0, 10) and [2, 12) is 8/12, of [0, 10) and [4, 14) is 6/14.
  test.each([
    ['the same', box('cat', 0), box('cat', 0), 1, 1, 1],
    ['nearly the same', box('cat', 0), box('cat', 2), 1, 1, 8 / 12],
    ['of another class', box('cat', 0), box('dog', 2), 0, 1, 8 / 12],
    ['too far away', box('cat', 0), box('cat', 4), 0, 0, null],
  ])('%s', (_name, one, other, f1, f1AnyClass, mean) => {
    const report = boxAgreement(answersOf([[[one], [other]]]), field, points);
    expect(value(report, 'f1')).toBe(f1);
    expect(value(report, 'f1AnyClass')).toBe(f1AnyClass);
    if (mean === null)
      expect(coefficient(report, 'meanSimilarity')).toEqual({ value: null, reason: 'No two boxes could be matched.' });
    else expect(value(report, 'meanSimilarity')).toBeCloseTo(mean, 12);
  });

  test('are matched at another threshold where it is asked for', () => {
    const given = answersOf([[[box('cat', 0)], [box('cat', 4)]]]);
    expect(value(boxAgreement(given, field, { ...points, threshold: 0.4 }), 'f1')).toBe(1);
  });

  // [40, 100) is 60 of 100 of the first, which begins far before it, and none of the second.
  test('are found however far before they begin', () => {
    const wide = [box('cat', 0, 100), box('cat', 98, 2)];
    expect(value(boxAgreement(answersOf([[[box('cat', 40, 60)], wide]]), field, points), 'f1')).toBeCloseTo(2 / 3, 12);
  });

  test('one on another are matched with those of their class', () => {
    const report = boxAgreement(
      answersOf([
        [
          [box('cat', 0), box('dog', 0)],
          [box('dog', 0), box('cat', 0)],
        ],
      ]),
      field,
      points,
    );
    expect(report.confusion).toEqual([
      { a: 'cat', b: 'cat', pairs: 1 },
      { a: 'dog', b: 'dog', pairs: 1 },
    ]);
    expect(value(report, 'classAlpha')).toBe(1);
  });

  // Units {cat, cat, cat}, {cat, dog}, {dog, dog} of three people; one more cat that only one found takes no part.
  // n = 7, cats 4, dogs 3; observed 2; alpha = 1 - 6 * 2 / (2 * 4 * 3) = 1/2.
  test('of three people in alpha, what one alone found as missing', () => {
    const report = boxAgreement(
      answersOf([
        [
          [box('cat', 0), box('cat', 100), box('cat', 300)],
          [box('cat', 1), box('dog', 101)],
          [box('cat', 2), box('dog', 200)],
        ],
        [[box('dog', 200)], [box('dog', 201)], []],
      ]),
      field,
      points,
    );
    expect(value(report, 'classAlpha')).toBeCloseTo(1 / 2, 12);
    expect(report.confusion).toEqual([
      { a: 'cat', b: 'cat', pairs: 3 },
      { a: 'cat', b: 'dog', pairs: 1 },
      { a: 'dog', b: 'dog', pairs: 1 },
    ]);
  });

  // A - B and B - C overlap by 8/12, A - C only by 6/14: one thing all the same, with three classes of it.
  test('that drift from person to person are one thing', () => {
    const report = boxAgreement(answersOf([[[box('cat', 0)], [box('dog', 2)], [box('dog', 4)]]]), field, points);
    // n = 3, one cat, two dogs; observed 2 * 2 / 2 = 2; alpha = 1 - 2 * 2 / 4 = 0.
    expect(value(report, 'classAlpha')).toBeCloseTo(0, 12);
  });

  test('20,000 in one item, and as many one on another', () => {
    const random = new Random(3);
    const many = Array.from({ length: 20_000 }, (_, at) => ({
      ...box('cat', random.whole(0, 20_000)),
      id: String(at),
      y: random.whole(0, 20_000),
    }));
    const moved = many.map((one) => ({ ...one, x: one.x + 1 }));
    const report = boxAgreement(answersOf([[many, moved]]), field, points);
    expect(value(report, 'f1')).toBeGreaterThan(0.99);
    const spans = many.map((one, at) => ({ id: one.id, class: 'cat', start: at * 5, end: at * 5 + 5 }));
    const shifted = spans.map((one) => ({ ...one, start: one.start + 1, end: one.end + 1 }));
    expect(value(spanAgreement(answersOf([[spans, shifted]]), field, points), 'overlapF1')).toBe(1);
    const nested = spans.slice(0, 1_000).map((one) => ({ ...one, start: 0, end: 5 }));
    expect(value(spanAgreement(answersOf([[nested, nested]]), field, points), 'overlapF1')).toBe(1);
  });
});

describe('polygons', () => {
  const polygon = (...corners: (readonly [number, number])[]) => corners.map(([x, y]) => ({ x, y }));
  // Like a C: open to the right between y = 2 and 4.
  const concave = polygon([0, 0], [6, 0], [6, 2], [2, 2], [2, 4], [6, 4], [6, 6], [0, 6]);
  const square = polygon([4, 1], [8, 1], [8, 5], [4, 5]);
  const tilted = polygon([3, -1], [9, 3], [5, 7], [1, 2.5]);

  // Shapely 2.1: intersection and union.
  test.each([
    ['concave and square', concave, square, 4, 40],
    ['concave and tilted', concave, tilted, 14.08234126984127, 45.41765873015873],
    ['tilted and square', tilted, square, 14.166666666666666, 33.333333333333336],
    ['with itself', concave, concave, 28, 28],
    ['sharing a side', square, polygon([8, 1], [9, 1], [9, 5], [8, 5]), 0, 20],
    ['sharing a corner', square, polygon([8, 5], [9, 5], [9, 6]), 0, 16.5],
    ['one in the other', polygon([5, 2], [6, 2], [6, 3]), square, 0.5, 16],
    ['in the opening of the other', concave, polygon([3, 2], [6, 2], [6, 4], [3, 4]), 0, 34],
  ])('%s', (_name, a, b, shared, union) => {
    for (const one of [a, a.toReversed()]) {
      for (const other of [b, b.toReversed()]) {
        expect(polygonIntersectionArea(one, other)).toBeCloseTo(shared, 10);
        expect(polygonIntersectionArea(other, one)).toBeCloseTo(shared, 10);
        expect(polygonIntersectionOverUnion(one, other)).toBeCloseTo(shared / union, 10);
      }
    }
  });
});

describe('keypoints', () => {
  const pose = (area: number, ...places: (readonly [number, number] | null)[]) => ({
    area,
    points: places.map((place) => (place === null ? null : { x: place[0], y: place[1] })),
  });

  // exp(-10^2 / (2 * 10^4 * (2 * 0.026)^2)), as pycocotools computes it.
  test('one point 10 pixels away', () => {
    expect(objectKeypointSimilarity(pose(1e4, [16, 8]), pose(1e4, [10, 0]), COCO_SIGMAS)).toBeCloseTo(0.157377, 6);
  });

  test.each([
    ['the same', pose(1, [1, 1], [2, 2]), pose(1, [1, 1], [2, 2]), 1],
    ['that one did not mark', pose(1, [1, 1], null), pose(1, [1, 1], [2, 2]), 0.75],
    ['none', pose(1, null), pose(1, null), 0],
    ['none by one', pose(1, null), pose(1, [1, 1]), 0],
    ['of something without an area', pose(0, [1, 1]), pose(0, [1, 1]), 1],
  ])('%s', (_name, a, b, expected) => {
    expect(mutualKeypointSimilarity(a, b, COCO_SIGMAS)).toBe(expected);
    expect(mutualKeypointSimilarity(b, a, COCO_SIGMAS)).toBe(expected);
  });

  test('COCO has 17', () => {
    expect(COCO_SIGMAS).toHaveLength(17);
  });
});

describe('texts', () => {
  const characters = (a: string, b: string) => mutualErrorRate(charactersOf(a), charactersOf(b));
  const words = (a: string, b: string) => {
    const numbers = new Map<string, number>();
    return mutualErrorRate(wordsOf(a, numbers), wordsOf(b, numbers));
  };

  test.each([
    ['kitten and sitting', 'kitten', 'sitting', (3 / 6 + 3 / 7) / 2],
    ['equal', 'abc', 'abc', 0],
    ['empty', '', '', 0],
    ['empty and not', '', 'abc', 1],
    ['composed and decomposed', 'é', 'e\u0301', 0],
    ['one code point of two code units', 'a😀', 'a🎉', 1 / 2],
    ['much longer', 'a', 'bbbb', (4 + 1) / 2],
  ])('characters: %s', (_name, a, b, rate) => {
    expect(characters(a, b)).toBeCloseTo(rate, 12);
  });

  test.each([
    ['one left out', 'the cat sat', 'the cat', (1 / 3 + 1 / 2) / 2],
    ['white space of any kind', ' the\tcat\n', 'the cat', 0],
    ['case counts', 'The cat', 'the cat', 1 / 2],
    ['only white space', ' \n', 'a', 1],
    ['words of which one is a property of objects', 'constructor x', 'constructor y', 1 / 2],
  ])('words: %s', (_name, a, b, rate) => {
    expect(words(a, b)).toBeCloseTo(rate, 12);
  });

  test('of 50,000 characters', () => {
    const long = 'abcdefghij'.repeat(5_000);
    expect(characters(long, `x${long}`)).toBeCloseTo((1 / 50_000 + 1 / 50_001) / 2, 12);
  });
});
