import type { Encoding } from './encoding';

/** Where decoding had to put U+FFFD: called once per replaced sequence. */
export type OnMalformed = (line: number, bytes: number) => void;

/**
 * Finds what a decoder replaces by U+FFFD, and tells the line: the platform's decoders do not say where.
 *
 * UTF-8 as in the Encoding Standard, section 8.1.1: the longest prefix of a possible sequence is replaced at once.
 * UTF-16: a lone surrogate, or an odd byte at the end. `bytes` begin and end between characters; O(n), used only where
 * a U+FFFD was seen.
 *
 * @param line one-based line in which `bytes` begin
 */
export function findMalformed(bytes: Uint8Array, encoding: Encoding, line: number, onMalformed: OnMalformed): void {
  if (encoding === 'utf-8') findInUtf8(bytes, line, onMalformed);
  else findInUtf16(bytes, encoding === 'utf-16le', line, onMalformed);
}

function findInUtf8(bytes: Uint8Array, line: number, onMalformed: OnMalformed): void {
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at]!;
    if (lead < 0x80) {
      if (lead === 0x0a) line++;
      at++;
      continue;
    }
    const needed =
      lead >= 0xc2 && lead <= 0xdf ? 1 : lead >= 0xe0 && lead <= 0xef ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
    // Overlong forms, surrogates and what lies beyond U+10FFFF are excluded by the second byte.
    let lower = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    let upper = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    let seen = 0;
    while (seen < needed) {
      const next = bytes[at + 1 + seen];
      if (next === undefined || next < lower || next > upper) break;
      lower = 0x80;
      upper = 0xbf;
      seen++;
    }
    if (needed === 0 || seen < needed) onMalformed(line, 1 + seen);
    at += 1 + seen;
  }
}

function findInUtf16(bytes: Uint8Array, littleEndian: boolean, line: number, onMalformed: OnMalformed): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % 2);
  for (let at = 0; at < whole; at += 2) {
    const unit = view.getUint16(at, littleEndian);
    if (unit === 0x0a) line++;
    if (unit < 0xd800 || unit > 0xdfff) continue;
    const next = at + 2 < whole ? view.getUint16(at + 2, littleEndian) : 0;
    if (unit <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) at += 2;
    else onMalformed(line, 2);
  }
  if (whole < bytes.length) onMalformed(line, 1);
}
