/**
 * What others encrypt to this device with: ECDH over P-256, which every browser's WebCrypto knows. The private half is a CryptoKey
 * that no script can read, or, where the browser cannot store one, plain bytes.
 */
import type { Cryptography, DecryptionKey } from '#core/gold/cryptography';
import { randomBytes } from './keys';

/** A key pair to be encrypted to, storable in IndexedDB as it is. */
export type EncryptionKey =
  | { readonly kind: 'protected'; readonly publicKey: Uint8Array; readonly privateKey: CryptoKey }
  | { readonly kind: 'raw'; readonly publicKey: Uint8Array; readonly pkcs8: Uint8Array };

const ECDH = { name: 'ECDH', namedCurve: 'P-256' } as const;
const SECRET_BITS = 256;

/** @param kind `raw` for where a CryptoKey cannot be stored */
export async function createEncryptionKey(kind: EncryptionKey['kind']): Promise<EncryptionKey> {
  const pair = await crypto.subtle.generateKey(ECDH, kind === 'raw', ['deriveBits']);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  if (kind === 'protected') return { kind, publicKey, privateKey: pair.privateKey };
  return { kind, publicKey, pkcs8: new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey)) };
}

export function decryptionKeyOf(key: EncryptionKey): DecryptionKey {
  const { publicKey } = key;
  const privateKey =
    key.kind === 'protected'
      ? Promise.resolve(key.privateKey)
      : crypto.subtle.importKey('pkcs8', owned(key.pkcs8), ECDH, false, ['deriveBits']);
  return {
    publicKey,
    agree: async (ephemeral, info) => {
      const point = await pointOf(ephemeral);
      return point && secretOf(await privateKey, point, salt(ephemeral, publicKey), info);
    },
  };
}

/** What sealing needs, by WebCrypto. */
export const cryptography: Cryptography = {
  randomBytes,

  encrypt: async (key, nonce, plain, bound) => {
    const parameters = { name: 'AES-GCM', iv: owned(nonce), additionalData: owned(bound) };
    return new Uint8Array(await crypto.subtle.encrypt(parameters, await aesKey(key, 'encrypt'), owned(plain)));
  },

  decrypt: async (key, nonce, sealed, bound) => {
    const parameters = { name: 'AES-GCM', iv: owned(nonce), additionalData: owned(bound) };
    try {
      return new Uint8Array(await crypto.subtle.decrypt(parameters, await aesKey(key, 'decrypt'), owned(sealed)));
    } catch (error) {
      if (error instanceof DOMException) return null;
      throw error;
    }
  },

  agree: async (to, info) => {
    const point = await pointOf(to);
    if (point === null) return null;
    const pair = await crypto.subtle.generateKey(ECDH, false, ['deriveBits']);
    const ephemeral = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
    return { ephemeral, secret: await secretOf(pair.privateKey, point, salt(ephemeral, to), info) };
  },
};

/** HKDF-SHA-256 (RFC 5869) of what both sides arrive at. */
async function secretOf(
  mine: CryptoKey,
  theirs: CryptoKey,
  salt: Uint8Array<ArrayBuffer>,
  info: Uint8Array,
): Promise<Uint8Array> {
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, mine, SECRET_BITS);
  const material = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveBits']);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt, info: owned(info) };
  return new Uint8Array(await crypto.subtle.deriveBits(derivation, material, SECRET_BITS));
}

/** null where the bytes are no point of the curve. */
async function pointOf(bytes: Uint8Array): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey('raw', owned(bytes), ECDH, false, []);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

const aesKey = (key: Uint8Array, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', owned(key), 'AES-GCM', false, [use]);

/** Both points, so that a secret belongs to this exchange alone. */
const salt = (ephemeral: Uint8Array, to: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.of(...ephemeral, ...to);

/** WebCrypto's types refuse what might be shared memory. */
const owned = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
