import { fold, wordsOf } from './fold';

/**
 * How well a text fits what somebody types to find it. The ranks, best first, each with what was typed for
 * "Guidelines and details":
 *
 * 0. the text itself;
 * 1. its beginning: `guidel`;
 * 2. beginnings of its words in order, the first one among them: `gui det`;
 * 3. beginnings of its words in order: `and det`;
 * 4. beginnings of its words in any order: `det gui`;
 * 5. beginnings of its words run together: `gd`, `guidet`;
 * 6. parts of its words: `lines`;
 * 7. its letters in order from the beginning of a word, with at most as many between them as were typed: `guidlnes`.
 */
export type FuzzyRank = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** How many ranks there are. */
export const FUZZY_RANKS = 8;

/** A text, or what was typed, folded and cut into words. */
export interface FuzzyText {
  readonly text: string;
  readonly words: readonly string[];
}

export function fuzzyText(text: string): FuzzyText {
  const folded = fold(text).trim();
  return { text: folded, words: wordsOf(folded) };
}

/** Fewer letters than this are in nearly every text in some order. */
const LEAST_SCATTERED = 3;

/** The rank of a text for what was typed; null where it does not fit. Nothing typed fits everything. */
export function fuzzyRank({ text, words }: FuzzyText, typed: FuzzyText): FuzzyRank | null {
  if (text === typed.text) return 0;
  if (text.startsWith(typed.text)) return 1;
  // Signs alone have no words.
  if (typed.words.length === 0) return text.includes(typed.text) ? 6 : null;
  if (typed.words.every((part) => words.some((word) => word.startsWith(part)))) {
    if (!beginInOrder(words, typed.words)) return 4;
    return words[0]!.startsWith(typed.words[0]!) ? 2 : 3;
  }
  const together = typed.words.join('');
  if (runTogether(words, together)) return 5;
  if (typed.words.every((part) => words.some((word) => word.includes(part)))) return 6;
  return together.length >= LEAST_SCATTERED && scattered(text, words, together) ? 7 : null;
}

function beginInOrder(words: readonly string[], typed: readonly string[]): boolean {
  let at = 0;
  for (const part of typed) {
    while (at < words.length && !words[at]!.startsWith(part)) at++;
    if (at === words.length) return false;
    at++;
  }
  return true;
}

/** Whether the letters are beginnings of words, one after the other; words may be passed over. */
function runTogether(words: readonly string[], letters: string): boolean {
  if (!words.some((word) => word.startsWith(letters[0]!))) return false;
  // By number of letters: whether the words so far can spell so many of them.
  const spelt = new Uint8Array(letters.length + 1);
  spelt[0] = 1;
  for (const word of words) {
    for (let from = letters.length - 1; from >= 0; from--) {
      if (spelt[from] === 0) continue;
      for (let at = 0; at < word.length && word[at] === letters[from + at]; at++) spelt[from + at + 1] = 1;
    }
  }
  return spelt[letters.length] === 1;
}

function scattered(text: string, words: readonly string[], letters: string): boolean {
  for (let from = text.indexOf(letters[0]!); from >= 0; from = text.indexOf(letters[0]!, from + 1)) {
    if (!words.some((word) => text.startsWith(word, from))) continue;
    let at = from;
    let found = 1;
    const end = from + 2 * letters.length;
    while (found < letters.length && ++at < Math.min(end, text.length)) if (text[at] === letters[found]) found++;
    if (found === letters.length) return true;
  }
  return false;
}
