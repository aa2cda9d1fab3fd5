import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { agreementByAnnotator } from '#core/agreement/annotator-agreement';
import { agreementByCategory } from '#core/agreement/category-agreement';
import type { AgreementData } from '#core/agreement/agreement-data';
import { COHEN } from '#core/agreement/cohen-kappa';
import { disagreements } from '#core/agreement/disagreements';
import type { Estimate } from '#core/agreement/estimate';
import { pairEstimate } from '#core/agreement/pair-estimate';
import { PairTally } from '#core/agreement/pair-tally';
import { coefficients } from '#core/agreement/registry';
import { studentT95 } from '#core/stats/student-t';
import { agreementOf, rowsOfCounts, rowsOfTable, rowsOfUnits } from '../support/ratings';

const FULL = { interval: 'full', seed: 1 } as const;

function run(id: string, data: AgreementData): { value: number; ci95: readonly [number, number]; method: string } {
  const coefficient = coefficients.find((known) => known.id === id);
  return defined(coefficient!.run(data, FULL));
}

function defined(estimate: Estimate): { value: number; ci95: readonly [number, number]; method: string } {
  if (estimate.value === null) throw new Error(estimate.reason);
  return { ...estimate, ci95: estimate.ci95! };
}

/** Fleiss 1971, table 1, as in the data set `diagnoses` of R's irr: who of the six said what is not known, only how many. */
const FLEISS_1971 = [
  '444444 222555 233335 555555 222444 113333 333355 113334 114444 555555',
  '144444 124444 222333 144444 224445 333335 111455 111112 224444 133555',
  '555555 244444 224555 114444 144445 222224 111155 224444 133333 555555',
].flatMap((line) => line.split(' '));

/** Wikipedia, “Fleiss' kappa”: ten subjects, 14 raters, five categories. */
const WIKIPEDIA = [
  [0, 0, 0, 0, 14],
  [0, 2, 6, 4, 2],
  [0, 0, 3, 5, 6],
  [0, 3, 9, 2, 0],
  [2, 2, 8, 1, 1],
  [7, 7, 0, 0, 0],
  [3, 2, 6, 3, 0],
  [2, 5, 3, 2, 2],
  [6, 5, 2, 1, 0],
  [0, 2, 2, 3, 7],
];

/** Krippendorff 2011, “Computing Krippendorff's alpha-reliability”, example C; irrCAC's `cac.raw4raters` (Gwet 2014, page 120). */
const KRIPPENDORFF = '11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 ..3.'.split(' ');

/** Hayes and Krippendorff 2007, table 1: 40 articles, five observers. */
const HAYES_2007 = [
  '112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111. .100. 0000. 1222. 33223 111.1 111.1 212.2 1233. 1101. 000.0',
  '0011. 00.00 2333. 0000. 12.22 0111. 00010 1212. 1122. 112.2 110.0 2121. 22.22 3222. 222.2 223.2 222.2 22.12 2222. 111.1',
].flatMap((line) => line.split(' '));

/** irrCAC's `cont3x3abstractors`. */
const ABSTRACTORS = [
  [13, 0, 0],
  [0, 20, 7],
  [0, 4, 56],
];

/** irrCAC's `distrib.6raters`: 15 patients, six psychiatrists. */
const SIX_RATERS = FLEISS_1971.slice(0, 15);

describe('published figures', () => {
  const data = {
    fleiss: agreementOf(rowsOfUnits(FLEISS_1971)),
    wikipedia: agreementOf(rowsOfCounts(WIKIPEDIA)),
    krippendorff: agreementOf(rowsOfUnits(KRIPPENDORFF)),
    hayes: agreementOf(rowsOfUnits(HAYES_2007)),
    abstractors: agreementOf(rowsOfTable(ABSTRACTORS)),
    six: agreementOf(rowsOfUnits(SIX_RATERS)),
    // The example of the FREQ procedure in SAS, as statsmodels tests it.
    sas: agreementOf(
      rowsOfTable([
        [0, 4, 1],
        [0, 8, 0],
        [0, 1, 5],
      ]),
    ),
    cohen: agreementOf(
      rowsOfTable([
        [20, 5],
        [10, 15],
      ]),
    ),
  };

  test.each([
    ['Fleiss 1971; irr 0.84 kappam.fleiss(diagnoses)', data.fleiss, 'fleiss-kappa', 0.4302445],
    ['Wikipedia, Fleiss’ kappa', data.wikipedia, 'fleiss-kappa', 0.21],
    ['Krippendorff 2011', data.krippendorff, 'krippendorff-alpha-nominal', 0.743],
    ['Krippendorff 2011', data.krippendorff, 'krippendorff-alpha-ordinal', 0.815],
    ['Krippendorff 2011', data.krippendorff, 'krippendorff-alpha-interval', 0.849],
    ['Krippendorff 2011', data.krippendorff, 'krippendorff-alpha-ratio', 0.797],
    ['Hayes and Krippendorff 2007', data.hayes, 'krippendorff-alpha-ordinal', 0.7598],
    ['Grill’s krippendorff-alpha on the same data', data.hayes, 'krippendorff-alpha-nominal', 0.477],
    ['Grill’s krippendorff-alpha on the same data', data.hayes, 'krippendorff-alpha-interval', 0.757],
    ['irrCAC kappa2.table', data.abstractors, 'cohen-kappa', 0.7964094],
    ['irrCAC scott2.table', data.abstractors, 'scott-pi', 0.7962397],
    ['irrCAC krippen2.table', data.abstractors, 'krippendorff-alpha-nominal', 0.7972585],
    ['irrCAC gwet.ac1.table', data.abstractors, 'gwet-ac1', 0.8493305],
    ['irrCAC bp2.table', data.abstractors, 'brennan-prediger', 0.835],
    ['irrCAC pa2.table', data.abstractors, 'percent-agreement', 0.89],
    ['scikit-learn cohen_kappa_score, linear', data.abstractors, 'weighted-kappa-linear', 0.8429],
    ['scikit-learn cohen_kappa_score, quadratic', data.abstractors, 'weighted-kappa-quadratic', 0.8922],
    ['irrCAC conger.kappa.raw', data.krippendorff, 'conger-kappa', 0.76282],
    ['by hand, in the header of its file', data.cohen, 'cohen-kappa', 0.4],
    ['by hand, in the header of its file', data.cohen, 'scott-pi', 0.3939],
  ])('%s: %#', (_, ratings, id, value) => {
    const digits = String(value).split('.')[1]!.length;
    const precision = id === 'fleiss-kappa' && value === 0.21 ? 3 : digits;
    expect(run(id, ratings).value).toBeCloseTo(value, precision);
  });

  // All as irrCAC prints them in its README, from raw readings or, by the same formulas, from their distribution by item.
  test.each([
    ['percent-agreement', data.krippendorff, 0.81818, 0.12561, [0.542, 1]],
    ['gwet-ac1', data.krippendorff, 0.77544, 0.14295, [0.461, 1]],
    ['fleiss-kappa', data.krippendorff, 0.76117, 0.15302, [0.424, 1]],
    ['krippendorff-alpha-nominal', data.krippendorff, 0.74342, 0.14548, [0.423, 1]],
    ['conger-kappa', data.krippendorff, 0.76282, 0.14917, [0.435, 1]],
    ['brennan-prediger', data.krippendorff, 0.77273, 0.14472, [0.454, 1]],
    ['gwet-ac1', data.six, 0.4448007, 0.08418757, [0.264, 0.625]],
    ['fleiss-kappa', data.six, 0.4139265, 0.08119291, [0.24, 0.588]],
    ['brennan-prediger', data.six, 0.4388889, 0.08312142, [0.261, 0.617]],
  ] as const)('irrCAC’s interval of %s', (id, ratings, value, error, [low, high]) => {
    const estimate = run(id, ratings);
    expect(estimate.value).toBeCloseTo(value, 5);
    expect(estimate.ci95.map((end) => Number(end.toFixed(3)))).toEqual([low, high]);
    const degrees = ratings.counts.rated - 1;
    expect((estimate.value - estimate.ci95[0]) / studentT95(degrees)).toBeCloseTo(error, 5);
    expect(estimate.method).toContain('Gwet 2014');
  });

  // SAS, FREQ procedure, by statsmodels’ test_inter_rater.py: asymptotic standard errors of Fleiss, Cohen and Everitt.
  test.each([
    ['cohen-kappa', 0.4842, 0.2137, 0.7547],
    ['weighted-kappa-linear', 0.4701, 0.1845, 0.7558],
  ])('SAS’s interval of %s', (id, value, low, high) => {
    const estimate = run(id, data.sas);
    expect(estimate.value).toBeCloseTo(value, 4);
    expect(estimate.ci95[0]).toBeCloseTo(low, 4);
    expect(estimate.ci95[1]).toBeCloseTo(high, 4);
    expect(estimate.method).toContain('Fleiss, Cohen and Everitt 1969');
  });

  // irr 0.84, kappa2(anxiety[, 2:3]), as in statsmodels’ test_inter_rater.py: the ranks of the categories that were chosen.
  test.each([
    ['cohen-kappa', -0.006289308],
    ['weighted-kappa-linear', 0.1459075],
    ['weighted-kappa-quadratic', 0.2520325],
  ])('irr’s %s of its data set anxiety', (id, value) => {
    const units = '32 61 44 64 23 42 21 46 31 31 21 32 33 33 21 21 13 33 32 42';
    const rows = rowsOfUnits(units.replaceAll('6', '5').split(' '));
    expect(run(id, agreementOf(rows)).value).toBeCloseTo(value, 6);
  });

  test('each category of Fleiss 1971 against the others', () => {
    // irr 0.84, kappam.fleiss(diagnoses, detail = TRUE).
    const found = agreementByCategory(data.fleiss, FULL);
    expect(found.map(({ estimate }) => Number(defined(estimate).value.toFixed(3)))).toEqual([
      0.245, 0.245, 0.52, 0.471, 0.566,
    ]);
    expect(found.map(({ labels }) => labels)).toEqual([26, 26, 30, 55, 43]);
  });

  test('a pair of Fleiss 1971', () => {
    // irr 0.84, kappa2(diagnoses[, 1:2]).
    const tally = new PairTally(data.fleiss.pairs, null);
    tally.count(0);
    expect(defined(pairEstimate(tally, COHEN, 'full')).value).toBeCloseTo(0.651, 3);
  });
});

test('examples in the headers of their files', () => {
  const data = agreementOf(rowsOfUnits(['xxy', 'yyy']));
  expect(run('percent-agreement', data).value).toBeCloseTo(2 / 3, 12);
  expect(run('fleiss-kappa', data).value).toBeCloseTo(1 / 4, 12);
  expect(run('conger-kappa', data).value).toBeCloseTo(1 / 3, 12);
  expect(run('brennan-prediger', data).value).toBeCloseTo(1 / 3, 12);
  expect(defined(agreementByCategory(data, FULL)[0]!.estimate).value).toBeCloseTo(1 / 4, 12);
  const withLone = agreementOf(rowsOfUnits(['xxy', 'yyy', 'x..']));
  expect(run('krippendorff-alpha-nominal', withLone).value).toBeCloseTo(0.375, 12);
  expect(run('krippendorff-alpha-ordinal', agreementOf(rowsOfUnits(['11', '12', '23']))).value).toBeCloseTo(
    19 / 36,
    12,
  );
});

test('unequal steps: weights go by the numbers, as irrCAC’s do', () => {
  // By hand: quadratic weights of 1, 2 and 5 are 1 - d^2 / 16; 4 items (1 1), (1 2), (2 5), (5 5): a = (1 + 15/16 + 7/16 + 1) / 4,
  // shares 3/8, 2/8, 3/8; T = 3 + 2 (15/16 + 0 + 7/16) = 5.75; e = 5.75 / 6 * (1 - 22/64) = 0.62890625.
  const data = agreementOf(rowsOfUnits(['11', '12', '25', '55']));
  expect(run('gwet-ac2-quadratic', data).value).toBeCloseTo((27 / 32 - 0.62890625) / (1 - 0.62890625), 12);
  // The same as ranks: d is at most 2.
  const ranked = agreementOf(rowsOfUnits(['ll', 'lm', 'mh', 'hh']), ['l', 'm', 'h']);
  const expected = ((3 + 2 * (3 / 4 + 3 / 4)) / 6) * (1 - 22 / 64);
  expect(run('gwet-ac2-quadratic', ranked).value).toBeCloseTo((7 / 8 - expected) / (1 - expected), 12);
});

test('the last of several readings stands', () => {
  const rows = rowsOfUnits(['xy', 'yy', 'xx']);
  const again = agreementOf([...rows, { item: 'item 1', annotator: 'annotator 1', label: 'y' }]);
  const once = agreementOf(rowsOfUnits(['yy', 'yy', 'xx']));
  expect(again.setAside).toBe(1);
  for (const { id } of coefficients.filter(({ scale }) => scale === 'nominal')) {
    expect(run(id, again).value).toBe(run(id, once).value);
  }
});

test('annotators with the others, and the items they disagree on', () => {
  const data = agreementOf(rowsOfUnits(['xxy', 'yyy', 'xy.', 'x..']));
  const found = agreementByAnnotator(data, FULL);
  // By hand: annotator 1 has 1/2, 1 and 0 of the others on three items.
  expect(found.map(({ labels, items }) => [labels, items])).toEqual([
    [4, 3],
    [3, 3],
    [2, 2],
  ]);
  expect(defined(found[0]!.withOthers).value).toBeCloseTo(0.5, 12);
  expect(defined(found[2]!.withOthers).value).toBeCloseTo(0.5, 12);
  expect(disagreements(data.counts)).toEqual([
    { item: 2, agreement: 0, readings: 2 },
    { item: 0, agreement: expect.closeTo(1 / 3, 12) as number, readings: 3 },
  ]);
});

// Student's t, 0.975 quantile: NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2; more digits from R's qt().
test.each([
  [1, 12.7062047],
  [2, 4.30265273],
  [3, 3.18244631],
  [10, 2.22813885],
  [29, 2.04522964],
  [100, 1.98397152],
  [101, 1.983731],
  [1000, 1.96233903],
])('Student’s t with %d degrees of freedom', (degrees, quantile) => {
  expect(studentT95(degrees)).toBeCloseTo(quantile, 6);
});

const DATA = process.env.CONCORD_DATA ?? '';

interface GwetFixture {
  readonly table: readonly (readonly number[])[];
  readonly cases: readonly { readonly measure: 'AC1' | 'AC2'; readonly coefficient: number }[];
}

test.skipIf(DATA === '')('irrCAC’s fixtures among the real data', () => {
  const folder = join(DATA, 'agreement', 'gwet');
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const { table, cases } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as GwetFixture;
    for (const { measure, coefficient } of cases) {
      const id = measure === 'AC1' ? 'gwet-ac1' : 'gwet-ac2-quadratic';
      expect(run(id, agreementOf(rowsOfTable(table))).value).toBeCloseTo(coefficient, 5);
    }
  }
});
