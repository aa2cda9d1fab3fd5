import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '#core/random';

const seeds = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

describe('random numbers', () => {
  it('are those of mulberry32', () => {
    // From the reference in C (gist.github.com/tommyettinger/46a874533244883189143505d203312c), seed 0, as unsigned 32-bit.
    const random = new Random(0);
    const drawn = Array.from({ length: 3 }, () => random.unit() * 2 ** 32);
    expect(drawn).toEqual([1144304738, 1416247, 958946056]);
  });

  it('are the same for the same seed, and lie within their bounds', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: -50, max: 50 }), fc.nat(100), (seed, from, more) => {
        const [one, other] = [new Random(seed), new Random(seed)];
        for (let at = 0; at < 20; at++) {
          const drawn = one.whole(from, from + more);
          expect(drawn).toBe(other.whole(from, from + more));
          expect(Number.isInteger(drawn) && drawn >= from && drawn <= from + more).toBe(true);
        }
      }),
    );
  });

  it('shuffle without losing anything', () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.integer()), (seed, list) => {
        const before = [...list];
        const shuffled = new Random(seed).shuffled(list);
        expect(shuffled.toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b));
        expect(list).toEqual(before);
      }),
    );
  });

  it('shuffle every order equally often', () => {
    // 6 orders, 6,000 draws: chi-square with 5 degrees of freedom exceeds 20.5 once in a thousand (NIST tables).
    const random = new Random(7);
    const counts = new Map<string, number>();
    for (let at = 0; at < 6_000; at++) {
      const order = random.shuffled([1, 2, 3]).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    const chi = [...counts.values()].reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0);
    expect(counts.size).toBe(6);
    expect(chi).toBeLessThan(20.5);
  });
});
