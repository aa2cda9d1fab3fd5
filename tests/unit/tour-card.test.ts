import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeCard } from '../../src/lib/ui/tour/place-card';

const CARD = { width: 324, height: 160 };
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

describe('the card of the tour', () => {
  it.each([
    ['the work beside the panel', { left: 64, top: 88, width: 916, height: 532 }, WIDE, 'inside'],
    ['the work on a phone', { left: 0, top: 96, width: 390, height: 280 }, PHONE, 'inside'],
    ['the answers at the bottom', { left: 80, top: 630, width: 880, height: 120 }, WIDE, 'above'],
    ['the button of the panel at the top', { left: 946, top: 55, width: 26, height: 26 }, WIDE, 'below'],
    ['the rail', { left: 0, top: 0, width: 64, height: 800 }, WIDE, 'right'],
    ['the bar of pages on a phone', { left: 0, top: 788, width: 390, height: 56 }, PHONE, 'above'],
    ['what fills the window', { left: 0, top: 0, width: 390, height: 844 }, PHONE, 'inside'],
  ])('%s', (_, anchor, room, side) => {
    expect(placeCard(anchor, CARD, room).side).toBe(side);
  });

  it('stands over the work at its lower corner, on a phone at the top of all', () => {
    const wide = placeCard({ left: 64, top: 88, width: 916, height: 532 }, CARD, WIDE);
    expect([wide.left + CARD.width, wide.top + CARD.height]).toEqual([980 - 12, 620 - 12]);
    expect(placeCard({ left: 0, top: 96, width: 390, height: 280 }, CARD, PHONE)).toMatchObject({ left: 54, top: 12 });
  });

  it('never leaves the window, and covers its anchor only from inside', () => {
    const side = fc.integer({ min: 1, max: 1400 });
    const start = fc.integer({ min: 0, max: 1400 });
    const anchors = fc.record({ left: start, top: start, width: side, height: side });
    fc.assert(
      fc.property(anchors, fc.constantFrom(WIDE, PHONE), (wished, room) => {
        const left = Math.min(wished.left, room.width - 1);
        const top = Math.min(wished.top, room.height - 1);
        const anchor = {
          ...{ left, top },
          ...{ width: Math.min(wished.width, room.width - left), height: Math.min(wished.height, room.height - top) },
        };
        const place = placeCard(anchor, CARD, room);
        expect(place.left).toBeGreaterThanOrEqual(0);
        expect(place.top).toBeGreaterThanOrEqual(0);
        expect(place.left + CARD.width).toBeLessThanOrEqual(room.width);
        expect(place.top + CARD.height).toBeLessThanOrEqual(room.height);
        const isApart =
          place.left >= anchor.left + anchor.width ||
          place.left + CARD.width <= anchor.left ||
          place.top >= anchor.top + anchor.height ||
          place.top + CARD.height <= anchor.top;
        expect(isApart || place.side === 'inside').toBe(true);
      }),
    );
  });
});
