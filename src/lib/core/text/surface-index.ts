import type { ClassId, FieldId } from '../model/ids';

/** A class that a text was given, and how often. */
export interface Precedent {
  readonly field: FieldId;
  readonly class: ClassId;
  readonly count: number;
}

/** One labelled piece of a text. */
export interface LabelledSurface {
  readonly surface: string;
  readonly field: FieldId;
  readonly class: ClassId;
}

/** Texts that are longer are sentences: nobody labels them the same way twice. */
const LONGEST = 200;

/**
 * Remembers which classes pieces of text were given, to suggest them where the same text comes again; case and white
 * space do not matter. It holds what was said of the last items only, each of which can be said anew.
 */
export class SurfaceIndex {
  readonly #most: number;
  readonly #byItem = new Map<string, readonly LabelledSurface[]>();
  /** Folded surface -> field and class -> precedent. */
  readonly #precedents = new Map<string, Map<string, Precedent>>();

  /** @param items how many are remembered */
  constructor(items = 2_000) {
    this.#most = items;
  }

  has(item: string): boolean {
    return this.#byItem.has(item);
  }

  /** Everything that is labelled in an item, in place of what was said of it before. */
  put(item: string, labelled: readonly LabelledSurface[]): void {
    this.#forget(item);
    this.#byItem.set(item, labelled);
    this.#count(labelled, 1);
    const [oldest] = this.#byItem.keys();
    if (this.#byItem.size > this.#most && oldest !== undefined) this.#forget(oldest);
  }

  /** What a text was labelled before, the most frequent first. */
  precedents(surface: string): readonly Precedent[] {
    const known = this.#precedents.get(fold(surface));
    return known ? [...known.values()].sort((a, b) => b.count - a.count) : [];
  }

  #forget(item: string): void {
    this.#count(this.#byItem.get(item) ?? [], -1);
    this.#byItem.delete(item);
  }

  #count(labelled: readonly LabelledSurface[], change: 1 | -1): void {
    for (const { surface, field, class: classId } of labelled) {
      if (surface.length > LONGEST) continue;
      const folded = fold(surface);
      const known = this.#precedents.get(folded) ?? new Map<string, Precedent>();
      const key = `${field}\0${classId}`;
      const count = (known.get(key)?.count ?? 0) + change;
      if (count > 0) known.set(key, { field, class: classId, count });
      else known.delete(key);
      if (known.size > 0) this.#precedents.set(folded, known);
      else this.#precedents.delete(folded);
    }
  }
}

const fold = (surface: string): string => surface.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
