import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { AgreementData } from '#core/agreement/agreement-data';
import { agreementByCategory } from '#core/agreement/category-agreement';
import { coefficients } from '#core/agreement/registry';
import { Random } from '#core/random';
import { studentT95 } from '#core/stats/student-t';
import { agreementOf, rowsOfUnits } from '../support/ratings';

// Slow oracles, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const SEED = 20140906;
const ORDER = ['1', '2', '4', '5'];

/** Items by annotators; `.`: nothing was said. */
const tables = (least = 2): fc.Arbitrary<string[]> =>
  fc.integer({ min: 2, max: 5 }).chain((annotators) => {
    const label = fc.constantFrom('.', ...ORDER, '1', '2');
    const unit = fc.array(label, { minLength: annotators, maxLength: annotators }).map((said) => said.join(''));
    return fc.array(unit, { minLength: least, maxLength: 9 });
  });

const complete = fc
  .array(fc.tuple(fc.constantFrom(...ORDER), fc.constantFrom(...ORDER)), { minLength: 2, maxLength: 12 })
  .map((units) => units.map((pair) => pair.join('')));

const dataOf = (units: readonly string[]): AgreementData => agreementOf(rowsOfUnits(units), ORDER);

function run(id: string, data: AgreementData, interval: 'none' | 'full' = 'none') {
  return coefficients.find((known) => known.id === id)!.run(data, { interval, seed: 1 });
}

const check = (units: fc.Arbitrary<string[]>, holds: (units: readonly string[]) => void) => {
  fc.assert(fc.property(units, holds), { seed: SEED, numRuns: 150 });
};

const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);
const range = (length: number): number[] => Array.from({ length }, (_, at) => at);

type Weight = (a: string, b: string) => number;
const WEIGHTS: Readonly<Record<string, Weight>> = {
  '': (a, b) => (a === b ? 1 : 0),
  '-linear': (a, b) => 1 - Math.abs(Number(a) - Number(b)) / 4,
  '-quadratic': (a, b) => 1 - (Number(a) - Number(b)) ** 2 / 16,
};

/** Mean weight of all ordered pairs of different readings, by loops over them. */
function agreementOfUnit(said: readonly string[], weight: Weight): number {
  const pairs = said.flatMap((one, at) => said.filter((_, other) => other !== at).map((other) => weight(one, other)));
  return sum(pairs) / pairs.length;
}

const saidIn = (unit: string): string[] => [...unit].filter((label) => label !== '.');

/** Gwet 2014, chapters 2 and 5, by its sums over items and categories as they are printed. */
function gwet(units: readonly string[], kind: 'fleiss' | 'ac' | 'bp', weight: Weight) {
  const items = units.map(saidIn).filter((said) => said.length > 0);
  const n = items.length;
  const paired = items.filter((said) => said.length > 1).length;
  const a = sum(items.map((said) => (said.length > 1 ? agreementOfUnit(said, weight) : 0))) / paired;
  const share = (said: readonly string[], k: string) => said.filter((one) => one === k).length / said.length;
  const p = (k: string) => sum(items.map((said) => share(said, k))) / n;
  const q = ORDER.length;
  const all = sum(ORDER.flatMap((k) => ORDER.map((l) => weight(k, l))));
  const chanceOf = (k: string): number => {
    if (kind === 'fleiss') return sum(ORDER.map((l) => weight(k, l) * p(l)));
    return kind === 'ac' ? (all / (q * (q - 1))) * (1 - p(k)) : all / q ** 2;
  };
  const chance = new Map(ORDER.map((k) => [k, chanceOf(k)]));
  const e = sum(ORDER.map((k) => p(k) * chance.get(k)!));
  const value = (a - e) / (1 - e);
  const squares = items.map((said) => {
    const ei = sum(said.map((k) => chance.get(k)!)) / said.length;
    const first = said.length > 1 ? ((n / paired) * (agreementOfUnit(said, weight) - e)) / (1 - e) : 0;
    return (first - (2 * (1 - value) * (ei - e)) / (1 - e) - value) ** 2;
  });
  return { value, error: Math.sqrt(sum(squares) / (n * (n - 1))), n };
}

/** Krippendorff's alpha by its matrix of coincidences, label by label. */
function alphaByCoincidences(
  units: readonly string[],
  distance: (c: string, k: string, n: (g: string) => number) => number,
) {
  const items = units.map(saidIn).filter((said) => said.length > 1);
  const o = (c: string, k: string) =>
    sum(
      items.map((said) => {
        const pairs = said.flatMap((one, at) =>
          said.filter((other, place) => place !== at && one === c && other === k),
        );
        return pairs.length / (said.length - 1);
      }),
    );
  const n = (c: string) => sum(ORDER.map((k) => o(c, k)));
  const total = sum(ORDER.map(n));
  const over = (of: (c: string, k: string) => number) => sum(ORDER.flatMap((c) => ORDER.map((k) => of(c, k))));
  const observed = over((c, k) => o(c, k) * distance(c, k, n));
  const expected = over((c, k) => (n(c) * n(k) * distance(c, k, n)) / (total - 1));
  return 1 - observed / expected;
}

const METRICS = {
  nominal: (c: string, k: string) => (c === k ? 0 : 1),
  ordinal: (c: string, k: string, n: (g: string) => number) => {
    const [low, high] = [c, k].map((one) => ORDER.indexOf(one)).sort((a, b) => a - b) as [number, number];
    return (sum(ORDER.slice(low, high + 1).map(n)) - (n(c) + n(k)) / 2) ** 2;
  },
  interval: (c: string, k: string) => (Number(c) - Number(k)) ** 2,
  ratio: (c: string, k: string) => ((Number(c) - Number(k)) / (Number(c) + Number(k))) ** 2,
};

/** Cohen's kappa by the table of two annotators, with the variance of Fleiss, Cohen and Everitt as printed; null: undefined. */
function kappaByTable(units: readonly string[], a: number, b: number, weight: Weight) {
  const both = units.filter((unit) => unit[a] !== '.' && unit[b] !== '.');
  const n = both.length;
  const p = (k: string, l: string) => both.filter((unit) => unit[a] === k && unit[b] === l).length / n;
  const row = (k: string) => sum(ORDER.map((l) => p(k, l)));
  const column = (l: string) => sum(ORDER.map((k) => p(k, l)));
  const over = (of: (k: string, l: string) => number) => sum(ORDER.flatMap((k) => ORDER.map((l) => of(k, l))));
  const e = over((k, l) => weight(k, l) * row(k) * column(l));
  if (n < 2 || ORDER.some((k) => p(k, k) === 1)) return null;
  const value = (over((k, l) => weight(k, l) * p(k, l)) - e) / (1 - e);
  const rowMean = (k: string) => sum(ORDER.map((l) => column(l) * weight(k, l)));
  const columnMean = (l: string) => sum(ORDER.map((k) => row(k) * weight(k, l)));
  const squares = over((k, l) => p(k, l) * (weight(k, l) - (rowMean(k) + columnMean(l)) * (1 - value)) ** 2);
  const variance = (squares - (value - e * (1 - value)) ** 2) / (n * (1 - e) ** 2);
  return { value, error: Math.sqrt(Math.max(0, variance)) };
}

describe.each(Object.keys(WEIGHTS))('against sums over all pairs of readings, weights “%s”', (name) => {
  const weight = WEIGHTS[name]!;

  test.each([
    ...(name === '' ? ([['fleiss', 'fleiss-kappa']] as const) : []),
    ['ac', name === '' ? 'gwet-ac1' : `gwet-ac2${name}`],
    ['bp', `brennan-prediger${name}`],
  ] as const)(`%s, seed ${SEED}`, (kind, id) => {
    check(tables(), (units) => {
      const found = run(id, dataOf(units), 'full');
      if (found.value === null) return;
      const { value, error, n } = gwet(units, kind, weight);
      expect(found.value).toBeCloseTo(value, 9);
      expect((found.value - found.ci95![0]) / studentT95(n - 1)).toBeCloseTo(error, 8);
    });
  });

  test(`kappa of every pair, and their mean, seed ${SEED}`, () => {
    check(tables(), (units) => {
      const id = name === '' ? 'cohen-kappa' : `weighted-kappa${name}`;
      const found = run(id, dataOf(units), 'none');
      if (found.value === null) return;
      const annotators = range(units[0]!.length);
      const all = annotators.flatMap((a) =>
        annotators.slice(a + 1).map((b) => kappaByTable(units, a, b, weight)?.value ?? NaN),
      );
      const defined = all.filter((value) => !Number.isNaN(value));
      expect(found.value).toBeCloseTo(sum(defined) / defined.length, 9);
    });
  });

  test(`the interval of one pair, seed ${SEED}`, () => {
    check(complete, (units) => {
      const found = run(name === '' ? 'cohen-kappa' : `weighted-kappa${name}`, dataOf(units), 'full');
      const expected = kappaByTable(units, 0, 1, weight);
      expect(found.value === null).toBe(expected === null);
      if (found.value === null || expected === null) return;
      expect(found.value).toBeCloseTo(expected.value, 9);
      expect((found.value - found.ci95![0]) / 1.959964).toBeCloseTo(expected.error, 5);
    });
  });
});

test.each(Object.entries(METRICS))(
  `alpha, %s, against the matrix of coincidences, seed ${SEED}`,
  (metric, distance) => {
    check(tables(), (units) => {
      const found = run(`krippendorff-alpha-${metric}`, dataOf(units));
      if (found.value !== null) expect(found.value).toBeCloseTo(alphaByCoincidences(units, distance), 9);
    });
  },
);

test(`Conger's chance is the mean over pairs of annotators, seed ${SEED}`, () => {
  check(tables(), (units) => {
    const found = run('conger-kappa', dataOf(units));
    if (found.value === null) return;
    const said = range(units[0]!.length)
      .map((who) => units.map((unit) => unit[who]!).filter((label) => label !== '.'))
      .filter((labels) => labels.length > 0);
    const share = (labels: readonly string[], k: string) => labels.filter((one) => one === k).length / labels.length;
    const pairs = said.flatMap((one, at) =>
      said.filter((_, other) => other !== at).map((other) => [one, other] as const),
    );
    const e = sum(pairs.map(([one, other]) => sum(ORDER.map((k) => share(one, k) * share(other, k))))) / pairs.length;
    const paired = units.map(saidIn).filter((labels) => labels.length > 1);
    const a = sum(paired.map((labels) => agreementOfUnit(labels, WEIGHTS['']!))) / paired.length;
    expect(found.value).toBeCloseTo((a - e) / (1 - e), 9);
  });
});

test(`each class against the others is Fleiss' kappa of two classes, interval too, seed ${SEED}`, () => {
  check(tables(), (units) => {
    const found = agreementByCategory(dataOf(units), { interval: 'full', seed: 1 });
    for (const [at, { estimate }] of found.entries()) {
      if (estimate.value === null) continue;
      const two = units.map((unit) => unit.replace(/[^.]/g, (label) => (label === ORDER[at] ? '1' : '2')));
      const whole = run('fleiss-kappa', agreementOf(rowsOfUnits(two)), 'full');
      if (whole.value === null) throw new Error(whole.reason);
      expect(estimate.value).toBeCloseTo(whole.value, 9);
      expect(estimate.ci95![0]).toBeCloseTo(whole.ci95![0], 8);
    }
  });
});

describe('invariances', () => {
  test(`two annotators who labelled everything: Conger is Cohen, Fleiss is Scott, seed ${SEED}`, () => {
    check(complete, (units) => {
      const data = dataOf(units);
      for (const [one, other] of [
        ['conger-kappa', 'cohen-kappa'],
        ['fleiss-kappa', 'scott-pi'],
      ] as const) {
        const [left, right] = [run(one, data, 'full'), run(other, data, 'full')];
        expect(left.value === null).toBe(right.value === null);
        if (left.value === null || right.value === null) continue;
        expect(left.value).toBeCloseTo(right.value, 9);
        // Those of Gwet are one formula; Cohen's is another.
        if (one === 'fleiss-kappa') expect(left.ci95![0]).toBeCloseTo(right.ci95![0], 8);
      }
    });
  });

  test(`the order of items and annotators does not matter, seed ${SEED}`, () => {
    check(tables(), (units) => {
      const turned = units.map((unit) => [...unit].reverse().join('')).reverse();
      const [data, other] = [dataOf(units), dataOf(turned)];
      for (const { id } of coefficients) {
        const [before, after] = [run(id, data), run(id, other)];
        expect(after.value === null).toBe(before.value === null);
        if (before.value !== null) expect(after.value).toBeCloseTo(before.value, 9);
      }
    });
  });

  test(`names of classes do not matter where they have no order, seed ${SEED}`, () => {
    const renamed: Readonly<Record<string, string>> = { '1': '5', '2': '1', '4': '2', '5': '4' };
    check(tables(), (units) => {
      const turned = units.map((unit) => unit.replace(/[^.]/g, (label) => renamed[label]!));
      const [data, other] = [dataOf(units), dataOf(turned)];
      for (const { id, scale } of coefficients) {
        if (scale !== 'nominal') continue;
        const [before, after] = [run(id, data), run(id, other)];
        if (before.value !== null) expect(after.value).toBeCloseTo(before.value, 9);
      }
    });
  });

  test('the interval of a mean over pairs is as wide as a bootstrap’s, also where they share items', () => {
    const units = Array.from({ length: 400 }, (_, at) => {
      const label = ORDER[at % 4]!;
      return [at % 5 === 0 ? '1' : label, at % 7 === 0 ? '2' : label, at % 3 === 0 ? '5' : label].join('');
    });
    const random = new Random(SEED);
    const samples = range(300).map(() => dataOf(units.map(() => random.pick(units))));
    for (const id of ['cohen-kappa', 'weighted-kappa-linear', 'scott-pi']) {
      const found = run(id, dataOf(units), 'full');
      if (found.value === null) throw new Error(found.reason);
      const values = samples.map((sample) => run(id, sample).value!);
      const mean = sum(values) / values.length;
      const spread = Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1));
      // A standard deviation from 300 samples is known to 4 %: this is three times that.
      expect(Math.abs((found.value - found.ci95![0]) / 1.96 / spread - 1)).toBeLessThan(0.125);
    }
  });

  test('pairs of few items: the interval is about the value', () => {
    const rows = range(300).flatMap((item) =>
      range(3).map((who) => ({
        item: `item ${item}`,
        annotator: `annotator ${(item * 7 + who * 13) % 150}`,
        label: (item * 31 + who * who) % 5 === 0 ? 'y' : 'x',
      })),
    );
    for (const id of ['cohen-kappa', 'scott-pi']) {
      const found = run(id, agreementOf(rows), 'full');
      if (found.value === null) throw new Error(found.reason);
      expect(found.ci95![0]).toBeLessThanOrEqual(found.value);
      expect(found.ci95![1]).toBeGreaterThanOrEqual(found.value);
    }
  });
});
