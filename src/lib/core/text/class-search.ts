import type { ClassDefinition } from '../model/schema';
import { fold, wordsOf } from './fold';

interface Entry {
  readonly definition: ClassDefinition;
  readonly name: string;
  readonly words: readonly string[];
}

/** The name, folded and cut into words, for many searches of the same classes. */
export type ClassIndex = readonly Entry[];

export function indexClasses(classes: readonly ClassDefinition[]): ClassIndex {
  return classes.map((definition) => ({
    definition,
    name: fold(definition.name),
    words: wordsOf(fold(definition.name)),
  }));
}

/**
 * Finds classes by parts of their words: `card arr` and `arr car` find `card_arrival`. Case and diacritics do not matter.
 * Each word that was typed must occur in a word of the name; the best come first: the name itself, then names whose
 * words begin with what was typed (in its order before any order), then those that hold it anywhere; within each by
 * place in the schema. An empty query gives all.
 */
export function searchClasses(index: ClassIndex, query: string): ClassDefinition[] {
  const typed = wordsOf(fold(query));
  const whole = fold(query.trim());
  if (typed.length === 0) {
    const exact = whole === '' ? index : index.filter((entry) => entry.name.includes(whole));
    return exact.map((entry) => entry.definition);
  }
  const found: { entry: Entry; rank: number }[] = [];
  for (const entry of index) {
    const rank = rankOf(entry, typed, whole);
    if (rank !== null) found.push({ entry, rank });
  }
  return found.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry.definition);
}

/** 0 best; null when a typed word does not occur. */
function rankOf(entry: Entry, typed: readonly string[], whole: string): number | null {
  if (entry.name === whole) return 0;
  if (!typed.every((part) => entry.words.some((word) => word.includes(part)))) return null;
  const begins = typed.every((part) => entry.words.some((word) => word.startsWith(part)));
  if (!begins) return 4;
  const ordered = inOrder(entry.words, typed);
  if (!ordered) return 3;
  return entry.words[0]!.startsWith(typed[0]!) ? 1 : 2;
}

function inOrder(words: readonly string[], typed: readonly string[]): boolean {
  let at = 0;
  for (const part of typed) {
    while (at < words.length && !words[at]!.startsWith(part)) at++;
    if (at === words.length) return false;
    at++;
  }
  return true;
}
