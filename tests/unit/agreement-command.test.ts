import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { agreementCommand } from '../../src/cli/agreement';
import { readArguments } from '../../src/cli/arguments';
import type { Outcome } from '../../src/cli/command';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-agreement-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Figure {
  readonly value: number | null;
  readonly reason?: string;
  readonly ci95?: readonly [number, number];
  readonly method?: string;
}

/** What the command gives for a file of this name and content. */
async function outcomeOf(name: string, text: string, ...words: readonly string[]) {
  await writeFile(join(folder, name), text);
  return runOn(join(folder, name), ...words);
}

async function runOn(path: string, ...words: readonly string[]) {
  const given = readArguments(agreementCommand, [path, ...words]);
  if (!given.ok) throw new Error(given.error.message);
  return agreementCommand.run(new AbortController().signal, given.value);
}

async function jsonOf(name: string, text: string, ...words: readonly string[]): Promise<Outcome['json']> {
  const outcome = await outcomeOf(name, text, ...words);
  if (!outcome.ok) throw new Error(`${outcome.error.path}: ${outcome.error.message}`);
  return outcome.value.json;
}

const long = (rows: readonly string[]): string => ['item,annotator,label', ...rows, ''].join('\n');

/** [[13, 0, 0], [0, 20, 7], [0, 4, 56]], as irrCAC's `cont3x3abstractors`. */
const ABSTRACTORS = long(
  [
    [1, 1, 13],
    [2, 2, 20],
    [2, 3, 7],
    [3, 2, 4],
    [3, 3, 56],
  ].flatMap(([first, second, items]) =>
    Array.from({ length: items! }, (_, n) => [
      `${first!}${second!}-${n},ann,${first!}`,
      `${first!}${second!}-${n},bob,${second!}`,
    ]).flat(),
  ),
);

test('has the keys and figures that are promised', async () => {
  const json = await jsonOf('labels.csv', ABSTRACTORS);
  expect(Object.keys(json)).toEqual(
    (
      'items annotators labels categories percentAgreement cohenKappa weightedKappa scottPi fleissKappa conger ' +
      'krippendorffAlpha gwetAC1 gwetAC2 brennanPrediger perCategory perAnnotator disagreements'
    ).split(' '),
  );
  expect(json).toMatchObject({ items: 100, annotators: 2, labels: 200, categories: ['1', '2', '3'] });
  const { cohenKappa, weightedKappa, gwetAC1 } = json as unknown as {
    cohenKappa: { mean: Figure; pairs: readonly (Figure & { a: string; b: string; items: number })[] };
    weightedKappa: { linear: Figure; quadratic: Figure };
    gwetAC1: Figure;
  };
  // irrCAC and scikit-learn.
  expect(cohenKappa.mean.value).toBeCloseTo(0.7964, 4);
  expect(weightedKappa.linear.value).toBeCloseTo(0.8429, 4);
  expect(weightedKappa.quadratic.value).toBeCloseTo(0.8922, 4);
  expect(gwetAC1.value).toBeCloseTo(0.8493, 4);
  expect(cohenKappa.pairs).toHaveLength(1);
  expect(cohenKappa.pairs[0]).toMatchObject({ a: 'ann', b: 'bob', items: 100, value: cohenKappa.mean.value });
  expect(Object.keys(cohenKappa.pairs[0]!)).toEqual(['a', 'b', 'items', 'value', 'ci95', 'method']);
  expect(json['perCategory']).toHaveLength(3);
  expect(json['perAnnotator']).toHaveLength(2);
  expect(json['disagreements']).toHaveLength(11);
});

test('every figure is a value with its interval and method, or a reason', async () => {
  const figures: Figure[] = [];
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('value' in value) figures.push(value as Figure);
    else Object.values(value).forEach(collect);
  };
  collect(await jsonOf('numbers.csv', ABSTRACTORS));
  collect(await jsonOf('words.csv', long(['1,a,x', '1,b,y', '2,a,x', '2,c,x', '3,c,y', '3,a,x'])));
  expect(figures.length).toBeGreaterThan(40);
  for (const { value, reason, ci95, method } of figures) {
    if (value === null) {
      expect(reason).toMatch(/\.$/);
      expect([ci95, method]).toEqual([undefined, undefined]);
    } else {
      expect(ci95![0]).toBeLessThanOrEqual(value);
      expect(ci95![1]).toBeGreaterThanOrEqual(value);
      expect(method).toContain('interval: ');
    }
  }
});

test('pairs without a common item are there, with a reason', async () => {
  const json = await jsonOf('labels.csv', long(['1,a,x', '1,b,y', '2,a,x', '2,b,x', '3,c,x']));
  const { pairs } = json['cohenKappa'] as { pairs: readonly unknown[] };
  expect(pairs.slice(1)).toEqual([
    { a: 'a', b: 'c', items: 0, value: null, reason: 'The two labelled no item both.' },
    { a: 'b', b: 'c', items: 0, value: null, reason: 'The two labelled no item both.' },
  ]);
});

test('an order makes ordered figures of words', async () => {
  const rows = long(['1,a,low', '1,b,mid', '2,a,high', '2,b,high', '3,a,low', '3,b,low', '4,a,mid', '4,b,mid']);
  const without = (await jsonOf('labels.csv', rows)) as { weightedKappa: { linear: Figure } };
  expect(without.weightedKappa.linear.value).toBeNull();
  expect(without.weightedKappa.linear.reason).toContain('no order');
  const ordered = (await jsonOf('labels.csv', rows, '--order', 'low,mid,high')) as {
    categories: readonly string[];
    weightedKappa: { linear: Figure };
    krippendorffAlpha: { ordinal: Figure; interval: Figure };
  };
  expect(ordered.categories).toEqual(['low', 'mid', 'high']);
  // By hand: D_o = 1/4; the one chose (2, 1, 1), the other (1, 2, 1): D_e is the sum of |x - y| p q, 0-1: 4, 0-2: 2 * 2, 1-0: 1, 1-2: 1, 2-0: 2, 2-1: 2, of 16: 14/16.
  expect(ordered.weightedKappa.linear.value).toBeCloseTo(1 - 1 / 4 / (14 / 16), 12);
  expect(ordered.krippendorffAlpha.ordinal.value).not.toBeNull();
  expect(ordered.krippendorffAlpha.interval.reason).toContain('is no number');
});

test('repeated labels are told, and the last one counts', async () => {
  const outcome = await outcomeOf('labels.csv', long(['1,a,x', '1,a,y', '1,b,y', '2,a,x', '2,b,x']));
  if (!outcome.ok) throw new Error(outcome.error.message);
  expect(outcome.value.warnings.map(({ message }) => message)).toEqual([
    'One label was set aside: its annotator labelled the same item again.',
  ]);
  expect((outcome.value.json['percentAgreement'] as Figure).value).toBe(1);
});

test('the same seed gives the same intervals', async () => {
  const [one, other, again] = await Promise.all(
    ['1', '2', '1'].map(async (seed, at) => {
      const json = await jsonOf(`${at}.csv`, ABSTRACTORS, '--seed', seed);
      return (json['krippendorffAlpha'] as { ordinal: Figure }).ordinal.ci95;
    }),
  );
  expect(again).toEqual(one);
  expect(other).not.toEqual(one);
});

test('text for people has each figure, its interval and the reasons', async () => {
  const outcome = await outcomeOf('labels.csv', long(['1,a,x', '1,b,y', '2,a,"x"', '2,b,x', '3,a,y', '3,b,y']));
  if (!outcome.ok) throw new Error(outcome.error.message);
  const text = outcome.value.text.join('\n');
  expect(text).toContain('3 items, 2 annotators, 6 labels, 2 categories');
  expect(text).toMatch(/Cohen’s kappa +0\.400 +-?\d\.\d{3} to +1\.000 {2}Cohen’s kappa; interval: Fleiss/);
  expect(text).toMatch(/Krippendorff’s alpha, ratio +“x” is no number\./);
  expect(text).toContain('Items on which annotators disagree, the worst first: 1\n  0.000  1  (a: x, b: y)');
});

test('Concord’s own lines, with their schema beside them and without', async () => {
  const line = (id: string, ...said: readonly string[]) =>
    JSON.stringify({
      id,
      annotations: said.map((label, n) => ({ author: `p${n}`, authorName: '', values: { mood: [label] } })),
    });
  const lines = [line('i1', 'good', 'bad'), line('i2', 'bad', 'bad'), line('i3', 'good', 'good')].join('\n');
  const alone = await jsonOf('items.jsonl', lines);
  expect(alone).toMatchObject({ items: 3, annotators: 2, labels: 6, categories: ['bad', 'good'] });
  const classOf = (id: string, name: string) => ({ id, name, color: '#000000', key: '', description: '' });
  const field = {
    ...{ id: 'mood', name: 'Mood', kind: 'choice', multiple: false, required: true, retired: [], remap: {} },
    classes: [classOf('good', 'Good'), classOf('bad', 'Bad'), classOf('so-so', 'So so')],
  };
  const schema = { version: 1, guidelines: '', fields: [field] };
  await mkdir(join(folder, 'export'));
  await writeFile(join(folder, 'export', 'items.jsonl'), lines);
  await writeFile(
    join(folder, 'export', 'schema.json'),
    JSON.stringify({ format: 'concord-jsonl', version: 1, name: 'x', schema }),
  );
  const beside = await runOn(join(folder, 'export'));
  expect(beside.ok && beside.value.json['categories']).toEqual(['Bad', 'Good', 'So so']);
});

test.each([
  ['a missing column', 'item,who,label\n1,a,x\n', [], 'ratings.columns'],
  ['a label that the order lacks', long(['1,a,x']), ['--order', 'y,z'], 'ratings.unknown-class'],
  ['an order with a class twice', long(['1,a,x']), ['--order', 'x,x'], 'usage.value'],
  ['a seed that is no whole number', long(['1,a,x']), ['--seed', 'x'], 'usage.value'],
  ['an empty file', '', [], 'table.empty'],
])('%s is an error', async (_, text, words, code) => {
  const outcome = await outcomeOf('labels.csv', text, ...words);
  expect(outcome.ok ? null : outcome.error.code).toBe(code);
});

test('a project file is for `concord report`', async () => {
  const outcome = await outcomeOf('birds.concord', 'PK');
  expect(outcome.ok ? '' : outcome.error.hint).toContain('concord report');
});
