import { describe, expect, test, vi } from 'vitest';
import type { Estimate } from '#core/agreement/estimate';
import type { AgreementOptions, StructuredAgreement } from '#core/agreement/structured/agreement';
import type { AnswersOf } from '#core/agreement/structured/answers';
import type { ClassesOfField } from '#core/agreement/structured/class-numbers';
import { structuredAgreement } from '#core/agreement/structured/registry';
import { answersOf, offering } from '../support/answers';

// On a busy machine.
vi.setConfig({ testTimeout: 60_000 });

type Agreement = (answers: AnswersOf<unknown>, field: ClassesOfField, options: AgreementOptions) => StructuredAgreement;
type Kind = keyof typeof structuredAgreement;

const square = (x: number, y: number, side: number) => [
  { x, y },
  { x: x + side, y },
  { x: x + side, y: y + side },
  { x, y: y + side },
];
const box = (id: string, x: number) => ({ id: `${x}`, class: id, x, y: 0, width: 10, height: 10, rotation: 0 });
const skeleton = (id: string, x: number) => ({ class: id, area: 100, points: [{ x, y: 5 }, { x: x + 3, y: 5 }, null] });

/** Of each kind, three answers that have nothing in common, and one in which nothing is said. */
const samples: Readonly<Record<Kind, { readonly answers: readonly unknown[]; readonly nothing: unknown }>> = {
  choice: { answers: [['a'], ['b'], ['c']], nothing: [] },
  box: { answers: [[box('a', 0)], [box('b', 50), box('a', 80)], [box('c', 120)]], nothing: [] },
  span: {
    answers: [
      [{ id: '1', class: 'a', start: 0, end: 4 }],
      [{ id: '1', class: 'b', start: 10, end: 14 }],
      [{ id: '1', class: 'c', start: 20, end: 24 }],
    ],
    nothing: [],
  },
  polygon: {
    answers: [
      [{ class: 'a', polygon: square(0, 0, 5) }],
      [{ class: 'b', polygon: square(10, 0, 5) }],
      [{ class: 'c', polygon: square(20, 0, 5) }],
    ],
    nothing: [],
  },
  keypoints: { answers: [[skeleton('a', 0)], [skeleton('b', 500)], [skeleton('c', 1000)]], nothing: [] },
  text: { answers: ['one', 'two', 'six'], nothing: '' },
};

const field = offering('a', 'b', 'c');
const points: AgreementOptions = { interval: 'none', seed: 1, resamples: 0 };
const intervals: AgreementOptions = { interval: 'bootstrap', seed: 7, resamples: 200 };
const headline = ({ coefficients }: StructuredAgreement): Estimate => coefficients[0]!.estimate;
const every = ({ coefficients, pairs, classes }: StructuredAgreement): Estimate[] =>
  [...coefficients, ...pairs, ...classes].map(({ estimate }) => estimate);

describe.each(Object.entries(structuredAgreement) as [Kind, Agreement][])('agreement of %s', (kind, agreement) => {
  const { answers, nothing } = samples[kind];
  const [one, two, three] = answers;

  test('is 1 where everybody says the same', () => {
    const report = agreement(
      answersOf([
        [one, one, one],
        [two, two, null],
        [three, null, three],
      ]),
      field,
      points,
    );
    expect(headline(report)).toMatchObject({ value: 1, ci95: null });
    expect(report.pairs.map(({ a, b, items }) => [a, b, items])).toEqual([
      [0, 1, 2],
      [0, 2, 2],
      [1, 2, 1],
    ]);
  });

  test('is 0 or worse where nobody says what another does', () => {
    const { value } = headline(
      agreement(
        answersOf([
          [one, two],
          [two, three],
          [three, one],
        ]),
        field,
        points,
      ),
    );
    expect(value).not.toBeNull();
    expect(value).toBeLessThanOrEqual(0);
  });

  test.each([
    ['nothing', [], 'Nobody has answered yet.'],
    ['items without answers', [[null], [null]], 'Nobody has answered yet.'],
    ['one annotator', [[one], [two]], 'Only one person has answered: agreement takes two.'],
    ['one item by one', [[one]], 'Only one person has answered: agreement takes two.'],
    [
      'no overlap',
      [
        [one, null],
        [null, two],
      ],
      'No item was answered by two people.',
    ],
  ])('of %s is undefined, in words', (_name, rows, reason) => {
    for (const options of [points, intervals]) {
      const report = agreement(answersOf(rows), field, options);
      expect(report.coefficients.length).toBeGreaterThan(0);
      for (const estimate of every(report)) expect(estimate).toEqual({ value: null, reason });
      expect(report.pairs).toEqual([]);
    }
  });

  test('where everybody says that there is nothing is no agreement by decree', () => {
    const report = agreement(
      answersOf([
        [nothing, nothing],
        [nothing, nothing],
      ]),
      field,
      intervals,
    );
    for (const estimate of every(report)) {
      if (estimate.value === null) expect(estimate.reason).toMatch(/^[A-Z].*\.$/);
      // A pair of empty texts, or of empty sets, is the same answer twice.
      else expect(['choice', 'text']).toContain(kind);
    }
    if (kind !== 'text') expect(headline(report).value).toBeNull();
  });

  test('does not depend on the order of items or of people, nor changes what it is given', () => {
    const rows = [
      [one, two, one],
      [two, two, nothing],
      [three, one, three],
      [one, one, null],
    ];
    const given = answersOf(rows);
    const before = JSON.stringify(given);
    const report = agreement(given, field, points);
    expect(JSON.stringify(given)).toBe(before);
    expect(agreement(given, field, points)).toEqual(report);
    const turned = agreement(answersOf(rows.map((row) => [row[2], row[0], row[1]]).reverse()), field, points);
    for (const [at, { estimate }] of report.coefficients.entries()) {
      const other = turned.coefficients[at]!.estimate;
      if (estimate.value === null) expect(other.value).toBeNull();
      // What gamma takes for chance is drawn.
      else expect(other.value).toBeCloseTo(estimate.value, report.coefficients[at]!.id === 'gamma' ? 1 : 12);
    }
    expect(turned.classes.map(({ labels }) => labels)).toEqual(report.classes.map(({ labels }) => labels));
    expect(turned.confusion).toEqual(report.confusion);
  });

  test('has intervals around it that are the same for the same seed, and says how they came', () => {
    const rows = Array.from({ length: 40 }, (_, item) => {
      const said = answers[item % 3];
      return [said, item % 5 === 0 ? answers[(item + 1) % 3] : said, item % 2 === 0 ? said : null];
    });
    const report = agreement(answersOf(rows), field, intervals);
    expect(agreement(answersOf(rows), field, intervals)).toEqual(report);
    const estimate = headline(report);
    if (estimate.value === null || estimate.ci95 === null) throw new Error('there is no interval');
    expect(estimate.ci95[0]).toBeLessThan(estimate.value);
    expect(estimate.ci95[1]).toBeGreaterThan(estimate.value);
    expect(estimate.method).toMatch(/; interval: percentile bootstrap over items, 200 resamples, seed 7$/);
    expect(headline(agreement(answersOf(rows), field, points)).value).toBe(estimate.value);
    expect(headline(agreement(answersOf(rows), field, { ...intervals, seed: 8 }))).not.toEqual(estimate);
  });

  test('of one item has no interval', () => {
    const estimate = headline(agreement(answersOf([[one, two, one]]), field, intervals));
    expect(estimate).toMatchObject({ ci95: null });
    expect(estimate.value === null || estimate.method).toMatch(/interval: none, too few items$/);
  });

  test('knows classes that the field no longer offers, or never did', () => {
    const report = agreement(
      answersOf([
        [one, one],
        [two, two],
      ]),
      offering('c'),
      points,
    );
    expect(headline(report).value).toBe(1);
    if (report.classes.length > 0) {
      expect(report.classes[0]).toMatchObject({ class: 'c', labels: 0, estimate: { value: null } });
      expect(report.classes.slice(1).map(({ class: id }) => id)).toEqual(['a', 'b']);
    }
  });
});
