const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const DIGIT = new Int8Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) DIGIT[ALPHABET.charCodeAt(i)] = i;

/** RFC 4648 base32, lower case, without padding: safe in URLs, file names and on the telephone. */
export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET.charAt((value >>> bits) & 31);
    }
    value &= 0xff;
  }
  return bits > 0 ? text + ALPHABET.charAt((value << (5 - bits)) & 31) : text;
}

/** Inverse of {@link toBase32}; null when the text holds a foreign character or stray trailing bits. */
export function fromBase32(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let bits = 0;
  let value = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const digit = code < 128 ? DIGIT[code]! : -1;
    if (digit < 0) return null;
    value = ((value << 5) | digit) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (value >>> bits) & 0xff;
    }
  }
  return bits < 5 && (value & ((1 << bits) - 1)) === 0 ? bytes : null;
}

/**
 * As {@link fromBase32}, into words of 32 bits, the first byte highest.
 *
 * @returns whether the text spells exactly so many words
 */
export function wordsOfBase32(text: string, words: Uint32Array): boolean {
  let [word, bits, at] = [0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const digit = code < 128 ? DIGIT[code]! : -1;
    if (digit < 0) return false;
    bits += 5;
    if (bits < 32) {
      word = (word << 5) | digit;
      continue;
    }
    bits -= 32;
    words[at++] = (word << (5 - bits)) | (digit >> bits);
    word = digit & ((1 << bits) - 1);
  }
  return at === words.length && bits < 5 && word === 0;
}
