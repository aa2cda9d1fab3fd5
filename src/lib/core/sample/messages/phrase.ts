import type { Random } from '../../random';
import type { WordClass } from '../schema';
import { BERTHS, BOATS, CLOCKS, DAYS, NAMES, PLACES } from './words';

/** A marked piece of a text, in UTF-16 code units, half-open. */
export interface Mark {
  readonly class: WordClass;
  readonly start: number;
  readonly end: number;
}

export interface MarkedText {
  readonly text: string;
  /** By start. */
  readonly marks: readonly Mark[];
}

const LISTS: Readonly<Record<string, { readonly words: readonly string[]; readonly class: WordClass | null }>> = {
  boat: { words: BOATS, class: 'boat' },
  berth: { words: BERTHS, class: 'berth' },
  clock: { words: CLOCKS, class: 'time' },
  day: { words: DAYS, class: 'time' },
  time: { words: [], class: 'time' },
  place: { words: PLACES, class: 'place' },
  name: { words: NAMES, class: null },
};

/**
 * Fills in a pattern: `{boat}` becomes a boat's name, `{boat2}` another one; each stands for the same wherever it is
 * repeated. `{place=the east steps}` says the words itself. What is filled in is marked, without its article, unless it
 * is a person's name.
 *
 * @example fill('The {boat} left {berth} at {clock}.', random)
 */
export function fill(pattern: string, random: Random): MarkedText {
  const chosen = new Map<string, string>();
  const marks: Mark[] = [];
  let text = '';
  let from = 0;
  for (const slot of pattern.matchAll(/\{([a-z]+)(\d?)(?:=([^}]+))?\}/g)) {
    const [whole, name = '', , said] = slot;
    const list = LISTS[name];
    if (!list) throw new RangeError(`no list of words is called ${name}`);
    text += pattern.slice(from, slot.index);
    from = slot.index + whole.length;
    const word = said ?? chosen.get(whole) ?? fresh(list.words, chosen, random);
    chosen.set(whole, word);
    const shown = /(?:^|[.?!:]\s)$/.test(text) ? capitalised(word) : word;
    const article = /^the /i.exec(shown)?.[0].length ?? 0;
    if (list.class) marks.push({ class: list.class, start: text.length + article, end: text.length + shown.length });
    text += shown;
  }
  return { text: text + pattern.slice(from), marks };
}

/** A word that does not stand for something else in the same text. */
function fresh(words: readonly string[], chosen: ReadonlyMap<string, string>, random: Random): string {
  const used = new Set(chosen.values());
  return random.pick(words.filter((word) => !used.has(word)));
}

const capitalised = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
