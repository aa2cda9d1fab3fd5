import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeAnswers, encodeAnswers, type SealedAnswer } from '#core/gold/answer-codec';
import type { DecryptionKey } from '#core/gold/cryptography';
import { KnownAnswers } from '#core/gold/known-answers';
import { open, openKey, seal, sealKey } from '#core/gold/sealing';
import type { ControlEvent } from '#core/log/events';
import { toBase32 } from '#core/model/base32';
import { hashOf } from '#core/model/hash';
import { itemId } from '#core/model/item';
import type { ControlFact } from '#core/projection/control';
import { createEncryptionKey, cryptography, decryptionKeyOf } from '#io/encryption-key';

const idOf = (n: number) => toBase32(new Uint8Array(32).fill(n));
const [PROJECT, OTHER_PROJECT] = [idOf(1), idOf(2)];
const [ADA, BEN, CARA, DAN] = [idOf(11), idOf(12), idOf(13), idOf(14)];
const ITEMS = Array.from({ length: 20 }, (_, n) => itemId({ kind: 'text', text: `item ${n}` }));

let keys: DecryptionKey[];
beforeAll(async () => {
  const made = await Promise.all([1, 2, 3, 4].map((n) => createEncryptionKey(n === 2 ? 'raw' : 'protected')));
  keys = made.map(decryptionKeyOf);
});

const readerOf = (at: number) => ({ author: [ADA, BEN, CARA, DAN][at]!, key: keys[at]!.publicKey });

const region = fc.record({
  id: fc.constantFrom('1', '2'),
  class: fc.string({ minLength: 1 }),
  start: fc.nat(),
  end: fc.nat(),
});
const value = fc.oneof(fc.array(fc.string({ minLength: 1 })), fc.array(region));
const answer: fc.Arbitrary<SealedAnswer> = fc.record({
  item: fc.constantFrom(...ITEMS),
  values: fc.option(
    fc.dictionary(
      fc.string({ minLength: 1, maxLength: 20 }).filter((key) => key !== '__proto__'),
      value,
    ),
  ),
});
const answers = fc.array(answer, { maxLength: 12 });

describe('answers as bytes', () => {
  test('come back as they were (seed 61)', () => {
    fc.assert(
      fc.property(answers, (given) => {
        expect(decodeAnswers(encodeAnswers(given))).toEqual(given);
      }),
      { seed: 61, numRuns: 200 },
    );
  });

  test('are as long as Padmé says, and no shorter than 4 KiB', () => {
    const lengthFor = (bytes: number) => {
      const text = (n: number) => [{ item: ITEMS[0]!, values: { a: ['x'.repeat(n)] } }];
      // What lies around the text of `n` characters: found once for this size of text.
      const around = 4 + 1 + 1 + 2 + 26 + 1 + 2 + 1 + 3;
      return encodeAnswers(text(bytes - around)).length;
    };
    // Nikitin et al. 2019, algorithm 1, by hand: L = 9001 has E = 13, S = 4, so the last 9 bits are rounded up: 18 * 512 = 9216.
    expect(lengthFor(9_001)).toBe(9_216);
    // L = 65537: E = 16, S = 5, so 11 bits: 33 * 2048.
    expect(encodeAnswers([{ item: ITEMS[0]!, values: { a: ['x'.repeat(65_500)] } }]).length).toBe(67_584);
    expect(encodeAnswers([]).length).toBe(4_096);
    expect(encodeAnswers(ITEMS.map((item) => ({ item, values: { label: ['x'] } }))).length).toBe(4_096);
  });

  test.each<[what: string, bytes: Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['a length beyond the end', Uint8Array.of(0, 0, 1, 0, 0x80)],
    ['something else than a list', Uint8Array.of(0, 0, 0, 1, 0xa0)],
    ['an item that is none', Uint8Array.of(0, 0, 0, 5, 0x81, 0x82, 0x61, 0x61, 0xf6)],
  ])('%s is nobody’s answers', (_, bytes) => {
    expect(decodeAnswers(bytes)).toBeNull();
  });
});

describe('sealing', () => {
  test('every reader reads, and nobody else (seed 62)', async () => {
    await fc.assert(
      fc.asyncProperty(answers, fc.subarray([0, 1, 2, 3]), async (given, chosen) => {
        const place = { project: PROJECT, author: ADA };
        const sealed = await seal(given, place, chosen.map(readerOf), cryptography);
        const of = { project: PROJECT, of: hashOf(sealed.sealed) };
        expect(sealed.keys.map(({ author }) => author)).toEqual(chosen.map((at) => readerOf(at).author));
        for (const [at, key] of keys.entries()) {
          for (const sealedKey of sealed.keys) {
            const found = await openKey(sealedKey, of, key, cryptography);
            if (sealedKey.author !== readerOf(at).author) expect(found).toBeNull();
            else expect(await open(sealed.sealed, found!, place, cryptography)).toEqual(given);
          }
        }
      }),
      { seed: 62, numRuns: 12 },
    );
  }, 30_000);

  test('a changed byte, another author, another project, another key: nothing is read', async () => {
    const place = { project: PROJECT, author: ADA };
    const { sealed, keys: sealedKeys, contentKey } = await seal([], place, [readerOf(0)], cryptography);
    expect(await open(sealed, contentKey, place, cryptography)).toEqual([]);
    for (const at of [0, 11, 12, sealed.length - 1]) {
      const changed = sealed.slice();
      changed[at]! ^= 1;
      expect(await open(changed, contentKey, place, cryptography)).toBeNull();
    }
    expect(await open(sealed.subarray(0, 5), contentKey, place, cryptography)).toBeNull();
    expect(await open(sealed, contentKey, { ...place, author: BEN }, cryptography)).toBeNull();
    expect(await open(sealed, contentKey, { ...place, project: OTHER_PROJECT }, cryptography)).toBeNull();
    const of = hashOf(sealed);
    const [key] = sealedKeys;
    const opened = (changes: object, where: object = {}) =>
      openKey({ ...key!, ...changes }, { project: PROJECT, of, ...where }, keys[0]!, cryptography);
    expect(await opened({})).toEqual(contentKey);
    expect(await opened({ author: BEN })).toBeNull();
    expect(await opened({ ephemeral: new Uint8Array(65) })).toBeNull();
    expect(await opened({ ephemeral: keys[1]!.publicKey })).toBeNull();
    expect(await opened({}, { of: idOf(9) })).toBeNull();
    expect(await opened({}, { project: OTHER_PROJECT })).toBeNull();
  });

  test('a reader whose key is no point is left out, and the others read', async () => {
    const readers = [{ author: BEN, key: new Uint8Array(65).fill(4) }, readerOf(0)];
    const { keys: sealedKeys } = await seal([], { project: PROJECT, author: ADA }, readers, cryptography);
    expect(sealedKeys.map(({ author }) => author)).toEqual([ADA]);
  });

  test('the same answers are sealed differently each time', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(() => seal([], { project: PROJECT, author: ADA }, [], cryptography)),
    );
    expect(one!.contentKey).not.toEqual(two!.contentKey);
    expect(one!.sealed).not.toEqual(two!.sealed);
    expect(one!.sealed.length).toBe(two!.sealed.length);
  });
});

describe('known answers', () => {
  let lamport = 0;
  const fact = (author: string, event: ControlEvent): ControlFact => ({
    ...{ author, seq: ++lamport, index: 0, lamport, time: 0, event },
  });
  const readBy = (at: number, me = readerOf(at).author) =>
    new KnownAnswers({ project: PROJECT, me }, keys[at]!, cryptography);
  const set = async (author: string, given: readonly SealedAnswer[], readers: readonly number[]) => {
    const {
      sealed,
      keys: sealedKeys,
      contentKey,
    } = await seal(given, { project: PROJECT, author }, readers.map(readerOf), cryptography);
    return { fact: fact(author, { type: 'gold.set', sealed, keys: sealedKeys }), of: hashOf(sealed), contentKey };
  };
  const known = (item: number, label: string): SealedAnswer => ({ item: ITEMS[item]!, values: { label: [label] } });

  test('the last answer to an item holds, and null takes it back', async () => {
    const first = await set(ADA, [known(0, 'x'), known(1, 'x'), known(2, 'x')], [0, 1]);
    const second = await set(BEN, [known(1, 'y'), { item: ITEMS[2]!, values: null }], [0, 1]);
    const answers = readBy(0);
    await answers.read([first.fact, second.fact]);
    expect([...answers.answers]).toEqual([
      [ITEMS[0], { label: ['x'] }],
      [ITEMS[1], { label: ['y'] }],
    ]);
    expect(answers.isReadable).toBe(true);
  });

  test('a later reviewer reads once the key is shared, and is then no one to share with', async () => {
    const { fact: first, of, contentKey } = await set(ADA, [known(0, 'x')], [0]);
    const [ada, cara] = [readBy(0), readBy(2)];
    await ada.read([first]);
    await cara.read([first]);
    expect([cara.isReadable, cara.answers.size]).toEqual([false, 0]);
    const [share, ...others] = ada.lacking([readerOf(0), readerOf(2)]);
    expect(others).toEqual([]);
    expect(share).toEqual({ of, contentKey, readers: [readerOf(2)] });
    const sealedKeys = await sealKey(share!.contentKey, { project: PROJECT, of }, share!.readers, cryptography);
    const shared = fact(BEN, { type: 'gold.shared', of, keys: sealedKeys });
    await cara.read([first, shared]);
    await ada.read([first, shared]);
    expect([cara.isReadable, cara.answers.get(ITEMS[0]!)]).toEqual([true, { label: ['x'] }]);
    expect(ada.lacking([readerOf(0), readerOf(2)])).toEqual([]);
  });

  test('what somebody else sealed, passed off as one’s own, is ignored and named; so is what was changed', async () => {
    const { fact: first } = await set(ADA, [known(0, 'x')], [0, 1]);
    if (first.event.type !== 'gold.set') throw new Error('not gold');
    const copied = fact(BEN, { ...first.event });
    const sealed = first.event.sealed.slice();
    sealed[20]! ^= 1;
    const changed = fact(ADA, { ...first.event, sealed });
    const answers = readBy(1);
    await answers.read([first, copied, changed]);
    expect(answers.ignored).toEqual([copied, changed]);
    expect([answers.answers.size, answers.isReadable]).toEqual([1, true]);
  });

  test('a wrong key that comes first does not keep the right one out', async () => {
    const { fact: first, of, contentKey } = await set(ADA, [known(0, 'x')], [0]);
    const wrong = await sealKey(new Uint8Array(32), { project: PROJECT, of }, [readerOf(2)], cryptography);
    const right = await sealKey(contentKey, { project: PROJECT, of }, [readerOf(2)], cryptography);
    const cara = readBy(2);
    await cara.read([first, fact(BEN, { type: 'gold.shared', of, keys: wrong })]);
    expect([cara.ignored.length, cara.answers.size]).toEqual([1, 0]);
    await cara.read([
      first,
      fact(BEN, { type: 'gold.shared', of, keys: wrong }),
      fact(ADA, { type: 'gold.shared', of, keys: right }),
    ]);
    expect([cara.ignored.length, cara.answers.size]).toEqual([0, 1]);
  });
});
