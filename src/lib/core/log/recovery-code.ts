import { fault } from '../errors';
import { fromBase32, toBase32 } from '../model/base32';
import { sha256 } from '../model/hash';
import { err, ok, type Result } from '../result';

const SEED_BYTES = 32;
/** 24 bits: one of 16,777,216 mistyped codes passes; seed and checksum together fill 56 characters exactly. */
const CHECKSUM_BYTES = 3;
const GROUP = /.{4}(?=.)/g;

/**
 * Writes a recovery key's seed, 32 bytes, as a person keeps it: 14 groups of 4 capitals and digits in base32, the last bits a
 * checksum.
 */
export function recoveryCode(seed: Uint8Array): string {
  return toBase32(Uint8Array.of(...seed, ...checksum(seed)))
    .toUpperCase()
    .replace(GROUP, '$&-');
}

/**
 * Reads what a person typed: case, spaces and hyphens do not matter, and 0, 1 and 8, which base32 lacks, are read as O, I
 * and B.
 *
 * @returns the seed, 32 bytes; `recovery.invalid` where characters are missing or mistyped
 */
export function readRecoveryCode(code: string): Result<Uint8Array> {
  const invalid = (reason: string) => err(fault('recovery.invalid', '', { reason }));
  const text = code
    .replace(/[\s\p{Pd}]/gu, '')
    .toLowerCase()
    .replaceAll('0', 'o')
    .replaceAll('1', 'i')
    .replaceAll('8', 'b');
  if (text.length !== 56) return invalid(`it has ${text.length} letters and digits, not 56`);
  const bytes = fromBase32(text);
  if (bytes === null) return invalid('it holds a character that no code has');
  const seed = bytes.subarray(0, SEED_BYTES);
  const matches = checksum(seed).every((byte, i) => byte === bytes[SEED_BYTES + i]);
  return matches ? ok(seed) : invalid('a character is mistyped');
}

function checksum(seed: Uint8Array): Uint8Array {
  const domain = Uint8Array.from('concord-recovery-v1\0', (character) => character.charCodeAt(0));
  return sha256(Uint8Array.of(...domain, ...seed)).subarray(0, CHECKSUM_BYTES);
}
