import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortByKey } from '#core/table/sort-by-key';

/** Ranks, times in milliseconds, and the edges of 16-bit digits. */
const key = fc.oneof(
  fc.nat(5),
  fc.constantFrom(0, 0xffff, 0x1_0000, 0xffff_ffff, 0x1_0000_0000, Number.MAX_SAFE_INTEGER),
  fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 }),
);

test('gives what a stable sort by comparison gives, and leaves its input alone (seed 64)', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1000), key), { maxLength: 60 }), (rows) => {
      const members = Uint32Array.from(rows, ([member]) => member);
      const keys = Float64Array.from(rows, ([, k]) => k);
      const sorted = [...rows].sort(([, a], [, b]) => a - b).map(([member]) => member);
      expect([...sortByKey(members, keys)]).toEqual(sorted);
      expect([...members]).toEqual(rows.map(([member]) => member));
    }),
    { seed: 64, numRuns: 500 },
  );
});
