import type { ItemId } from '#core/model/ids';
import type { Library } from './library';
import type { Session } from './session';

/** How stale the list of projects may be. */
const WRITE_AFTER_MS = 1_000;

/** What is remembered of an open project outside its log: its line in the list, and where the person was. */
export class Summary {
  readonly #library: Library;
  readonly #session: Session;
  #lastItem: ItemId | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(library: Library, session: Session) {
    this.#library = library;
    this.#session = session;
  }

  leftAt(item: ItemId): void {
    this.#lastItem = item;
    this.schedule();
  }

  /** Adds what an import brought to the project's kind and size. */
  async imported(what: {
    readonly kinds: ReadonlySet<'texts' | 'images'>;
    readonly storedBytes: number;
  }): Promise<void> {
    await this.#library.grow(this.#session.id, what.kinds, what.storedBytes).catch(() => undefined);
    this.schedule();
  }

  schedule(): void {
    this.#timer ??= setTimeout(() => void this.write(), WRITE_AFTER_MS);
  }

  async write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { id, projection, store, isFounded } = this.#session;
    const { tally, settings } = projection;
    const { completed, skipped } = tally.statuses();
    const known = { items: tally.items, done: completed + skipped, openedAt: Date.now() };
    // Until the project is founded here, the invite's name stands.
    const changes = isFounded ? { ...known, name: settings.name } : known;
    // A line in a list: when it cannot be written, the project itself tells.
    await this.#library.update(id, changes).catch(() => undefined);
    if (this.#lastItem !== null && store.isOpen()) await store.write('lastItem', this.#lastItem).catch(() => undefined);
  }
}
