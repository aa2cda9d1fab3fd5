import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { truthModels } from '#core/truth/registry';
import { readArguments } from '../../src/cli/arguments';
import { commands } from '../../src/cli/commands';
import type { Outcome } from '../../src/cli/command';
import { truthCommand } from '../../src/cli/truth';
import { anaesthetists } from '../support/anaesthetists';

interface TruthJson {
  readonly method: string;
  readonly iterations: number;
  readonly converged: boolean;
  readonly logLikelihood: number | null;
  readonly classPriors: Readonly<Record<string, number>>;
  readonly items: Readonly<
    Record<string, { label: string | null; confidence: number | null; posterior: Readonly<Record<string, number>> }>
  >;
  readonly annotators: Readonly<
    Record<
      string,
      {
        items: number;
        skill: number | null;
        confusion: Readonly<Record<string, Readonly<Record<string, number>>>> | null;
      }
    >
  >;
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-truth-'));
  const rows = anaesthetists.map(({ item, annotator, label }) => `${item},${annotator},${label}`);
  await writeFile(join(folder, 'patients.csv'), ['item,annotator,label', ...rows].join('\n'));
});

afterAll(() => rm(folder, { recursive: true }));

async function run(...words: readonly string[]) {
  const given = readArguments(truthCommand, words);
  if (!given.ok) return given;
  return truthCommand.run(new AbortController().signal, given.value);
}

async function outcome(...words: readonly string[]): Promise<Outcome> {
  const result = await run(...words);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

/** As a program reads it. */
const jsonOf = async (...words: readonly string[]) => {
  const { json } = await outcome(...words);
  return JSON.parse(JSON.stringify(json)) as TruthJson;
};

async function file(name: string, ...lines: readonly string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, lines.join('\n'));
  return path;
}

const codeOf = async (...words: readonly string[]) => {
  const result = await run(...words);
  return result.ok ? null : result.error.code;
};

describe('concord truth', () => {
  test('is a command', () => {
    expect(commands).toContain(truthCommand);
  });

  test('gives the class marginals of Dawid and Skene 1979, and error rates by what is true and what was said', async () => {
    const truth = await jsonOf(join(folder, 'patients.csv'), '--method', 'dawid-skene');
    const { classPriors } = truth;
    expect(Object.entries(classPriors).map(([id, prior]) => `${id} ${prior.toFixed(2)}`)).toEqual([
      '1 0.40',
      '2 0.42',
      '3 0.11',
      '4 0.07',
    ]);
    expect(Object.keys(truth)).toEqual([
      ...['method', 'iterations', 'converged', 'logLikelihood', 'classPriors', 'items', 'annotators'],
    ]);
    expect(truth.items['1']!.label).toBe('1');
    expect(Object.keys(truth.items).length).toBe(45);
    expect(truth.annotators['1']!.items).toBe(45);
    for (const { confusion } of Object.values(truth.annotators)) {
      for (const row of Object.values(confusion!))
        expect(Object.values(row).reduce((sum, rate) => sum + rate, 0)).toBeCloseTo(1, 9);
    }
  });

  test.each(truthModels.map(({ id }) => id))('--method %s has the promised shape', async (method) => {
    const truth = await jsonOf(join(folder, 'patients.csv'), '--method', method);
    expect(truth.method).toBe(method);
    for (const { label, confidence, posterior } of Object.values(truth.items)) {
      expect(Object.keys(posterior)).toEqual(['1', '2', '3', '4']);
      expect(posterior[label!]).toBe(confidence);
    }
    for (const { items, skill } of Object.values(truth.annotators)) {
      expect(items).toBe(45);
      expect(skill! > 0 && skill! < 1).toBe(true);
    }
  });

  test('an empty label is a missing one: its item and its annotator have nothing', async () => {
    const path = await file('missing.csv', 'item,annotator,label', '1,a,x', '1,b,x', '2,c,');
    const { items, annotators } = await jsonOf(path, '--method', 'dawid-skene');
    expect(items['2']).toEqual({ label: null, confidence: null, posterior: {} });
    expect(annotators['c']).toMatchObject({ items: 0, skill: null, confusion: {} });
  });

  test('ids may be anything', async () => {
    const path = await file(
      'names.csv',
      'item,annotator,label',
      '__proto__,constructor,__proto__',
      '__proto__,"a, b",toString',
    );
    const { items, annotators, classPriors } = await jsonOf(path, '--method', 'majority');
    expect(Object.keys(items)).toEqual(['__proto__']);
    expect(Object.keys(annotators)).toEqual(['constructor', 'a, b']);
    expect(Object.keys(classPriors)).toEqual(['__proto__', 'toString']);
    expect(Object.getOwnPropertyDescriptor(items, '__proto__')!.value).toMatchObject({
      label: '__proto__',
      confidence: 0.5,
    });
  });

  test('a tie goes to the more common class, then to the first in the order that is given', async () => {
    const common = await file('common.csv', 'item,annotator,label', '1,a,x', '1,b,y', '2,a,y');
    expect((await jsonOf(common, '--method', 'majority')).items['1']!.label).toBe('y');
    const tied = await file('tied.csv', 'item,annotator,label', '1,a,x', '1,b,y');
    expect((await jsonOf(tied, '--method', 'majority')).items['1']!.label).toBe('x');
    expect((await jsonOf(tied, '--method', 'majority', '--order', 'y,x')).items['1']!.label).toBe('y');
  });

  test('options: iterations, tolerance and smoothing', async () => {
    const path = join(folder, 'patients.csv');
    const short = await jsonOf(path, '--method', 'dawid-skene', '--max-iterations', '2');
    expect([short.iterations, short.converged]).toEqual([2, false]);
    const loose = await jsonOf(path, '--method', 'dawid-skene', '--tolerance', '0.5');
    expect([loose.iterations, loose.converged]).toEqual([2, true]);
    const smooth = await jsonOf(path, '--method', 'dawid-skene', '--smoothing', '1');
    expect(smooth.annotators['2']!.confusion!['1']!['4']).toBeGreaterThan(0);
  });

  test('without a method it takes what suits, and says why', async () => {
    const { text } = await outcome(join(folder, 'patients.csv'));
    expect(text[0]).toMatch(/^Dawid-Skene: those who labelled most/);
    expect(text.some((line) => line.includes('45 labels'))).toBe(true);
  });

  test.each([
    ['usage.word', ['--method', 'dawid']],
    ['usage.value', ['--max-iterations', '0']],
    ['usage.value', ['--max-iterations', '1.5']],
    ['usage.value', ['--tolerance=-1']],
    ['usage.value', ['--smoothing', 'much']],
    ['usage.value', ['--seed', '']],
  ])('%s for %j', async (code, words) => {
    expect(await codeOf(join(folder, 'patients.csv'), ...words)).toBe(code);
  });

  test('nothing but missing labels: says so, and where', async () => {
    const result = await run(await file('empty.csv', 'item,annotator,label', '1,a,', '2,b,'), '--method', 'mace');
    expect(result.ok ? null : [result.error.code, result.error.path]).toEqual([
      'truth.empty',
      join(folder, 'empty.csv'),
    ]);
  });
});
