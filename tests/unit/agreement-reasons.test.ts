import { describe, expect, test } from 'vitest';
import type { AgreementData } from '#core/agreement/agreement-data';
import { agreementByAnnotator } from '#core/agreement/annotator-agreement';
import { agreementByCategory } from '#core/agreement/category-agreement';
import type { RatingRow } from '#core/agreement/ratings-builder';
import { coefficients } from '#core/agreement/registry';
import { agreementOf, rowsOfUnits } from '../support/ratings';

const FULL = { interval: 'full', seed: 1 } as const;

const row = (item: string, annotator: string, label: string): RatingRow => ({ item, annotator, label });

function reasonOf(id: string, data: AgreementData): string | null {
  const estimate = coefficients.find((known) => known.id === id)!.run(data, FULL);
  return estimate.value === null ? estimate.reason : null;
}

const nominal = coefficients.filter(({ scale }) => scale === 'nominal').map(({ id }) => id);
const beyondChance = nominal.filter((id) => id !== 'percent-agreement');

describe('where the labels cannot say, there is a reason and no figure', () => {
  test.each([
    ['nothing at all', [], 'There are no labels.'],
    ['all missing', [row('1', 'a', ''), row('2', 'b', '')], 'There are no labels.'],
    ['one annotator', [row('1', 'a', 'x'), row('2', 'a', 'y')], 'All labels are by one annotator'],
    ['one annotator with labels', [row('1', 'a', 'x'), row('1', 'b', '')], 'All labels are by one annotator'],
    ['no overlap', [row('1', 'a', 'x'), row('2', 'b', 'y')], 'No item was labelled by two annotators.'],
    ['one item', [row('1', 'a', 'x'), row('1', 'b', 'y')], 'Only one item was labelled by two annotators'],
  ])('%s', (_, rows, reason) => {
    const data = agreementOf(rows);
    for (const id of nominal) expect(reasonOf(id, data), id).toContain(reason);
    for (const { estimate } of agreementByCategory(data, FULL)) {
      expect(estimate.value).toBeNull();
    }
    for (const { withOthers } of agreementByAnnotator(data, FULL)) expect(withOthers.value).toBeNull();
  });

  test('one class: agreement is whole, and what is beyond chance is not known', () => {
    const data = agreementOf(rowsOfUnits(['xx', 'xx', 'xx']));
    for (const id of beyondChance) expect(reasonOf(id, data), id).toMatch(/class/);
    expect(coefficients.find(({ id }) => id === 'percent-agreement')!.run(data, FULL).value).toBe(1);
  });

  test('one class of several that could be chosen', () => {
    const data = agreementOf(rowsOfUnits(['xx', 'xx']), ['x', 'y', 'z']);
    for (const id of beyondChance) expect(reasonOf(id, data), id).toMatch(/class/);
  });

  test('alpha looks at what two people labelled only', () => {
    const data = agreementOf(rowsOfUnits(['xx', 'xx', '.y']));
    expect(reasonOf('krippendorff-alpha-nominal', data)).toContain('only one class was ever chosen');
    expect(reasonOf('fleiss-kappa', data)).toBeNull();
  });

  test('an annotator with one label leaves the others their figures', () => {
    const data = agreementOf(rowsOfUnits(['xyx', 'yy.', 'xx.', 'yx.']));
    for (const id of nominal) expect(reasonOf(id, data), id).toBeNull();
    const [, , last] = agreementByAnnotator(data, FULL);
    expect(last!.withOthers.value).toBeNull();
  });

  test('no order', () => {
    const data = agreementOf(rowsOfUnits(['xy', 'yy', 'xx']));
    for (const id of coefficients.filter(({ scale }) => scale === 'ordinal').map(({ id }) => id)) {
      expect(reasonOf(id, data), id).toBe('The classes have no order: not all are numbers (“x” is none).');
    }
    expect(reasonOf('krippendorff-alpha-interval', data)).toBe('“x” is no number.');
    expect(reasonOf('krippendorff-alpha-ratio', data)).toBe('“x” is no number.');
  });

  test('an order makes no numbers', () => {
    const data = agreementOf(rowsOfUnits(['xy', 'yy', 'xx']), ['y', 'x']);
    expect(reasonOf('krippendorff-alpha-ordinal', data)).toBeNull();
    expect(reasonOf('krippendorff-alpha-interval', data)).toBe('“y” is no number.');
  });

  test('NaN is no number', () => {
    const rows = [row('1', 'a', '1'), row('1', 'b', 'NaN'), row('2', 'a', '1'), row('2', 'b', '1')];
    expect(reasonOf('krippendorff-alpha-interval', agreementOf(rows))).toBe('“NaN” is no number.');
    expect(reasonOf('krippendorff-alpha-nominal', agreementOf(rows))).toBeNull();
  });

  test('a ratio below 0', () => {
    const rows = [row('1', 'a', '-1'), row('1', 'b', '2'), row('2', 'a', '2'), row('2', 'b', '2')];
    expect(reasonOf('krippendorff-alpha-ratio', agreementOf(rows))).toContain('-1 is below 0');
    expect(reasonOf('krippendorff-alpha-interval', agreementOf(rows))).toBeNull();
  });

  test('a class that nobody chose, and one that everybody chose', () => {
    const found = agreementByCategory(agreementOf(rowsOfUnits(['xx', 'xx']), ['x', 'y']), FULL);
    expect(found.map(({ estimate }) => (estimate.value === null ? estimate.reason : ''))).toEqual([
      'Nobody ever chose another class.',
      'Nobody chose it.',
    ]);
  });

  test('pairs of one item, or of one class, are left out of a mean', () => {
    // a and b: 3 items; a and c: 1 item; b and c: 2 items, always x.
    const data = agreementOf(rowsOfUnits(['yxx', 'xx.', 'yy.', '.xx']));
    const estimate = coefficients.find(({ id }) => id === 'cohen-kappa')!.run(data, FULL);
    expect(estimate.value).toBeCloseTo(0.4, 12); // [[1, 0], [1, 1]]: a = 2/3, e = (1 * 2 + 2 * 1) / 9.
    expect(estimate.value === null ? '' : estimate.method).toContain('mean over one pair');
  });
});

test('1,000 classes', () => {
  const rows = Array.from({ length: 4000 }, (_, at) => {
    const item = Math.floor(at / 2);
    const isAgreed = item % 4 !== 0 || at % 2 === 0;
    return row(`item ${item}`, `annotator ${at % 2}`, `class ${isAgreed ? item % 1000 : (item + 1) % 1000}`);
  });
  const data = agreementOf(rows);
  expect(data.ratings.categories).toBe(1000);
  for (const id of nominal) {
    // Three items of four are agreed on, and chance is next to nothing.
    const { value } = coefficients.find((known) => known.id === id)!.run(data, FULL);
    expect(value, id).toBeCloseTo(0.75, 2);
  }
});
