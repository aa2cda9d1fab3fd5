import { describe, expect, test } from 'vitest';
import { blockAt, cutBlocks } from '#core/text/blocks';
import { moved, type Step, type TextGeometry } from '#core/text/cursor';
import { sameText } from '#core/text/same-text';
import { TextSegments } from '#core/text/segments';
import { snap, type SnapTo } from '#core/text/snap';
import { SurfaceIndex } from '#core/text/surface-index';

/** The text between `[` and `]`, as a selection of the text without them. */
function marked(text: string): { segments: TextSegments; start: number; end: number } {
  const start = text.indexOf('[');
  return { segments: new TextSegments(text.replace(/[[\]]/g, '')), start, end: text.indexOf(']') - 1 };
}

describe('snap', () => {
  // Which characters belong together: UAX #29, and the emoji sequences of UTS #51.
  test.each<[label: string, selected: string, to: SnapTo, expected: string | null]>([
    ['half of a flag', 'a🇩🇪\ud83c[\uddeb]🇷', 'graphemes', '🇫🇷'],
    ['one member of a family', '👩‍[👩]‍👧‍👦!', 'graphemes', '👩‍👩‍👧‍👦'],
    ['a combining mark', 'cafe[\u0301] x', 'graphemes', 'e\u0301'],
    ['a base without its mark', 'caf[e]\u0301 x', 'graphemes', 'e\u0301'],
    ['a Devanagari vowel sign', 'नमस[्]ते', 'graphemes', 'स्ते'],
    ['a jamo of a Hangul syllable', 'x\u1112[\u1161]\u11ab', 'graphemes', '\u1112\u1161\u11ab'],
    ['a line feed of CRLF and what follows', 'a\r[\nb]c', 'graphemes', 'b'],
    ['line breaks around', 'a[\r\n\nb\n]', 'graphemes', 'b'],
    ['only a line break', 'a[\n]b', 'graphemes', null],
    ['white space is meant by characters', 'a[ b ]c', 'graphemes', ' b '],
    ['nothing', 'a[]b', 'graphemes', null],
    ['parts of two words', 'the Ac[me Cor]p. of', 'words', 'Acme Corp'],
    ['with white space around', 'the[ Acme ]Corp', 'words', 'Acme'],
    ['only white space', 'the[ \t]Acme', 'words', null],
    ['exactly a word', 'the [Acme] Corp', 'words', 'Acme'],
    ['a sign that is no word', 'for [$] 5', 'words', '$'],
    ['an apostrophe within a word', "they [do]n't", 'words', "don't"],
    ['a decimal number', 'about 3[.]5 km', 'words', '3.5'],
    ['Thai has words without spaces', 'สวัส[ดี]ชาวโลก', 'words', 'สวัสดี'],
    ['Hebrew', 'של[ו]ם עולם', 'words', 'שלום'],
    ['an emoji is no word but stays whole', 'so 👩‍[👩]‍👧‍👦 many', 'words', '👩‍👩‍👧‍👦'],
  ])('%s', (_label, selected, to, expected) => {
    const { segments, start, end } = marked(selected);
    const range = snap(segments, { start, end }, to);
    expect(range && segments.text.slice(range.start, range.end)).toBe(expected);
    expect(snap(segments, { start: end, end: start }, to), 'selected backwards').toEqual(range);
  });

  test('a selection that ends past the text is cut off', () => {
    expect(snap(new TextSegments('abc'), { start: -5, end: 50 }, 'graphemes')).toEqual({ start: 0, end: 3 });
  });
});

describe('sameText', () => {
  test.each<[label: string, text: string, expected: readonly number[]]>([
    ['every other occurrence', '[Acme] sued Acme, and Acme.', [10, 20]],
    ['before it as well', 'Acme sued [Acme]', [0]],
    ['not within words', '[art] of party, the art', [18]],
    ['within words, where it is a part of one itself', 'p[art]y and part', [11]],
    ['case counts', '[Us] us US Us', [9]],
    ['never overlapping itself', '[aa]aaa', []],
    ['never overlapping each other', '[-=-] -=-=- -=-', [4, 10]],
    ['not within a grapheme', '[👩] 👩‍👧 👩', [9]],
  ])('%s', (_label, text, expected) => {
    const { segments, start, end } = marked(text);
    expect(sameText(segments, { start, end }).map((range) => range.start)).toEqual(expected);
  });
});

describe('cutBlocks', () => {
  const cut = (text: string) => cutBlocks(new TextSegments(text));

  test('an empty text is one empty block', () => {
    expect(cut('')).toEqual([{ start: 0, end: 0, continues: false }]);
  });

  test('blocks end with lines', () => {
    const line = `${'word '.repeat(60)}\n`;
    const text = line.repeat(20);
    for (const { start, end, continues } of cut(text)) {
      expect(start === 0 || text[start - 1] === '\n').toBe(true);
      expect(text[end - 1]).toBe('\n');
      expect(continues).toBe(false);
    }
  });

  test('a long line is cut at white space, and without any between characters', () => {
    const [first, second] = cut('word '.repeat(2_000));
    expect(first!.end % 5).toBe(0);
    expect(second!.continues).toBe(true);
    for (const { end } of cut('👩‍👩‍👧‍👦'.repeat(1_000))) expect(end % '👩‍👩‍👧‍👦'.length).toBe(0);
  });

  test('every place belongs to the block that begins at or before it', () => {
    const blocks = [0, 10, 20].map((start) => ({ start, end: start + 10 }));
    expect([0, 9, 10, 19, 20, 29, 30].map((at) => blockAt(blocks, at))).toEqual([0, 0, 1, 1, 2, 2, 2]);
  });
});

describe('moved', () => {
  const geometry = (rightToLeft: boolean): TextGeometry => ({
    isRightToLeft: () => rightToLeft,
    acrossLines: (at, direction) => at + 10 * direction,
    lineEdge: (_at, direction) => (direction > 0 ? 99 : -1),
  });
  test.each<[label: string, text: string, at: number, rightToLeft: boolean, step: Step, expected: number]>([
    ['right over a family', 'a👩‍👩‍👧‍👦b', 1, false, { by: 'grapheme', towards: 'right' }, 12],
    ['left over a family', 'a👩‍👩‍👧‍👦b', 12, false, { by: 'grapheme', towards: 'left' }, 1],
    ['left is forward in Hebrew', 'שלום', 1, true, { by: 'grapheme', towards: 'left' }, 2],
    ['right is back in Hebrew', 'שלום', 1, true, { by: 'grapheme', towards: 'right' }, 0],
    ['right at the end', 'ab', 2, false, { by: 'grapheme', towards: 'right' }, 2],
    ['left at the beginning', 'ab', 0, false, { by: 'grapheme', towards: 'left' }, 0],
    ['to the end of this word', 'one, two', 1, false, { by: 'word', towards: 'right' }, 3],
    ['to the end of the next word', 'one, two', 3, false, { by: 'word', towards: 'right' }, 8],
    ['to the beginning of the word before', 'one, two', 5, false, { by: 'word', towards: 'left' }, 0],
    ['past the last word', 'one ...', 3, false, { by: 'word', towards: 'right' }, 7],
    ['a line down', 'text', 3, true, { by: 'line', towards: 'down' }, 13],
    ['a line up', 'text', 3, false, { by: 'line', towards: 'up' }, -7],
    ['the end of the line', 'text', 1, true, { by: 'line-edge', towards: 'end' }, 99],
    ['the beginning of the line', 'text', 1, true, { by: 'line-edge', towards: 'start' }, -1],
    ['the beginning of the text', 'text', 2, false, { by: 'text-edge', towards: 'start' }, 0],
    ['the end of the text', 'text', 2, true, { by: 'text-edge', towards: 'end' }, 4],
  ])('%s', (_label, text, at, rightToLeft, step, expected) => {
    expect(moved(new TextSegments(text), geometry(rightToLeft), at, step)).toBe(expected);
  });
});

describe('SurfaceIndex', () => {
  const labelled = (surface: string, classId: string) => ({ surface, field: 'f', class: classId });

  test('the most frequent comes first; case and white space do not matter', () => {
    const index = new SurfaceIndex();
    index.put('1', [labelled('Acme Corp', 'person'), labelled('ACME\ncorp', 'group')]);
    index.put('2', [labelled('acme  corp', 'group')]);
    expect(index.precedents(' Acme corp')).toEqual([
      { field: 'f', class: 'group', count: 2 },
      { field: 'f', class: 'person', count: 1 },
    ]);
  });

  test('what is said of an item anew replaces what was said before', () => {
    const index = new SurfaceIndex();
    index.put('1', [labelled('Acme', 'person')]);
    index.put('1', [labelled('Acme', 'group')]);
    expect(index.precedents('Acme')).toEqual([{ field: 'f', class: 'group', count: 1 }]);
    index.put('1', []);
    expect(index.precedents('Acme')).toEqual([]);
  });

  test('only the last items are remembered', () => {
    const index = new SurfaceIndex(2);
    for (const item of ['1', '2', '3']) index.put(item, [labelled(item, 'group')]);
    expect(index.precedents('1')).toEqual([]);
    expect(index.precedents('3')).toHaveLength(1);
  });

  test('a sentence is no entity', () => {
    const index = new SurfaceIndex();
    index.put('1', [labelled('x'.repeat(300), 'group')]);
    expect(index.precedents('x'.repeat(300))).toEqual([]);
  });
});
