import type { LogHead } from '#core/log/chain';
import type { ProjectId } from '#core/model/ids';
import { verify } from '#io/keys';
import type { ProjectStore, StoredCommit } from '#io/storage/project-store';
import { LogDocument } from '#io/sync/log-document';

/** Commits per step: some milliseconds, between which the worker answers the page. */
const STEP = 1_000;
/** The first items of a session are painted before any of this. */
const START_AFTER_MS = 1_000;

/**
 * The project's logs as the Y.Doc that peers compare and exchange, rebuilt from the stored commits in the background of a
 * session and kept in step with what is appended. Nobody waits for it: the stored commits are the truth.
 */
export class ProjectDocument {
  readonly #document: LogDocument;
  readonly #store: ProjectStore;
  /** Commits that were appended while their log was still being read. */
  readonly #held: StoredCommit[] = [];
  #isComplete = false;
  #timer: ReturnType<typeof setTimeout>;
  #isClosed = false;

  /** @param heads the logs as they were stored when the session began */
  constructor(project: ProjectId, store: ProjectStore, heads: readonly LogHead[]) {
    this.#document = new LogDocument(project, verify);
    this.#store = store;
    this.#timer = setTimeout(() => {
      // A store that was closed or cannot be read leaves the document incomplete; the next session builds it anew.
      this.#load(heads).catch(() => undefined);
    }, START_AFTER_MS);
  }

  append(commits: readonly StoredCommit[]): void {
    if (this.#isComplete) this.#take(commits);
    else this.#held.push(...commits);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  async #load(heads: readonly LogHead[]): Promise<void> {
    for (const { author, length } of heads) {
      for (let seq = 0; seq < length;) {
        const commits = await this.#store.commitsFrom(author, seq, Math.min(STEP, length - seq));
        if (this.#isClosed || commits.length === 0) return;
        this.#take(commits);
        seq += commits.length;
        await new Promise((resolve) => (this.#timer = setTimeout(resolve, 0)));
      }
    }
    this.#take(this.#held.splice(0));
    this.#isComplete = true;
  }

  #take(commits: readonly StoredCommit[]): void {
    for (const { author, bytes } of commits) this.#document.append(author, bytes);
  }
}
