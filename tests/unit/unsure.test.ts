import { describe, expect, it } from 'vitest';
import { isUnsure, toggledUnsure } from '#core/model/unsure';

describe('the mark of an answer that its author is not certain of', () => {
  it.each([
    ['no flag', '', 'Unsure'],
    ['another reason, which stays before it', 'Needs another look', 'Needs another look; Unsure'],
    ['a reason that only speaks of it', 'Unsure about the tail', 'Unsure about the tail; Unsure'],
  ])('is set beside %s, and taken back without a trace', (_, before, after) => {
    expect(isUnsure(before)).toBe(false);
    expect(toggledUnsure(before)).toBe(after);
    expect(isUnsure(after)).toBe(true);
    expect(toggledUnsure(after)).toBe(before);
  });
});
