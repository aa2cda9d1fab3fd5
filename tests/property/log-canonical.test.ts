import { decode, encode } from '@ipld/dag-cbor';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCanonical } from '#core/model/canonical';

/** Plain data of dag-cbor, with the characters and numbers where encodings change their length. */
const edgeNumber = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  fc.constantFrom(23, 24, 255, 256, 65535, 65536, 2 ** 32 - 1, 2 ** 32, -24, -25, -(2 ** 32) - 1, 0.5, 2 ** 53),
);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('a', '\0', '\x7f', 'é', '\uffff', '\ud7ff', '\ue000', '\u{10000}', '\u{10ffff}', '👩‍👩‍👧'),
  }),
);
const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    edgeNumber,
    text,
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array(),
    fc.array(tie('value'), { maxLength: 30 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom('a', 'b', 'aa', 'ab')), tie('value')),
  ),
})).value;

test('what the library encodes comes back the same', () => {
  fc.assert(
    fc.property(plain, (value) => {
      expect(decodeCanonical(encode(value))).toEqual(value);
    }),
  );
});

/** The slow oracle: read by the library, without what this reader leaves out, and written again to the same bytes. */
function isCanonical(bytes: Uint8Array): boolean {
  try {
    const value: unknown = decode(bytes);
    return isPlain(value) && Buffer.from(encode(value)).equals(bytes);
  } catch {
    return false;
  }
}

function isPlain(value: unknown): boolean {
  if (typeof value === 'bigint') return false;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return true;
  if (value.constructor !== Object && !Array.isArray(value)) return false;
  return Object.values(value).every(isPlain);
}

/** The library drops byte order marks, so that it cannot judge bytes that hold one. */
const holdsMark = (bytes: Uint8Array) => Buffer.from(bytes).includes(Buffer.from([0xef, 0xbb, 0xbf]));

test('damaged bytes are taken exactly when they are the canonical encoding of something else', () => {
  const change = fc.record({
    at: fc.nat(),
    byte: fc.integer({ min: 0, max: 255 }),
    insert: fc.integer({ min: -1, max: 1 }),
  });
  fc.assert(
    fc.property(plain, fc.array(change, { minLength: 1, maxLength: 3 }), (value, changes) => {
      const bytes = [...encode(value)];
      for (const { at, byte, insert } of changes) {
        bytes.splice(at % (bytes.length + 1), insert === 1 ? 0 : 1, ...(insert === -1 ? [] : [byte]));
      }
      const damaged = Uint8Array.from(bytes);
      fc.pre(!holdsMark(damaged));
      expect(decodeCanonical(damaged) !== undefined, Buffer.from(damaged).toString('hex')).toBe(isCanonical(damaged));
    }),
    { numRuns: 1500 },
  );
});

test.each([
  ['nothing', ''],
  ['two values', '0102'],
  ['a long form of 10', '180a'],
  ['keys out of order', 'a2616201616101'],
  ['a key twice', 'a2616101616102'],
  ['a whole float', 'fb3ff0000000000000'],
  ['negative zero', 'fb8000000000000000'],
  ['a short float', 'f93800'],
  ['NaN', 'fb7ff8000000000000'],
  ['undefined', 'f7'],
  ['an endless list', '9f01ff'],
  ['2^53', '1b0020000000000000'],
  ['a CID', 'd82a450001710000'],
  ['a surrogate', '63eda080'],
  ['an overlong slash', '62c0af'],
  ['a list longer than the bytes', '9b00000001000000000101'],
  ['a map that announces more than it has', 'bb001fffffffffffff'],
])('%s is refused', (_name, hex) => {
  expect(decodeCanonical(Buffer.from(hex, 'hex'))).toBeUndefined();
});

test('hostile nesting is refused without exhausting the stack', () => {
  expect(decodeCanonical(new Uint8Array(1 << 20).fill(0x81))).toBeUndefined();
});

test('a byte order mark is kept', () => {
  expect(decodeCanonical(encode('\ufefftext'))).toBe('\ufefftext');
});
