import { expect, it } from 'vitest';
import { stratifiedSplit } from '#core/formats/split';
import { strataOf } from '#core/formats/strata';

it.each([
  ['no label, one class and two', [[], ['a'], ['a', 'b'], ['b', 'a'], ['a'], []], [0, 1, 2, 2, 1, 0]],
  [
    'sets of their own go by their rarest class',
    [
      ['a', 'b'],
      ['a', 'c'],
      ['a', 'd', 'b'],
    ],
    [0, 1, 2],
  ],
  [
    'and meet others there',
    [
      ['a', 'b', 'r'],
      ['a', 'c', 'r'],
      ['a', 'c', 'b'],
      ['b', 'c'],
    ],
    [0, 0, 1, 2],
  ],
  ['names with commas and quotes stay apart', [['a","b'], ['a', 'b'], ['a', 'b']], [0, 1, 1]],
])('%s', (_, classes, groups) => {
  const strata = strataOf(classes);
  const numbers = new Map<string, number>();
  for (const stratum of strata) if (!numbers.has(stratum)) numbers.set(stratum, numbers.size);
  const first = new Map<number, number>();
  for (const group of groups) if (!first.has(group)) first.set(group, first.size);
  expect(strata.map((stratum) => numbers.get(stratum))).toEqual(groups.map((group) => first.get(group)));
});

it('keeps the share where nearly every image has classes of its own', () => {
  // 3 to 7 of 40 classes in each of 400 images, by a linear congruential generator (Numerical Recipes, 1992).
  let state = 1;
  const next = (below: number) => Math.floor(((state = (state * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32) * below);
  const classes = Array.from({ length: 400 }, (_, n) => [
    ...new Set(Array.from({ length: 3 + (n % 5) }, () => `c${next(40)}`)),
  ]);
  const strata = strataOf(classes);
  expect(new Set(classes.map((set) => [...set].sort().join())).size).toBeGreaterThan(300);
  const parts = stratifiedSplit(
    strata.map((stratum, n) => ({ id: `i${n}`, stratum })),
    { trainShare: 0.8, seed: 1 },
  );
  const train = parts.filter((part) => part === 'train').length / parts.length;
  expect(train).toBeGreaterThan(0.75);
  expect(train).toBeLessThan(0.85);
});
