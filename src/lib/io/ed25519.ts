import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';

const POINT_BYTES = 32;
const SIGNATURE_BYTES = 64;

/**
 * Whether the signature is the key's, in JavaScript, about 2 ms.
 *
 * Ed25519 leaves room for signatures of dishonest signers that pass one verifier and not another. Peers must agree, so this
 * one is as OpenSSL, BoringSSL and NSS are: s below the group's order, and the encoding of sB - hA equal to R byte by byte
 * (no multiplication by the cofactor, which noble's own `verify` does). See Chalkias, Garillot and Nikolaenko, "Taming
 * the many EdDSAs", 2020.
 */
export function verifyInJavaScript(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== POINT_BYTES || signature.length !== SIGNATURE_BYTES) return false;
  const { Point } = ed25519;
  const r = signature.subarray(0, POINT_BYTES);
  const s = littleEndian(signature.subarray(POINT_BYTES));
  if (s >= Point.Fn.ORDER) return false;
  let key;
  try {
    key = Point.fromBytes(publicKey, true);
  } catch {
    return false;
  }
  const h = littleEndian(sha512(concatBytes(r, publicKey, message))) % Point.Fn.ORDER;
  const expected = Point.BASE.multiplyUnsafe(s).subtract(key.multiplyUnsafe(h)).toBytes();
  return expected.every((byte, i) => byte === r[i]);
}

/** The signature of the message by the key of this 32-byte seed (RFC 8032). */
export const signInJavaScript = (message: Uint8Array, seed: Uint8Array): Uint8Array => ed25519.sign(message, seed);

export const publicKeyOfSeed = (seed: Uint8Array): Uint8Array => ed25519.getPublicKey(seed);

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
