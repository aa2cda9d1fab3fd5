import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase32, toBase32, wordsOfBase32 } from '#core/model/base32';

test('words are those of the bytes, and texts that spell none are refused alike (seed 65)', () => {
  const letter = fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyz2345671Aé'));
  const spelt = fc.oneof(
    fc.uint8Array({ minLength: 16, maxLength: 16 }).map(toBase32),
    fc.string({ unit: letter, maxLength: 30 }),
    fc.string({ unit: fc.constantFrom('a', '7', 'e'), minLength: 26, maxLength: 26 }),
  );
  fc.assert(
    fc.property(spelt, (text) => {
      const bytes = fromBase32(text);
      const words = new Uint32Array(4);
      const isSpelt = bytes?.length === 16;
      expect(wordsOfBase32(text, words)).toBe(isSpelt);
      if (!isSpelt) return;
      const view = new DataView(bytes.buffer);
      expect([...words]).toEqual([0, 4, 8, 12].map((at) => view.getUint32(at)));
    }),
    { seed: 65, numRuns: 2000 },
  );
});
