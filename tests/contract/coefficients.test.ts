import { describe, expect, test } from 'vitest';
import { AgreementData } from '#core/agreement/agreement-data';
import { NOMINAL } from '#core/agreement/category-scale';
import { coefficients } from '#core/agreement/registry';
import { agreementOf, rowsOfUnits } from '../support/ratings';

const UNITS = '11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 ..3.'.split(' ');
const FULL = { interval: 'full', seed: 7 } as const;

test('ids and names are unique, and explanations are sentences', () => {
  expect(new Set(coefficients.map(({ id }) => id)).size).toBe(coefficients.length);
  expect(new Set(coefficients.map(({ name }) => name)).size).toBe(coefficients.length);
  for (const { id, explanation } of coefficients) {
    expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(explanation).toMatch(/^[A-Z].*\.$/);
  }
});

describe.each(coefficients.map((coefficient) => [coefficient.id, coefficient] as const))('%s', (_, coefficient) => {
  test('has an interval about its value, and names how it was found', () => {
    const estimate = coefficient.run(agreementOf(rowsOfUnits(UNITS)), FULL);
    if (estimate.value === null) throw new Error(estimate.reason);
    const [low, high] = estimate.ci95!;
    expect(low).toBeLessThan(estimate.value);
    expect(high).toBeGreaterThan(estimate.value);
    expect(high).toBeLessThanOrEqual(1);
    expect(estimate.method).toMatch(/; interval: .*(?:\d{4}|bootstrap)/);
  });

  test('is the same for the same seed, and leaves the ratings as they are', () => {
    const data = agreementOf(rowsOfUnits(UNITS));
    const before = structuredClone({ ...data.ratings });
    const once = coefficient.run(data, FULL);
    expect(coefficient.run(data, FULL)).toEqual(once);
    expect(coefficient.run(agreementOf(rowsOfUnits(UNITS)), FULL)).toEqual(once);
    expect({ ...data.ratings }).toEqual(before);
  });

  test('gives the same figure without its interval', () => {
    const data = agreementOf(rowsOfUnits(UNITS));
    const quick = coefficient.run(data, { interval: 'none', seed: 7 });
    expect(quick).toEqual({ ...coefficient.run(data, FULL), ci95: null });
  });

  test('is 1 where everybody agrees, with an interval up to it', () => {
    const estimate = coefficient.run(agreementOf(rowsOfUnits(['111', '222', '333', '111'])), FULL);
    expect(estimate.value).toBeCloseTo(1, 12);
    if (estimate.value !== null) expect(estimate.ci95![1]).toBeCloseTo(1, 12);
  });

  test('says in a sentence that nothing is not enough', () => {
    const empty = { items: 0, annotators: 0, categories: 0, start: new Uint32Array(1) };
    const none = { ...empty, annotator: new Uint32Array(), category: new Uint32Array() };
    const estimate = coefficient.run(new AgreementData(none, NOMINAL), FULL);
    expect(estimate.value === null ? estimate.reason : '').toMatch(/^[A-Z“].*\.$/);
  });
});
