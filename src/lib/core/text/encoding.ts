export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** How many bytes of a file's beginning {@link detectEncoding} wants to see. */
export const ENCODING_SAMPLE = 4096;

/**
 * The encoding of a text file by its first bytes: by the byte order mark where there is one; else UTF-16 where NUL
 * bytes stand in every second place, as in Western text; else UTF-8.
 */
export function detectEncoding(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const units = Math.floor(Math.min(bytes.length, ENCODING_SAMPLE) / 2);
  let evenNuls = 0;
  let oddNuls = 0;
  for (let i = 0; i < units; i++) {
    if (bytes[2 * i] === 0) evenNuls++;
    if (bytes[2 * i + 1] === 0) oddNuls++;
  }
  // A UTF-8 text with some NULs in it has them in both places; half of the units is far beyond chance.
  if (oddNuls > units / 2 && evenNuls < units / 10) return 'utf-16le';
  if (evenNuls > units / 2 && oddNuls < units / 10) return 'utf-16be';
  return 'utf-8';
}

/**
 * How many of the bytes at the beginning are whole characters, so that the rest (at most 3 bytes) belongs to the next
 * piece of the stream. Malformed bytes count as whole.
 */
export function wholeCharacters(bytes: Uint8Array, encoding: Encoding): number {
  const { length } = bytes;
  if (encoding === 'utf-8') {
    for (let back = 1; back <= Math.min(3, length); back++) {
      const byte = bytes[length - back]!;
      if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? length - back : length;
      if (byte < 0x80) return length;
    }
    return length;
  }
  const even = length - (length % 2);
  const high = bytes[even - (encoding === 'utf-16le' ? 1 : 2)];
  return high !== undefined && high >= 0xd8 && high <= 0xdb ? even - 2 : even;
}
