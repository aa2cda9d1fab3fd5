import { afterEach, describe, expect, test, vi } from 'vitest';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { authorId } from '#core/log/commit';
import { readRecoveryCode, recoveryCode } from '#core/log/recovery-code';
import { verifyInJavaScript } from '#io/ed25519';
import { createIdentity, createRawIdentity, createRecovery, recoverySigner, signerOf, verify } from '#io/keys';
import { testAuthor, verify as opensslVerify } from '../support/authors';

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const message = hex('c0ffee');

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A platform whose WebCrypto knows no Ed25519. */
function withoutEd25519(): void {
  const refuse = () => Promise.reject(new DOMException('Unrecognized name', 'NotSupportedError'));
  vi.stubGlobal('crypto', {
    getRandomValues: crypto.getRandomValues.bind(crypto),
    subtle: { generateKey: refuse, importKey: refuse },
  });
}

/** An insecure origin: no WebCrypto but random numbers. */
function withoutSubtle(): void {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
}

describe('an identity', () => {
  test('is protected where the platform can: not even structured cloning shows the private half', async () => {
    const identity = await createIdentity();
    if (identity.kind !== 'protected') throw new Error(identity.kind);
    expect(identity.privateKey.extractable).toBe(false);
    const stored = structuredClone(identity);
    const signature = await signerOf(stored).sign(message);
    expect(await opensslVerify(identity.publicKey, message, signature)).toBe(true);
    expect(signerOf(stored).author).toBe(authorId(identity.publicKey));
  });

  test.each([
    ['no Ed25519', withoutEd25519],
    ['no WebCrypto', withoutSubtle],
  ])('is plain bytes where there is %s, and says so', async (_name, stub) => {
    stub();
    const identity = await createIdentity();
    expect(identity.kind).toBe('raw');
    const signature = await signerOf(structuredClone(identity)).sign(message);
    expect(await opensslVerify(identity.publicKey, message, signature)).toBe(true);
    expect(await verify(identity.publicKey, message, signature)).toBe(true);
    expect(await verify(identity.publicKey, hex('c0ffef'), signature)).toBe(false);
  });

  test('is another each time', () => {
    expect(createRawIdentity().publicKey).not.toEqual(createRawIdentity().publicKey);
  });
});

describe('all verifiers agree', () => {
  const author = testAuthor(1);
  const order = ed25519.Point.Fn.ORDER;
  const little = (value: bigint) => hex(value.toString(16).padStart(64, '0')).reverse();
  const shifted = async (): Promise<Uint8Array> => {
    const signature = await author.sign(message);
    const s = BigInt(`0x${Buffer.from(signature.slice(32)).reverse().toString('hex')}`);
    return Uint8Array.of(...signature.subarray(0, 32), ...little(s + order));
  };
  /** A point of order 8: its multiples by the cofactor vanish, and with them the difference between the two equations. */
  const small = hex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05');
  /** Signed by a key with a component of order 8, so that only the equation with the cofactor holds, for most messages. */
  const mixed = (): [Uint8Array, Uint8Array] => {
    const { Point, utils } = ed25519;
    const { scalar, prefix } = utils.getExtendedPublicKey(new Uint8Array(32).fill(5));
    const key = Point.BASE.multiply(scalar).add(Point.fromBytes(small)).toBytes();
    const r = BigInt(`0x${Buffer.from(prefix).toString('hex')}`) % order;
    const point = Point.BASE.multiply(r).toBytes();
    const h =
      BigInt(
        `0x${Buffer.from(sha512(Uint8Array.of(...point, ...key, ...message)))
          .reverse()
          .toString('hex')}`,
      ) % order;
    return [key, Uint8Array.of(...point, ...little((r + h * scalar) % order))];
  };

  test.each<[string, boolean, () => Promise<[Uint8Array, Uint8Array, Uint8Array]>]>([
    ['a signature', true, async () => [author.publicKey, message, await author.sign(message)]],
    ['another message', false, async () => [author.publicKey, hex('00'), await author.sign(message)]],
    ['another key', false, async () => [testAuthor(2).publicKey, message, await author.sign(message)]],
    ['an s beyond the order', false, async () => [author.publicKey, message, await shifted()]],
    ['a signature that holds by the cofactor only', false, () => Promise.resolve([mixed()[0], message, mixed()[1]])],
    ['a key that is no point', false, async () => [new Uint8Array(32).fill(2), message, await author.sign(message)]],
    ['a short key', false, async () => [author.publicKey.slice(1), message, await author.sign(message)]],
    ['a short signature', false, async () => [author.publicKey, message, (await author.sign(message)).slice(1)]],
  ])('%s: %s', async (_name, expected, make) => {
    const [key, text, signature] = await make();
    expect(await verify(key, text, signature)).toBe(expected);
    expect(verifyInJavaScript(key, text, signature)).toBe(expected);
    withoutSubtle();
    expect(await verify(key, text, signature)).toBe(expected);
  });

  test('where noble’s own verifier would not', () => {
    const [key, signature] = mixed();
    expect(ed25519.verify(signature, message, key)).toBe(true);
  });

  test('RFC 8032, 7.1, test 2', () => {
    const key = hex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
    const signature = hex(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
        '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    );
    expect(verifyInJavaScript(key, hex('72'), signature)).toBe(true);
  });
});

describe('a recovery code', () => {
  test('is 14 groups that give the key back, however they are typed', async () => {
    const { publicKey, code } = createRecovery();
    expect(code).toMatch(/^([A-Z2-7]{4}-){13}[A-Z2-7]{4}$/);
    const typed = code
      .toLowerCase()
      .replaceAll('-', ' \u2013')
      .replaceAll('o', '0')
      .replaceAll('i', '1')
      .replaceAll('b', '8');
    const signer = recoverySigner(typed);
    if (!signer.ok) throw new Error(signer.error.message);
    expect(await opensslVerify(publicKey, message, await signer.value.sign(message))).toBe(true);
  });

  test('finds every single mistyped character and every swap of neighbours', () => {
    const code = recoveryCode(Uint8Array.from({ length: 32 }, (_, i) => i * 37));
    const text = code.replaceAll('-', '');
    for (let at = 0; at < text.length; at++) {
      for (const other of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567') {
        const typed = text.slice(0, at) + other + text.slice(at + 1);
        expect(readRecoveryCode(typed).ok, typed).toBe(other === text[at]);
      }
      const swapped = text.slice(0, at) + (text[at + 1] ?? '') + text[at]! + text.slice(at + 2);
      expect(readRecoveryCode(swapped).ok, swapped).toBe(swapped === text);
    }
  });

  test.each([
    ['a missing character', 55, /55 letters and digits/],
    ['a foreign character', 56, /no code has/],
  ])('names %s', (_name, length, reason) => {
    const read = readRecoveryCode('9'.repeat(length));
    expect(read.ok ? '' : read.error.message).toMatch(reason);
  });
});
