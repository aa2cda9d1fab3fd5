import type { AuthorId } from '#core/model/ids';
import type { ProjectStore } from '#io/storage/project-store';

/** How stale what is remembered may be when the browser dies. */
const WRITE_AFTER_MS = 2_000;

/** How much of the own log other members' devices hold, as they said when last met: remembered from one opening to the next. */
export class Holders {
  readonly #store: ProjectStore;
  #held: ReadonlyMap<AuthorId, number>;
  #timer: ReturnType<typeof setTimeout> | undefined;

  static async open(store: ProjectStore): Promise<Holders> {
    return new Holders(store, new Map(Object.entries((await store.read('holders')) ?? {})));
  }

  private constructor(store: ProjectStore, held: ReadonlyMap<AuthorId, number>) {
    this.#store = store;
    this.#held = held;
  }

  /** An author's device says that it holds so many own commits. */
  note(author: AuthorId, commits: number): void {
    if (this.#held.get(author) === commits) return;
    this.#held = new Map([...this.#held, [author, commits]]);
    this.#timer ??= setTimeout(() => this.#write(), WRITE_AFTER_MS);
  }

  /** Authors whose devices hold at least so many own commits. */
  of(commits: number): AuthorId[] {
    return [...this.#held].filter(([, held]) => held >= commits).map(([author]) => author);
  }

  close(): void {
    if (this.#timer !== undefined) this.#write();
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // On a full disk it is remembered as long as the project is open.
    this.#store.write('holders', Object.fromEntries(this.#held)).catch(() => undefined);
  }
}
