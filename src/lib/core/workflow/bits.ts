import { wordsOfBase32 } from '../model/base32';
import type { AuthorId } from '../model/ids';

/**
 * Drawing lots that fall alike on every device: whoever needs a share of the items, or of somebody's items, takes those whose
 * bits lie below it. Ids of items and of authors are hashes and public keys, whose first bits are as good as random.
 */

/** One more than the greatest number that 32 bits make. */
const ALL = 2 ** 32;
/** Words of 32 bits in an author's public key. */
const KEY_WORDS = 8;

/** The first 32 bits of an author's public key. */
export function authorBits(author: AuthorId): number {
  const words = new Uint32Array(KEY_WORDS);
  if (!wordsOfBase32(author, words)) throw new Error(`not an author: ${author}`);
  return words[0]!;
}

/** The finaliser of MurmurHash3 (Austin Appleby, public domain): one to one, and every bit of the result hangs on every bit given. */
export function mix(bits: number): number {
  let mixed = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/**
 * Whether bits fall into a share of all that there are.
 *
 * @param bits 0 <= bits < 2^32
 * @param share 0 to 1
 */
export const fallsInto = (share: number, bits: number): boolean => bits / ALL < share;
