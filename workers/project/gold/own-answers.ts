import type { AuthorId } from '#core/model/ids';
import type { Projection } from '#core/projection/projection';
import { TURNS_BETWEEN } from '#core/workflow/gold-dealing';

/** What one author took, in the order in which they did; read from the history as it grows. */
export class OwnAnswers {
  readonly #author: AuthorId;
  #projection: Projection | null = null;
  /** Rows of the history that were read, and the author's row among the authors; -1 before their first. */
  #read = 0;
  #me = -1;
  #items: number[] = [];
  #lastTurn = new Map<number, number>();
  #again = new Set<number>();
  #last: number | null = null;

  constructor(author: AuthorId) {
    this.#author = author;
  }

  /** Every item that they answered or skipped, by their first answer. */
  get items(): readonly number[] {
    return this.#items;
  }

  /** How often they took an item: once each, and once more where they were asked again. */
  get turn(): number {
    return this.#items.length + this.#again.size;
  }

  /** The item that they annotated last; null before the first. */
  get last(): number | null {
    return this.#last;
  }

  /** At which turn they last said something of the item; undefined: never. */
  lastTurn(item: number): number | undefined {
    return this.#lastTurn.get(item);
  }

  wasAskedAgain(item: number): boolean {
    return this.#again.has(item);
  }

  /** Reads what came since. Another projection, which late logs may bring, is read from its beginning. */
  follow(projection: Projection): this {
    if (projection !== this.#projection) {
      this.#projection = projection;
      [this.#read, this.#me, this.#last] = [0, -1, null];
      this.#items = [];
      this.#lastTurn = new Map();
      this.#again = new Set();
    }
    const { said } = projection;
    for (; this.#read < said.length; this.#read++) {
      const author = said.author(this.#read);
      if (this.#me < 0 && projection.author(author) === this.#author) this.#me = author;
      if (author === this.#me) this.#take(said.type(this.#read), said.item(this.#read), said.origin(this.#read));
    }
    return this;
  }

  #take(type: string, item: number, origin: string | null): void {
    if (type !== 'annotated' && type !== 'skipped') return;
    if (!this.#lastTurn.has(item)) this.#items.push(item);
    // Who was asked again may skip, of which nothing else tells.
    const isOld = this.turn - (this.#lastTurn.get(item) ?? this.turn) >= TURNS_BETWEEN;
    if (origin === 'again' || (type === 'skipped' && isOld)) this.#again.add(item);
    this.#lastTurn.set(item, this.turn);
    if (type === 'annotated') this.#last = item;
  }
}
