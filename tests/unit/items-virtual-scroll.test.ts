import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VirtualScroll } from '#core/table/virtual-scroll';

const list = (rows: number, cap = 10_000_000): VirtualScroll => {
  const scroll = new VirtualScroll(40, cap);
  scroll.resize(rows, 400);
  return scroll;
};

describe('VirtualScroll', () => {
  test('below the cap the offset is the scroll position', () => {
    const scroll = list(1000);
    expect(scroll.scrollHeight).toBe(40_000);
    for (const top of [0, 1, 250, 20_000, 39_600]) {
      scroll.scrolled(top);
      expect(scroll.offset).toBe(top);
    }
    expect(scroll.visible(0)).toEqual([990, 1000]);
    expect(scroll.top(990)).toBe(39_600);
  });

  test('a million rows: the ends are reached, the middle is proportional, a notch is a notch', () => {
    const scroll = list(1_000_000);
    expect(scroll.scrollHeight).toBe(10_000_000);
    scroll.scrolled(scroll.scrollHeight - 400);
    expect(scroll.visible(0)).toEqual([999_990, 1_000_000]);
    scroll.scrolled((scroll.scrollHeight - 400) / 2);
    expect(scroll.offset).toBeCloseTo((40_000_000 - 400) / 2, 3);
    const before = scroll.offset;
    scroll.scrolled((scroll.scrollHeight - 400) / 2 + 100);
    expect(scroll.offset).toBeCloseTo(before + 100, 3);
  });

  test('rows do not move within the element while a small scroll goes on', () => {
    const scroll = list(1_000_000);
    scroll.scrolled(5_000_000);
    const row = scroll.visible(0)[0] + 3;
    const before = scroll.top(row);
    for (let step = 1; step <= 30; step++) scroll.scrolled(5_000_000 + step * 17);
    expect(scroll.top(row)).toBeCloseTo(before, 3);
  });

  test('wheeling to the end in small steps passes every row', () => {
    const scroll = list(2000, 8_000);
    let top = 0;
    let last = scroll.visible(0)[1];
    for (let step = 0; step < 5000 && last < 2000; step++) {
      top = Math.min(top + 100, 7_600);
      top = scroll.scrolled(top) ?? top;
      const [from, to] = scroll.visible(0);
      expect(from).toBeLessThanOrEqual(last);
      last = to;
      if (step % 5 === 0) top = scroll.settled();
    }
    expect(last).toBe(2000);
  });

  test('reveal shows the row whole and moves no more than needed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000_000 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 10 }),
        (rows, targets) => {
          const scroll = list(rows);
          for (const target of targets) {
            const row = target % rows;
            const before = scroll.offset;
            const visibleBefore = row * 40 >= before && row * 40 + 40 <= before + 400;
            scroll.reveal(row);
            expect(row * 40).toBeGreaterThanOrEqual(scroll.offset);
            expect(Math.min(row * 40 + 40, rows * 40)).toBeLessThanOrEqual(scroll.offset + 400);
            if (visibleBefore) expect(scroll.offset).toBe(before);
            const [from, to] = scroll.visible(0);
            expect(from).toBeLessThanOrEqual(row);
            expect(to).toBeGreaterThan(row);
          }
        },
      ),
      { seed: 7 },
    );
  });

  test('fewer rows than before: what is shown exists', () => {
    const scroll = list(1000);
    scroll.scrolled(39_600);
    scroll.resize(5, 400);
    expect(scroll.offset).toBe(0);
    expect(scroll.visible(3)).toEqual([0, 5]);
    scroll.resize(0, 400);
    expect(scroll.visible(3)).toEqual([0, 0]);
  });
});
