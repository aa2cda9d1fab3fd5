import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addRows, countRows, hasRow, NO_ROWS, removeRows, toggleRow, type Ranges } from '#core/table/ranges';

const SIZE = 40;

const step = fc.oneof(
  fc.record({ do: fc.constant('add' as const), from: fc.nat(SIZE), to: fc.nat(SIZE) }),
  fc.record({ do: fc.constant('remove' as const), from: fc.nat(SIZE), to: fc.nat(SIZE) }),
  fc.record({ do: fc.constant('toggle' as const), from: fc.nat(SIZE - 1), to: fc.constant(0) }),
);

describe('ranges of rows', () => {
  test('behave like a set of numbers, in canonical form', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let ranges: Ranges = NO_ROWS;
        const oracle = new Set<number>();
        for (const { do: action, from, to } of steps) {
          if (action === 'toggle') {
            ranges = toggleRow(ranges, from);
            if (!oracle.delete(from)) oracle.add(from);
          } else {
            ranges = action === 'add' ? addRows(ranges, [from, to]) : removeRows(ranges, [from, to]);
            for (let row = from; row < to; row++) {
              if (action === 'add') oracle.add(row);
              else oracle.delete(row);
            }
          }
          expect(countRows(ranges)).toBe(oracle.size);
          for (let row = 0; row < SIZE + 1; row++) expect(hasRow(ranges, row)).toBe(oracle.has(row));
          ranges.forEach(([start, end], index) => {
            expect(start).toBeLessThan(end);
            if (index > 0) expect(start).toBeGreaterThan(ranges[index - 1]![1]);
          });
        }
      }),
      { seed: 11 },
    );
  });
});
