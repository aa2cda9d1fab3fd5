import { describe, expect, it } from 'vitest';
import { contrast, freshColors, inkOn, needsOutline, paletteColor } from '#core/model/palette';

/** The ground behind images in the light and the dark theme (`--stage` in app.css). */
const STAGES = ['#e9e8e6', '#121212'];
const first = Array.from({ length: 120 }, (_, index) => paletteColor(index));

describe('contrast', () => {
  // WCAG 2.2: black on white is 21, equal colours are 1; the grey is the well-known least one for text on white.
  it.each([
    ['#000000', '#ffffff', 21],
    ['#0072b2', '#0072b2', 1],
    ['#767676', '#ffffff', 4.54],
  ])('of %s and %s', (a, b, expected) => {
    expect(contrast(a, b)).toBeCloseTo(expected, 2);
    expect(contrast(b, a)).toBeCloseTo(expected, 2);
  });
});

describe('class colours', () => {
  it('begin with those of Okabe and Ito', () => {
    expect(first.slice(0, 7)).toEqual(['#e69f00', '#56b4e9', '#009e73', '#f0e442', '#0072b2', '#d55e00', '#cc79a7']);
  });

  it('are well formed and all different', () => {
    for (const color of first) expect(color).toMatch(/^#[0-9a-f]{6}$/);
    expect(new Set(first).size).toBe(first.length);
  });

  it('carry a hotkey that reads at 4.5:1', () => {
    for (const color of first) expect(contrast(color, inkOn(color)), color).toBeGreaterThanOrEqual(4.5);
  });

  it('stand out at 3:1 from each theme, or are known to need an outline there', () => {
    for (const stage of STAGES) {
      for (const color of first) expect(needsOutline(color, stage), color).toBe(contrast(color, stage) < 3);
    }
    expect(needsOutline('#f0e442', '#e9e8e6')).toBe(true);
    expect(needsOutline('#f0e442', '#121212')).toBe(false);
  });

  it('fill gaps before going on', () => {
    const colors = freshColors(new Set(['#e69f00', '#009e73']));
    expect([colors.next().value, colors.next().value]).toEqual(['#56b4e9', '#f0e442']);
    expect(freshColors(new Set(first.slice(0, 7))).next().value).toBe(first[7]);
  });
});
