import { describe, expect, it, test } from 'vitest';
import type { ConcordError } from '#core/errors';
import { ReadFailure } from '#core/read-failure';
import { fault } from '#core/errors';
import { decodeText } from '#core/text/decode';
import { detectEncoding, wholeCharacters, type Encoding } from '#core/text/encoding';
import { readLines } from '#core/text/lines';
import { findMalformed } from '#core/text/malformed';
import { compareNaturally } from '#core/text/natural';
import { decodeBytes } from '#io/files/text';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, littleEndian: boolean) => {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian);
  return new Uint8Array(view.buffer);
};
const bytes = (...values: number[]) => Uint8Array.from(values);

async function* pieces<T>(...values: T[]) {
  for (const value of values) yield await Promise.resolve(value);
}

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
}

async function decode(chunks: AsyncIterable<Uint8Array>) {
  const issues: ConcordError[] = [];
  const text = (
    await all(decodeText(chunks, decodeBytes, { path: 'a.txt', onIssue: (issue) => issues.push(issue) }))
  ).join('');
  return { text, issues };
}

describe('the encoding is detected', () => {
  test.each<[string, Uint8Array, Encoding]>([
    ['nothing', bytes(), 'utf-8'],
    ['UTF-8 with byte order mark', bytes(0xef, 0xbb, 0xbf, 0x61), 'utf-8'],
    ['UTF-16 LE with byte order mark', bytes(0xff, 0xfe, 0x61, 0), 'utf-16le'],
    ['UTF-16 BE with byte order mark', bytes(0xfe, 0xff, 0, 0x61), 'utf-16be'],
    ['UTF-16 LE without', utf16('text,label\r\n', true), 'utf-16le'],
    ['UTF-16 BE without', utf16('text,label\r\n', false), 'utf-16be'],
    ['UTF-8 with NULs in it', utf8('a\0b\0\0c,d'), 'utf-8'],
    ['only NULs', new Uint8Array(20), 'utf-8'],
    ['Cyrillic UTF-8', utf8('привет, мир'), 'utf-8'],
  ])('%s', (_, start, encoding) => {
    expect(detectEncoding(start)).toBe(encoding);
  });
});

test.each<[string, Uint8Array, Encoding, number]>([
  ['ASCII', utf8('ab'), 'utf-8', 2],
  ['2 of 4 bytes', utf8('a😀').subarray(0, 3), 'utf-8', 1],
  ['3 of 4 bytes', utf8('a😀').subarray(0, 4), 'utf-8', 1],
  ['4 of 4 bytes', utf8('a😀'), 'utf-8', 5],
  ['1 of 3 bytes', utf8('€').subarray(0, 1), 'utf-8', 0],
  ['only continuation bytes', bytes(0x80, 0x80, 0x80, 0x80), 'utf-8', 4],
  ['an odd byte', utf16('ab', true).subarray(0, 3), 'utf-16le', 2],
  ['a high surrogate, little endian', utf16('a😀', true).subarray(0, 4), 'utf-16le', 2],
  ['a high surrogate, big endian', utf16('a😀', false).subarray(0, 4), 'utf-16be', 2],
  ['a pair', utf16('a😀', false), 'utf-16be', 6],
])('whole characters: %s', (_, piece, encoding, whole) => {
  expect(wholeCharacters(piece, encoding)).toBe(whole);
});

describe('malformed bytes', () => {
  // Table 3-8 and its neighbours of the Unicode Standard 15, section 3.9: one replacement per maximal subpart.
  test.each<[string, number[], number[]]>([
    ['non-shortest forms', [0xc0, 0xaf, 0xe0, 0x80, 0xbf, 0xf0, 0x81, 0x82, 0x41], [1, 1, 1, 1, 1, 1, 1, 1]],
    ['surrogates', [0xed, 0xa0, 0x80, 0xed, 0xbf, 0xbf, 0xed, 0xaf, 0x41], [1, 1, 1, 1, 1, 1, 1, 1]],
    ['other ill-formed bytes', [0xf4, 0x91, 0x92, 0x93, 0xff, 0x41, 0x80, 0xbf, 0x42], [1, 1, 1, 1, 1, 1, 1]],
    ['truncated sequences', [0xe1, 0x80, 0xe2, 0xf0, 0x91, 0x92, 0xf1, 0xbf, 0x41], [2, 1, 3, 2]],
  ])('%s', (_, sequence, lengths) => {
    const found: number[] = [];
    findMalformed(bytes(...sequence), 'utf-8', 1, (_line, count) => found.push(count));
    expect(found).toEqual(lengths);
  });

  it('are found exactly where a decoder replaces them', () => {
    // Every sequence of two bytes of interest, framed; the decoder is the oracle.
    const interesting = [
      0x00, 0x41, 0x7f, 0x80, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff,
    ];
    for (const a of interesting)
      for (const b of interesting)
        for (const c of interesting) {
          const sequence = bytes(0x42, a, b, c, 0x42);
          let found = 0;
          findMalformed(sequence, 'utf-8', 1, () => found++);
          expect(found, String([a, b, c])).toBe(decodeBytes(sequence, 'utf-8', true).split('\ufffd').length - 1);
        }
  });
});

describe('decoding', () => {
  const text = 'a\r\nи\u0301 👩‍👩‍👧 \ufeff\ufffd\0ب end';

  test.each<[string, (text: string) => Uint8Array]>([
    ['UTF-8', utf8],
    ['UTF-8 with byte order mark', (decoded) => utf8(`\ufeff${decoded}`)],
    ['UTF-16 LE', (decoded) => utf16(`\ufeff${decoded}`, true)],
    ['UTF-16 BE', (decoded) => utf16(`\ufeff${decoded}`, false)],
  ])('keeps every character however the bytes are cut: %s', async (_, encode) => {
    // Longer than the sample by which the encoding is detected.
    const long = text + 'x'.repeat(5000) + text;
    const whole = encode(long);
    for (const size of [1, 2, 3, 5, 4096, 100_000]) {
      const count = Math.ceil(whole.length / size);
      const chunks = Array.from({ length: count }, (_, i) => whole.slice(i * size, (i + 1) * size));
      expect(await decode(pieces(...chunks)), String(size)).toEqual({ text: long, issues: [] });
    }
  });

  it('reports malformed bytes with their lines and keeps the rest', async () => {
    const latin1 = bytes(0x61, 0x0a, 0x66, 0xfc, 0x72, 0x0a, 0x62, 0x0a, 0xe4, 0xf6, 0x0a);
    const { text, issues } = await decode(pieces(latin1));
    expect(text).toBe('a\nf\ufffdr\nb\n\ufffd\ufffd\n');
    expect(issues).toEqual([fault('text.malformed', 'a.txt, line 2', { encoding: 'utf-8', bytes: 3, lines: [2, 4] })]);
  });

  it('reports half characters of UTF-16', async () => {
    const { text, issues } = await decode(pieces(utf16('\ufeffa\n\ud83db\n', true)));
    expect(text).toBe('a\n\ufffdb\n');
    expect(issues).toEqual([fault('text.malformed', 'a.txt, line 2', { encoding: 'utf-16le', bytes: 2, lines: [2] })]);
  });

  it('reports a text that is cut off within a character', async () => {
    const { text, issues } = await decode(pieces(utf8('€').subarray(0, 2)));
    expect(text).toBe('\ufffd');
    expect(issues.map(({ code }) => code)).toEqual(['text.malformed']);
  });

  it('ends with an issue where the file cannot be read', async () => {
    const failure = fault('file.unreadable', 'a.txt', { reason: 'gone' });
    async function* failing() {
      yield await Promise.resolve(utf8('abc'));
      throw new ReadFailure(failure);
    }
    expect(await decode(failing())).toEqual({ text: 'abc', issues: [failure] });
  });

  it('gives nothing for nothing', async () => {
    expect(await decode(pieces())).toEqual({ text: '', issues: [] });
  });
});

test.each<[string, string[], [number, string][]]>([
  ['no end of line', ['ab', 'c'], [[1, 'abc']]],
  [
    'all ends of line',
    ['a\r\nb\n\nc\rd\n'],
    [
      [1, 'a'],
      [2, 'b'],
      [3, ''],
      [4, 'c\rd'],
    ],
  ],
  [
    'an end cut in two',
    ['a\r', '\nb'],
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  ['nothing', [''], []],
])('lines: %s', async (_, text, lines) => {
  expect((await all(readLines(pieces(...text)))).flat().map(({ line, text }) => [line, text])).toEqual(lines);
});

test('paths are ordered as people count', () => {
  const paths = ['b/10.jpg', 'b/9.jpg', 'B/1.jpg', 'a/2.jpg', 'b/9.JPG'];
  expect(paths.sort(compareNaturally)).toEqual(['a/2.jpg', 'B/1.jpg', 'b/9.jpg', 'b/9.JPG', 'b/10.jpg']);
});
