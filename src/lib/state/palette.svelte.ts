import { FUZZY_RANKS, fuzzyRank, fuzzyText, type FuzzyText } from '#core/text/fuzzy';

/** Something that the palette leads to or does. */
export interface Entry {
  /** The same on every visit: what was used last is remembered by it. '' is not remembered. */
  readonly id: string;
  readonly label: string;
  /** What stands beside it: the question of a class, the state of an item. */
  readonly detail?: string;
  /** Other words that it is found by. */
  readonly words?: string;
  /** The keys that do the same, as of a command. */
  readonly keys?: string;
  /** Of a class. */
  readonly color?: string;
  run(): void;
}

export interface EntryGroup {
  readonly title: string;
  readonly entries: readonly Entry[];
  /** How many are listed at most while nothing is typed. Default: {@link LISTED}. */
  readonly unasked?: number;
}

/** Finds what is too much to be listed, such as items, by the beginning of what it is called. */
export type Finder = (typed: string, signal: AbortSignal) => Promise<EntryGroup>;

/** Entries of a group that are listed; typing on finds the others. */
const LISTED = 8;
const RECENT = 5;
const REMEMBERED = 30;
/** A finder is asked when typing pauses this long, milliseconds. */
const PAUSE_MS = 120;
const STORAGE_KEY = 'concord.palette';

/** What can be reached and done, as one searches it by typing. */
export class Palette {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly #sources: () => readonly EntryGroup[];
  readonly #find: Finder;
  readonly #folded = new WeakMap<Entry, FuzzyText>();
  /** Ids, the one that was used last first. */
  #used: readonly string[];
  #query = $state('');
  #found = $state.raw<EntryGroup | null>(null);
  #isFinding = $state(false);
  #active = $state(0);
  #asking: AbortController | null = null;
  #pause: ReturnType<typeof setTimeout> | undefined;

  readonly #ranked = $derived.by(() => this.#rank(this.#sources(), this.#query));

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>, sources: () => readonly EntryGroup[], find: Finder) {
    this.#storage = storage;
    this.#sources = sources;
    this.#find = find;
    this.#used = readUsed(storage.getItem(STORAGE_KEY));
  }

  get query() {
    return this.#query;
  }
  set query(query) {
    this.#query = query;
    this.#active = 0;
    this.#ask(query.trim());
  }

  /** What fits what is typed, by group, best first; none is empty. */
  get groups(): readonly EntryGroup[] {
    return this.#found && this.#found.entries.length > 0 ? [...this.#ranked, this.#found] : this.#ranked;
  }

  get entries(): readonly Entry[] {
    return this.groups.flatMap(({ entries }) => entries);
  }

  /** Whether the finder has still to answer. */
  get isFinding() {
    return this.#isFinding;
  }

  /** The place among {@link entries} of the one that Enter takes. */
  get active() {
    return this.#active;
  }
  set active(place) {
    this.#active = Math.max(0, Math.min(place, this.entries.length - 1));
  }

  /** Goes up or down among the entries, around the ends. */
  move(step: number): void {
    const { length } = this.entries;
    if (length > 0) this.#active = (this.#active + step + length) % length;
  }

  /** Remembers an entry as used last. What it does is up to who called, once the palette is closed. */
  use({ id }: Entry): void {
    this.close();
    if (id === '') return;
    this.#used = [id, ...this.#used.filter((other) => other !== id)].slice(0, REMEMBERED);
    try {
      this.#storage.setItem(STORAGE_KEY, JSON.stringify(this.#used));
    } catch {
      // A full or forbidden storage costs the memory between visits and nothing else.
    }
  }

  /** Nobody waits for what is being found any more. */
  close(): void {
    clearTimeout(this.#pause);
    this.#asking?.abort();
  }

  #ask(typed: string): void {
    this.close();
    this.#isFinding = typed !== '';
    if (typed === '') {
      this.#found = null;
      return;
    }
    const asking = new AbortController();
    this.#asking = asking;
    this.#pause = setTimeout(() => {
      void this.#find(typed, asking.signal).then((found) => {
        if (asking.signal.aborted) return;
        this.#found = found;
        this.#isFinding = false;
      });
    }, PAUSE_MS);
  }

  #rank(sources: readonly EntryGroup[], query: string): readonly EntryGroup[] {
    const typed = fuzzyText(query);
    return typed.text === '' ? this.#unasked(sources) : this.#fitting(sources, typed);
  }

  /** What was used last stands first. */
  #unasked(sources: readonly EntryGroup[]): readonly EntryGroup[] {
    const used = new Set(this.#used);
    const known = new Map<string, Entry>();
    for (const { entries } of sources) for (const entry of entries) if (used.has(entry.id)) known.set(entry.id, entry);
    const recent = this.#used.flatMap((id) => known.get(id) ?? []).slice(0, RECENT);
    const shown = new Set(recent);
    const groups = sources.map(({ title, entries, unasked = LISTED }) => ({
      title,
      entries: firstOf(entries, unasked, (entry) => !shown.has(entry)),
    }));
    return [{ title: 'Used last', entries: recent }, ...groups].filter(({ entries }) => entries.length > 0);
  }

  #fitting(sources: readonly EntryGroup[], typed: FuzzyText): readonly EntryGroup[] {
    const lastUse = new Map(this.#used.map((id, at) => [id, at]));
    const useOf = ({ id }: Entry) => lastUse.get(id) ?? REMEMBERED;
    const ranked = sources.map(({ title, entries }) => {
      const byRank = Array.from({ length: FUZZY_RANKS }, (): Entry[] => []);
      for (const entry of entries) {
        const rank = fuzzyRank(this.#textOf(entry), typed);
        if (rank !== null) byRank[rank]!.push(entry);
      }
      const best = byRank.findIndex((entries) => entries.length > 0);
      // Sorting is stable: what was never used keeps the order that its group has.
      const sorted = byRank.flatMap((entries) => entries.sort((a, b) => useOf(a) - useOf(b)));
      return { title, best, entries: sorted.slice(0, LISTED) };
    });
    return ranked.filter(({ best }) => best >= 0).sort((a, b) => a.best - b.best);
  }

  #textOf(entry: Entry): FuzzyText {
    const known = this.#folded.get(entry);
    if (known) return known;
    const text = fuzzyText(entry.words === undefined ? entry.label : `${entry.label} ${entry.words}`);
    this.#folded.set(entry, text);
    return text;
  }
}

function firstOf(entries: readonly Entry[], most: number, fits: (entry: Entry) => boolean): Entry[] {
  const first: Entry[] = [];
  for (const entry of entries) {
    if (first.length === most) break;
    if (fits(entry)) first.push(entry);
  }
  return first;
}

function readUsed(stored: string | null): readonly string[] {
  try {
    const used: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(used) ? used.filter((id) => typeof id === 'string').slice(0, REMEMBERED) : [];
  } catch {
    return [];
  }
}
