import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeChunk, encodeChunk } from '#core/model/chunk';
import type { ItemRecord } from '#core/model/item';

/** Text as people import it: any code point but lone surrogates, byte order marks and NUL included. */
const text = fc.string({
  unit: fc.oneof(fc.constantFrom('\uFEFF', '\0', '\r\n', '👩‍👩‍👧', 'é', 'ا'), fc.string({ unit: 'binary', maxLength: 1 })),
});
const source = fc
  .record({
    file: text,
    row: fc.option(fc.integer({ min: 1, max: 2e6 })),
    meta: fc.option(fc.dictionary(text, text, { minKeys: 1, noNullPrototype: true })),
  })
  .map(({ file, row, meta }) => ({ file, ...(row !== null && { row }), ...(meta !== null && { meta }) }));
const record: fc.Arbitrary<ItemRecord> = fc.record({
  data: fc.oneof(
    text.map((value) => ({ kind: 'text' as const, text: value })),
    fc
      .tuple(text, fc.array(fc.record({ speaker: text, text }), { minLength: 1 }))
      .map(([value, context]) => ({ kind: 'text' as const, text: value, context })),
    text.map((value) => ({ kind: 'image' as const, blob: value })),
    text.map((value) => ({ kind: 'image-url' as const, url: value })),
  ),
  sources: fc.array(source, { maxLength: 3 }),
});

test('decode after encode is the identity (seed 40)', () => {
  fc.assert(
    fc.property(fc.array(record), (items) => {
      const decoded = decodeChunk(encodeChunk(items));
      expect(decoded.ok && decoded.value).toEqual(items);
    }),
    { seed: 40 },
  );
});

test('a damaged chunk is an error or other items, never a throw (seed 41)', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (items, at, change) => {
      const bytes = encodeChunk(items).slice();
      bytes[at % bytes.length]! ^= change;
      expect(() => decodeChunk(bytes)).not.toThrow();
      expect(decodeChunk(bytes.slice(0, at % bytes.length)).ok).toBe(false);
    }),
    { seed: 41 },
  );
});
