import { sha256 as noble } from '@noble/hashes/sha2.js';
import { toBase32 } from './base32';
import type { Hash } from './ids';

/** SHA-256, 32 bytes. Synchronous, for records of up to some kilobytes; large files are hashed by the platform in io. */
export const sha256 = (bytes: Uint8Array): Uint8Array => noble(bytes);

/** The content address of some bytes. */
export const hashOf = (bytes: Uint8Array): Hash => toBase32(sha256(bytes));

/** Whether a text is a content address, whatever it may be the address of. */
export const isHash = (text: string): text is Hash => /^[a-z2-7]{51}[aq]$/.test(text);

/** The content address of bytes that need not fit into memory. */
export async function hashOfPieces(pieces: AsyncIterable<Uint8Array>): Promise<Hash> {
  const hash = noble.create();
  for await (const piece of pieces) hash.update(piece);
  return toBase32(hash.digest());
}
