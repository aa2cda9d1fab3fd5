import { levenshtein } from './levenshtein';

/** What a text is cut into, as numbers: equal pieces have equal numbers. */
export type Pieces = Uint32Array;

/**
 * Code points of a text, after NFC: what looks the same and was typed in another way counts as the same. Code points
 * and not grapheme clusters, whose borders differ between browsers: every device must compute the same figure.
 */
export function charactersOf(text: string): Pieces {
  return Uint32Array.from(text.normalize('NFC'), (character) => character.codePointAt(0)!);
}

/** Words of a text, after NFC: what stands between white space. Case and punctuation count. `numbers` is added to. */
export function wordsOf(text: string, numbers: Map<string, number>): Pieces {
  const words = text.normalize('NFC').split(/\s+/u);
  return Uint32Array.from(
    words.filter((word) => word !== ''),
    (word) => {
      const known = numbers.get(word);
      if (known !== undefined) return known;
      numbers.set(word, numbers.size);
      return numbers.size - 1;
    },
  );
}

/**
 * Error rate of two texts, each once taken for the truth: WER of words, CER of characters (Morris, Maier and Green
 * 2004).
 *
 *   rate = (d / |a| + d / |b|) / 2
 *
 * with d the Levenshtein distance. It is above 1 where one text is much longer. Two empty texts are equal: 0; of an
 * empty one and another everything is wrong: 1.
 *
 * Example: "the cat sat" and "the cat" are one word apart: (1/3 + 1/2) / 2 = 5/12.
 */
export function mutualErrorRate(a: Pieces, b: Pieces): number {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 0 : 1;
  const distance = levenshtein(a, b);
  return (distance / a.length + distance / b.length) / 2;
}
