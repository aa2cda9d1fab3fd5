import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeChunk } from '#core/model/chunk';
import { ChunkView } from '#core/model/chunk-view';
import type { ItemRecord } from '#core/model/item';
import { Needle } from '#core/text/needle';

/**
 * Characters whose cases are of unequal length or number (Unicode SpecialCasing and CaseFolding): Kelvin and Angstrom signs, the capital I with
 * a dot and its combining dot, both small sigmas, the long s, the sharp s, letters of two and three bytes; and pairs of surrogates.
 */
const CHARACTERS = ['a', 'A', 'k', 'K', 'K', 'i', 'I', 'İ', '̇', 'å', 'Å', 'Å', 'σ', 'ς', 'Σ', 's', 'ſ', 'ß', 'ẞ'];
CHARACTERS.push('ⱥ', 'Ⱥ', 'é', 'É', 'ж', 'Ж', '払', '👍', '\u{10400}', '\u{10428}', ' ', 'e\u0301', '`', 'd', '\0');
const text = fc.string({ unit: fc.constantFrom(...CHARACTERS), maxLength: 12 });

/** The slow, obvious reading. */
const contains = (haystack: string, needle: string) => haystack.toLowerCase().includes(needle.toLowerCase());
const inBytes = (haystack: string, needle: string) => {
  const bytes = new TextEncoder().encode(`K${haystack}a`);
  return new Needle(needle).isInBytes(bytes, 1, bytes.length - 1, () => haystack);
};

/** A text and a part of it, in whatever case. */
const textWithPart = fc.record({ before: text, part: text, after: text, upper: fc.boolean() });

describe('a needle', () => {
  test('is found in bytes where lower case contains it, and nowhere else (seed 60)', () => {
    fc.assert(
      fc.property(text, text, textWithPart, (haystack, needle, { before, part, after, upper }) => {
        expect(inBytes(haystack, needle)).toBe(contains(haystack, needle));
        const whole = before + part + after;
        const typed = upper ? part.toUpperCase() : part;
        expect(inBytes(whole, typed)).toBe(contains(whole, typed));
      }),
      { seed: 60, numRuns: 3000 },
    );
  });

  test('of any code points and any length is found as well (seed 61)', () => {
    const any = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(any, any, any, fc.nat(30), (before, part, after, cut) => {
        const whole = (before + part + after).toWellFormed();
        // Cut anywhere, even between the halves of a pair.
        const needle = whole.slice(before.length + (cut % 3), before.length + part.length);
        expect(inBytes(whole, needle)).toBe(contains(whole, needle));
        expect(inBytes(after.toWellFormed(), needle)).toBe(contains(after.toWellFormed(), needle));
      }),
      { seed: 61, numRuns: 1000 },
    );
  });

  test.each([
    ['a capital sigma at the end of a word', 'ΟΔΟΣ', 'ς', true],
    ['a capital sigma within', 'ΣΑ', 'σα', true],
    ['the Kelvin sign for a k', '300 \u212a warm', 'k w', true],
    ['both halves of a lowered I with a dot', 'xİy', 'i\u0307y', true],
    ['half a pair of surrogates', '👍', '\udc4d', true],
    ['a sharp s, which stays one letter in lower case', 'STRASSE', 'straße', false],
    ['a needle of more bytes than the automaton has bits', 'x'.repeat(40) + 'END', 'X'.repeat(40) + 'end', true],
    ['the same, one letter off', 'x'.repeat(39) + 'END', 'X'.repeat(40) + 'end', false],
  ])('%s', (_, haystack, needle, expected) => {
    expect(contains(haystack, needle)).toBe(expected);
    expect(inBytes(haystack, needle)).toBe(expected);
  });
});

describe('a chunk in place', () => {
  const source = fc
    .record({ file: text, row: fc.nat(3), meta: fc.option(fc.dictionary(text, text, { minKeys: 1, maxKeys: 2 })) })
    .map(({ file, row, meta }) => ({ file, ...(row > 0 && { row }), ...(meta && { meta: { ...meta } }) }));
  const record: fc.Arbitrary<ItemRecord> = fc.record({
    data: fc.oneof(
      text.map((value) => ({ kind: 'text' as const, text: value })),
      fc.record({ value: text, turn: text }).map(({ value, turn }) => ({
        ...{ kind: 'text' as const, text: value },
        context: [{ speaker: turn, text: turn }],
      })),
      text.map((value) => ({ kind: 'image' as const, blob: value })),
      text.map((value) => ({ kind: 'image-url' as const, url: value })),
    ),
    sources: fc.array(source, { maxLength: 3 }),
  });

  test('gives each item, and finds what a slow reading of the items finds (seed 62)', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 6 }), text, (items, typed) => {
        const view = ChunkView.open(encodeChunk(items));
        if (!view.ok) throw new Error(view.error.message);
        expect(view.value.length).toBe(items.length);
        expect(items.map((_, row) => view.value.record(row))).toEqual(items);
        const isFound = ({ data, sources }: ItemRecord) =>
          (data.kind === 'text' && contains(data.text, typed)) ||
          (data.kind === 'image-url' && contains(data.url, typed)) ||
          sources.some(
            ({ file, meta }) => contains(file, typed) || Object.values(meta ?? {}).some((v) => contains(v, typed)),
          );
        expect([...view.value.search(new Needle(typed))]).toEqual(items.map((item) => (isFound(item) ? 1 : 0)));
      }),
      { seed: 62, numRuns: 1500 },
    );
  });

  test('searching one of other shape than announced neither throws nor runs on (seed 63)', () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 4 }),
        fc.nat(),
        fc.nat(255),
        text,
        (items, at, to, typed) => {
          const bytes = encodeChunk(items).slice();
          bytes[at % bytes.length] = to;
          const view = ChunkView.open(bytes);
          if (!view.ok) return;
          expect(() => view.value.search(new Needle(typed))).not.toThrow();
          for (let row = 0; row < view.value.length; row++) expect(() => view.value.record(row)).not.toThrow();
        },
      ),
      { seed: 63 },
    );
  });
});
