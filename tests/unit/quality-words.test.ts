import { describe, expect, test } from 'vitest';
import { coefficients } from '#core/agreement/registry';
import { coefficientWords } from '../../src/lib/ui/quality/coefficient-words';
import { estimateInWords, inInterval, inPercent, inTwo } from '../../src/lib/ui/quality/figures-words';
import { gradeOf } from '../../src/lib/ui/quality/grade';
import { linearScale } from '../../src/lib/ui/quality/plot-scale';
import { reportLinks } from '../../src/lib/ui/quality/report-links';
import { reportNames } from '../../src/lib/ui/quality/report-names';
import { sortRows, sortedBy } from '../../src/lib/ui/quality/sort-rows';
import { verdict } from '../../src/lib/ui/quality/verdict';
import { annotatorReport, estimate, fieldReport } from '../support/quality-report';

const alpha = (value: number, ci95: readonly [number, number] | null) =>
  fieldReport({
    coefficients: [{ id: 'krippendorff-alpha-nominal', name: "Krippendorff's alpha", estimate: estimate(value, ci95) }],
  });

describe('Agreement in a sentence', () => {
  test.each([
    [0.81, [0.77, 0.85], 'Agreement is good: alpha 0.81 (0.77-0.85) over 412 items by 4 people.'],
    [0.7, [0.6, 0.79], 'Agreement is fair: alpha 0.70 (0.60-0.79) over 412 items by 4 people.'],
    [-0.02, [-0.11, 0.08], 'Agreement is poor: alpha -0.02 (-0.11 to 0.08) over 412 items by 4 people.'],
    [0.9, null, 'Agreement is good: alpha 0.90 over 412 items by 4 people.'],
  ] as const)('of %d', (value, ci95, sentence) => {
    expect(verdict(alpha(value, ci95)).sentence).toBe(sentence);
  });

  test.each([
    [0.81, [0.77, 0.85], 'The interval reaches below 0.8: with more items it may turn out fair.'],
    [0.6, [0.5, 0.7], 'The interval reaches above 0.667: with more items it may turn out fair.'],
    [0.7, [0.5, 0.75], 'The interval reaches below 0.667: with more items it may turn out poor.'],
    [0.75, [0.7, 0.82], 'The interval reaches above 0.8: with more items it may turn out good.'],
    [0.7, [0.5, 0.9], 'The interval reaches from poor to good.'],
    [0.9, [0.85, 0.95], ''],
    [0.9, null, 'Its interval is being computed.'],
  ] as const)('says how sure the word is: %d %j', (value, ci95, more) => {
    expect(verdict(alpha(value, ci95)).more).toBe(more);
  });

  test('has no word where the coefficient is not corrected for chance', () => {
    const percent = fieldReport({
      headline: 'percent-agreement',
      coefficients: [{ id: 'percent-agreement', name: 'Percent agreement', estimate: estimate(0.9, [0.88, 0.92]) }],
    });
    expect(verdict(percent)).toMatchObject({
      grade: null,
      sentence: 'Agreement: percent agreement 0.90 (0.88-0.92) over 412 items by 4 people.',
    });
  });

  const unknown = [
    {
      id: 'krippendorff-alpha-nominal',
      name: "Krippendorff's alpha",
      estimate: { value: null, reason: 'R.' } as const,
    },
  ];
  test.each([
    [{ items: 0, overlapping: 0, annotators: 0 }, 'nobody has answered this question.', 'label'],
    [{ items: 1, overlapping: 0, annotators: 1 }, 'one person has answered, 1 item so far.', 'invite'],
    [
      { items: 1200, overlapping: 0, annotators: 3 },
      'none of the 1,200 items was labelled by two people.',
      'ask-twice',
    ],
  ] as const)('says what is missing: %j', (changes, why, next) => {
    expect(verdict(fieldReport({ coefficients: unknown, ...changes }))).toMatchObject({
      sentence: `Agreement cannot be said yet: ${why}`,
      grade: null,
      next,
    });
  });

  test('gives the reason why a coefficient is undefined', () => {
    const reason = 'All labels are of one class.';
    const field = fieldReport({ coefficients: [{ ...unknown[0]!, estimate: { value: null, reason } }] });
    expect(verdict(field).sentence).toBe('Agreement cannot be said yet: all labels are of one class.');
  });
});

describe('Figures', () => {
  test.each([
    [0.8, 'good'],
    [0.7951, 'good'],
    [0.7949, 'fair'],
    [0.667, 'fair'],
    [0.66, 'poor'],
    [-1, 'poor'],
  ] as const)('%d is called %s, as it is shown', (value, grade) => {
    expect(gradeOf(value)).toBe(grade);
  });

  test.each([
    [0, '0 %'],
    [0.001, '1 %'],
    [0.5, '50 %'],
    [0.999, '99 %'],
    [1, '100 %'],
  ])('%d is %s', (share, words) => {
    expect(inPercent(share)).toBe(words);
  });

  test('no figure is a negative zero', () => {
    expect(inTwo(-0.001)).toBe('0.00');
    expect(inInterval([-0.001, 0.5])).toBe('0.00-0.50');
  });

  test('an estimate is a figure, with or without its interval, or a reason', () => {
    expect(estimateInWords(estimate(0.5, [0.25, 0.75]))).toBe('0.50 (0.25-0.75)');
    expect(estimateInWords(estimate(0.5, null))).toBe('0.50');
    expect(estimateInWords({ value: null, reason: 'One class.' })).toBe('One class.');
  });

  test.each([
    ['Krippendorff’s alpha, ordinal', 'alpha'],
    ['Krippendorff’s unitizing alpha', 'unitizing alpha'],
    ['Fleiss’ kappa', 'kappa'],
    ["Gwet's AC1", 'AC1'],
    ['Weighted kappa, linear', 'weighted kappa'],
    ['Brennan-Prediger, quadratic', 'Brennan-Prediger'],
    ['F1, same class', 'F1'],
    ['Mean IoU of matched boxes', 'mean IoU of matched boxes'],
  ])('%s is %s in a sentence', (name, short) => {
    expect(coefficientWords('x', name).short).toBe(short);
  });

  test.each(coefficients)('$name is explained, and good or fair where it is corrected for chance', ({ id, name }) => {
    const words = coefficientWords(id, name);
    expect(words.about).not.toBe('');
    expect(words.isGraded).toBe(id !== 'percent-agreement');
  });

  test('a coefficient that nobody has heard of has neither words nor a grade', () => {
    expect(coefficientWords('x', 'Entropy')).toEqual({ short: 'entropy', about: '', isGraded: false });
  });
});

describe('Rows', () => {
  const rows = [{ v: 2 }, { v: null }, { v: 1 }, { v: 3 }];
  test('without a figure come last, whichever way the others stand', () => {
    expect(sortRows(rows, ({ v }) => v, 'ascending').map(({ v }) => v)).toEqual([1, 2, 3, null]);
    expect(sortRows(rows, ({ v }) => v, 'descending').map(({ v }) => v)).toEqual([3, 2, 1, null]);
  });

  test('are sorted by another column as that is read best, by the same one the other way', () => {
    expect(sortedBy({ by: 'a', order: 'ascending' }, 'b', 'descending')).toEqual({ by: 'b', order: 'descending' });
    expect(sortedBy({ by: 'b', order: 'descending' }, 'b', 'descending')).toEqual({ by: 'b', order: 'ascending' });
  });
});

describe('Scales', () => {
  test.each([
    [[0, 1], 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [[-0.3, 1], 5, [0, 0.5, 1]],
    [[0, 2400], 5, [0, 500, 1000, 1500, 2000]],
    [[0, 7], 1, [0]],
  ] as const)('of %j have round ticks', (domain, about, ticks) => {
    expect(linearScale(domain, [0, 100], about).ticks).toEqual(ticks);
  });

  test('put ends to ends, and stand a span of nothing', () => {
    const scale = linearScale([0, 10], [200, 0], 5);
    expect([scale.at(0), scale.at(5), scale.at(10)]).toEqual([200, 100, 0]);
    expect(linearScale([3, 3], [0, 10], 2).at(3)).toBe(0);
  });
});

describe('What a figure was made of', () => {
  const links = reportLinks('#/p/x');
  test('is one address away', () => {
    expect(links.pair('a', 'b')).toBe('#/p/x/review?which=disagreed&authors=a,b');
    expect(links.confusion('label', 'cat', 'dog')).toBe('#/p/x/review?which=disagreed&classes=label:cat:dog');
    expect(links.class('label', 'cat')).toBe('#/p/x/items?class=label:cat');
    expect(links.review({ which: 'unsure' })).toBe('#/p/x/review?which=unsure');
  });
});

describe('Names', () => {
  test('of two who are called the same are told apart', () => {
    const annotators = [annotatorReport({ author: 'aaaa1' }), annotatorReport({ author: 'bbbb2' })];
    const names = reportNames({ annotators, fields: [] });
    expect([names.person('aaaa1'), names.person('bbbb2'), names.person('gone')]).toEqual([
      'Ada aaaa',
      'Ada bbbb',
      'Somebody',
    ]);
  });

  test('of a class that the report does not have is its id', () => {
    expect(reportNames({ annotators: [], fields: [fieldReport()] }).class('label', 'cat')).toBe('cat');
  });
});
