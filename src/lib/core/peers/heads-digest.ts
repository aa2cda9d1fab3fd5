import { publicKeyOf } from '../log/commit';
import { sha256 } from '../model/hash';
import type { Reach } from './messages';

/** 32 bytes that are equal where the same logs go equally far, in whatever order they are given: one number to compare. */
export function headsDigest(heads: readonly Reach[]): Uint8Array {
  const entries = heads
    .map(({ author, length, hash }) => ({ key: publicKeyOf(author)!, author, length, hash }))
    .sort((a, b) => (a.author < b.author ? -1 : 1));
  const bytes = new Uint8Array(entries.length * ENTRY);
  const view = new DataView(bytes.buffer);
  for (const [i, { key, length, hash }] of entries.entries()) {
    bytes.set(key, i * ENTRY);
    view.setFloat64(i * ENTRY + 32, length);
    bytes.set(hash, i * ENTRY + 40);
  }
  return sha256(bytes);
}

/** A public key, a length, a hash. */
const ENTRY = 72;
