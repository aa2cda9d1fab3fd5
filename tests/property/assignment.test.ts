import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestPairs, type Pair } from '#core/stats/assignment';

const pairs = fc.uniqueArray(
  fc.record({
    left: fc.integer({ min: 0, max: 6 }),
    right: fc.integer({ min: 0, max: 6 }),
    weight: fc.oneof(fc.constantFrom(0.5, 1), fc.double({ min: 0.01, max: 1, noNaN: true })),
  }),
  { selector: ({ left, right }) => `${left} ${right}`, maxLength: 20 },
);

/** The best sum by trying everything. */
function bestSum(of: readonly Pair[]): number {
  const [first, ...rest] = of;
  if (!first) return 0;
  const without = bestSum(rest);
  const compatible = rest.filter(({ left, right }) => left !== first.left && right !== first.right);
  return Math.max(without, first.weight + bestSum(compatible));
}

const sum = (of: readonly Pair[]) => of.reduce((total, { weight }) => total + weight, 0);

test('pairs are disjoint and sum to as much as any choice (seed 61)', () => {
  fc.assert(
    fc.property(pairs, (given) => {
      const chosen = bestPairs(given);
      expect(new Set(chosen.map(({ left }) => left)).size).toBe(chosen.length);
      expect(new Set(chosen.map(({ right }) => right)).size).toBe(chosen.length);
      expect(chosen.every((pair) => given.includes(pair))).toBe(true);
      expect(sum(chosen)).toBeCloseTo(bestSum(given), 9);
    }),
    { seed: 61, numRuns: 500 },
  );
});

test('a crowd in which everything overlaps is paired greedily, each at most once', () => {
  const crowd = Array.from({ length: 400 }, (_, left) =>
    Array.from({ length: 40 }, (_, step) => ({ left, right: (left + step) % 400, weight: 1 / (1 + step) })),
  ).flat();
  expect(sum(bestPairs(crowd))).toBe(400);
});
