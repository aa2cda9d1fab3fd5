import type { ClassId } from '#core/model/ids';

/** As many as there are digits from 1 to 9. */
const SLOTS = 9;

/**
 * The classes that were chosen last, each on a digit that it keeps: a new one takes the first free place, and then the
 * place of the one that was not chosen for longest. So the digits can be learned while working.
 */
export class Recents {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly #key: string;
  #slots = $state.raw<readonly ClassId[]>([]);
  #byAge: ClassId[];

  /** @param storage remembers them between visits; @param key names the project and field */
  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>, key: string) {
    this.#storage = storage;
    this.#key = key;
    const stored = parse(storage.getItem(key));
    this.#slots = stored.slots;
    this.#byAge = stored.byAge;
  }

  /** Index 0 is the digit 1. */
  get slots(): readonly ClassId[] {
    return this.#slots;
  }

  use(id: ClassId): void {
    const isNew = !this.#slots.includes(id);
    if (isNew && this.#slots.length < SLOTS) this.#slots = [...this.#slots, id];
    else if (isNew) {
      const oldest = this.#byAge[0];
      this.#slots = this.#slots.map((held) => (held === oldest ? id : held));
    }
    this.#byAge = [...this.#byAge.filter((held) => held !== id && this.#slots.includes(held)), id];
    try {
      this.#storage.setItem(this.#key, JSON.stringify({ slots: this.#slots, byAge: this.#byAge }));
    } catch {
      // A full or forbidden storage costs the memory between visits and nothing else.
    }
  }
}

function parse(stored: string | null): { slots: ClassId[]; byAge: ClassId[] } {
  try {
    const { slots, byAge } = JSON.parse(stored ?? '{}') as { slots?: unknown; byAge?: unknown };
    const strings = (list: unknown): list is ClassId[] =>
      Array.isArray(list) && list.every((id) => typeof id === 'string');
    if (strings(slots) && strings(byAge) && slots.length <= SLOTS && slots.length === byAge.length)
      return { slots, byAge };
  } catch {
    // What cannot be read is forgotten: recents are a convenience.
  }
  return { slots: [], byAge: [] };
}
