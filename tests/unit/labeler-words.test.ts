import { describe, expect, test } from 'vitest';
import { timeLeft } from '#ui/label/time-left.ts';
import { visibleText } from '#ui/label/visible-text.ts';

describe('visibleText', () => {
  const shown = (text: string): string =>
    visibleText(text)
      .map((part) => (part.kind === 'text' ? part.text : `[${part.mark}]`))
      .join('');

  test.each([
    ['NUL and bell', 'a\0b\x07', 'a[␀]b[␇]'],
    ['DEL and C1', '\x7f\x85', '[␡][U+0085]'],
    ['tabs and both line ends stay', 'a\tb\nc\r\nd', 'a\tb\nc\r\nd'],
    ['a lone carriage return is seen', 'a\rb', 'a[␍]b'],
    ['markup is text', '<b>&amp;</b>', '<b>&amp;</b>'],
    ['emoji and combining marks are not cut', '👩‍👩‍👧 é', '👩‍👩‍👧 é'],
    ['nothing', '', ''],
  ])('%s', (_label, text, expected) => {
    expect(shown(text)).toBe(expected);
  });
});

describe('timeLeft', () => {
  test.each([
    [10, null, ''],
    [0, 2000, ''],
    [10, 2000, 'less than a minute'],
    [360, 2000, 'about 12 min'],
    [2700, 2000, 'about 1.5 h'],
    [100_000, 2000, 'about 56 h'],
  ])('%i items at %s ms', (open, pace, expected) => {
    expect(timeLeft(open, pace)).toBe(expected);
  });
});
