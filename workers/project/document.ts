import type { AuthorId, ProjectId } from '#core/model/ids';
import { verify } from '#io/keys';
import type { ProjectStore } from '#io/storage/project-store';
import { LogDocument } from '#io/sync/log-document';
import { Pace } from './pace';

/** Commits per step: some milliseconds, between which the worker answers the page. */
const STEP = 1_000;

/**
 * The project's logs as the Y.Doc that peers compare and exchange. It is built from the stored commits when it is first asked for,
 * which is when a peer is met, and kept in step with them from then on: the stored commits are the truth.
 */
export class ProjectDocument {
  readonly #document: LogDocument;
  readonly #store: ProjectStore;
  #reading: Promise<LogDocument> | null = null;

  constructor(project: ProjectId, store: ProjectStore) {
    this.#document = new LogDocument(project, verify);
    this.#store = store;
  }

  /**
   * The document with everything that was stored.
   *
   * @throws what reading the store throws; asked again, it is read on
   */
  read(): Promise<LogDocument> {
    this.#reading ??= this.#readOn().then(() => this.#document);
    this.#reading.catch(() => (this.#reading = null));
    return this.#reading;
  }

  /** Takes in commits that were stored at this place of their log; nothing to do before anybody asked for the document. */
  append(author: AuthorId, from: number, commits: readonly Uint8Array[]): void {
    if (!this.#reading) return;
    const length = this.#document.lengthOf(author);
    // What comes after a gap is read when the reading gets there; what it has read already comes again.
    if (from <= length && length < from + commits.length)
      this.#document.appendAll(author, commits.slice(length - from));
  }

  /** Commits were stored by others than {@link append} knows of. */
  async catchUp(): Promise<void> {
    if (!this.#reading) return;
    await this.#reading;
    await this.#readOn();
  }

  async #readOn(): Promise<void> {
    const pace = new Pace();
    for (let isBehind = true; isBehind;) {
      isBehind = false;
      for (const { author, length } of await this.#store.heads.toArray()) {
        for (let seq = this.#document.lengthOf(author); seq < length; seq = this.#document.lengthOf(author)) {
          const commits = await this.#store.commitsFrom(author, seq, Math.min(STEP, length - seq));
          if (commits.length === 0) throw new Error(`the log of ${author} ends before its head`);
          const bytes = commits.map((commit) => commit.bytes);
          this.append(author, seq, bytes);
          isBehind = true;
          if (pace.isDue) await pace.rest();
        }
      }
    }
  }
}
