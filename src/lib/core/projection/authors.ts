import type { AuthorId } from '../model/ids';
import { authorBits } from '../workflow/bits';

export interface SavedAuthors {
  readonly authors: readonly AuthorId[];
  /** Commits applied of each author. */
  readonly applied: readonly number[];
}

/** The authors whose commits were applied, by row number, and how many of each. */
export class Authors {
  readonly #ids: AuthorId[];
  readonly #rows: Map<AuthorId, number>;
  readonly #applied: number[];
  readonly #bits: number[] = [];

  constructor(saved: SavedAuthors = { authors: [], applied: [] }) {
    this.#ids = [...saved.authors];
    this.#rows = new Map(this.#ids.map((author, row) => [author, row]));
    this.#applied = [...saved.applied];
  }

  /** The author's row; undefined for one of whom nothing was applied. */
  find(author: AuthorId): number | undefined {
    return this.#rows.get(author);
  }

  get count(): number {
    return this.#ids.length;
  }

  id(row: number): AuthorId {
    return this.#ids[row]!;
  }

  /** The first 32 bits of the author's key. */
  bits(row: number): number {
    return (this.#bits[row] ??= authorBits(this.#ids[row]!));
  }

  applied(author: AuthorId): number {
    const row = this.#rows.get(author);
    return row === undefined ? 0 : this.#applied[row]!;
  }

  /** The author's row, made where there is none. */
  add(author: AuthorId): number {
    const known = this.#rows.get(author);
    if (known !== undefined) return known;
    const row = this.#ids.push(author) - 1;
    this.#rows.set(author, row);
    this.#applied.push(0);
    return row;
  }

  setApplied(row: number, commits: number): void {
    this.#applied[row] = commits;
  }

  [Symbol.iterator](): IterableIterator<AuthorId> {
    return this.#ids.values();
  }

  save(): SavedAuthors {
    return { authors: this.#ids, applied: this.#applied };
  }
}
