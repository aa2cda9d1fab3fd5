import { equalBytes } from '../log/commit';
import { fromBase32, toBase32 } from '../model/base32';
import { sha256 } from '../model/hash';

/** 40 bits: one of 10^12 mistyped texts passes. */
const CHECKSUM_BYTES = 5;
const HEADER_BYTES = 3;
/** The least that hold it and end with a byte. */
const HEADER_CHARACTERS = 8;
const MAX_BYTES = 0xffff;

/** What a kind of text is known by. */
export interface TextKind {
  /** Goes into the checksum, so that no text is taken for one of another kind. */
  readonly domain: string;
  readonly version: number;
}

/**
 * Bytes as a text that people send each other, in base32.
 *
 * It holds a version, its length (16 bits, highest first), the content, and a checksum over all before it. Length and checksum stay
 * where they are in every version, so that a text which was cut is told from one that was mistyped, and both from one that a newer
 * version made.
 */
export function sealText({ domain, version }: TextKind, content: Uint8Array): string {
  const length = HEADER_BYTES + content.length + CHECKSUM_BYTES;
  if (length > MAX_BYTES) throw new Error(`${length} bytes are too many for a text`);
  const body = Uint8Array.of(version, length >> 8, length & 0xff, ...content);
  return toBase32(Uint8Array.of(...body, ...checksum(domain, body)));
}

/** Inverse of {@link sealText}, in any case of letters, without white space; or why that cannot be. */
export function openText({ domain, version }: TextKind, text: string): Uint8Array | 'wrong' | 'cut' | 'newer' {
  const spelt = text.toLowerCase();
  const header = fromBase32(spelt.slice(0, HEADER_CHARACTERS));
  if (header?.length !== HEADER_CHARACTERS * (5 / 8)) return 'wrong';
  const length = header[1]! * 0x100 + header[2]!;
  if (spelt.length < Math.ceil(length * (8 / 5))) return 'cut';
  const bytes = fromBase32(spelt);
  if (bytes?.length !== length) return 'wrong';
  const body = bytes.subarray(0, -CHECKSUM_BYTES);
  if (!equalBytes(checksum(domain, body), bytes.subarray(body.length))) return 'wrong';
  return bytes[0]! > version ? 'newer' : body.slice(HEADER_BYTES);
}

const checksum = (domain: string, bytes: Uint8Array): Uint8Array =>
  sha256(Uint8Array.of(...Array.from(domain, (character) => character.charCodeAt(0)), ...bytes)).subarray(
    0,
    CHECKSUM_BYTES,
  );
