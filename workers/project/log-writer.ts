import { fault } from '#core/errors';
import { commitBatches } from '#core/log/batches';
import type { LogHead } from '#core/log/chain';
import { commitHash, decodeCommit, nextLamport, signCommit, type Commit, type Signer } from '#core/log/commit';
import type { LogEvent } from '#core/log/events';
import { fromBase32 } from '#core/model/base32';
import { err, ok, type Result } from '#core/result';
import type { Attachments, LogPart, ProjectStore } from '#io/storage/project-store';

/** Commits that go into one transaction, so that a bulk gesture neither takes one each nor all memory at once. */
const COMMITS_PER_TRANSACTION = 50;

/**
 * Appends this author's events to the log: signed, chained, made durable, and only then applied, strictly one append
 * after the other.
 */
export class LogWriter {
  readonly #store: ProjectStore;
  readonly #signer: Signer;
  readonly #applied: (commits: readonly Commit[], part: LogPart) => void;
  readonly #onPending: (pending: number) => void;
  #head: LogHead;
  /** The highest logical clock seen in any log of the project. */
  #seen = 0;
  #pending = 0;
  #tail: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(
    store: ProjectStore,
    signer: Signer,
    head: LogHead,
    on: {
      applied: (commits: readonly Commit[], part: LogPart) => void;
      pending: (pending: number) => void;
    },
  ) {
    this.#store = store;
    this.#signer = signer;
    this.#head = head;
    this.#applied = on.applied;
    this.#onPending = on.pending;
  }

  /** Where this author's log ends. */
  get head(): LogHead {
    return this.#head;
  }

  /** Takes notice of the highest logical clock in another's log, so that what is written here counts as later. */
  saw(lamport: number): void {
    this.#seen = Math.max(this.#seen, lamport);
  }

  /**
   * Appends events, durable when the promise settles. A long list becomes several commits; when one of their
   * transactions fails, those before it stand.
   *
   * @param events built when the appends before this one have been applied, so that they may depend on the projection
   */
  append(events: () => Iterable<LogEvent> | Result<never>, attachments: Attachments = {}): Promise<Result<null>> {
    this.#setPending(1);
    const appended = this.#tail.then(async () => {
      if (this.#isClosed) return err(fault('project.moved', ''));
      const built = events();
      return 'ok' in built ? built : this.#append(built, attachments);
    });
    this.#tail = appended
      .catch(() => undefined)
      .finally(() => {
        this.#setPending(-1);
      });
    return appended;
  }

  /**
   * Runs work while nothing is appended, such as taking in what this author wrote on another device.
   *
   * @param work gives where the author's log ends after it
   */
  between<T>(work: () => Promise<{ readonly head: LogHead; readonly result: T }>): Promise<T> {
    const done = this.#tail.then(async () => {
      const { head, result } = await work();
      this.#head = head;
      return result;
    });
    this.#tail = done.catch(() => undefined);
    return done;
  }

  /** Settles when everything appended so far is durable or has failed. */
  async idle(): Promise<void> {
    await this.#tail;
  }

  /** Refuses all further appends and settles when those under way are through. */
  async close(): Promise<void> {
    const last = this.#tail;
    await last;
    this.#isClosed = true;
  }

  async #append(events: Iterable<LogEvent>, attachments: Attachments): Promise<Result<null>> {
    let batches: (readonly LogEvent[])[] = [];
    let rest = attachments;
    for (const batch of commitBatches(events)) {
      batches.push(batch);
      if (batches.length < COMMITS_PER_TRANSACTION) continue;
      const stored = await this.#commit(batches, rest);
      if (!stored.ok) return stored;
      batches = [];
      rest = {};
    }
    return batches.length > 0 ? this.#commit(batches, rest) : ok(null);
  }

  async #commit(batches: readonly (readonly LogEvent[])[], attachments: Attachments): Promise<Result<null>> {
    const { author, project } = this.#head;
    const stored: Uint8Array[] = [];
    const commits: Commit[] = [];
    let { length, hash } = this.#head;
    let { lamport } = this.#head;
    for (const events of batches) {
      const prev = hash ?? fromBase32(project);
      lamport = nextLamport(lamport, this.#seen);
      const bytes = await signCommit({ seq: length, prev, lamport, time: Date.now(), events }, this.#signer);
      const commit = decodeCommit(bytes);
      if (!commit.ok) return commit;
      stored.push(bytes);
      commits.push(commit.value);
      hash = commitHash(bytes);
      length++;
    }
    const part = { before: this.#head, after: { project, author, length, hash, lamport }, commits: stored };
    const appended = await this.#store.append([part], attachments);
    if (!appended.ok) return appended;
    this.#head = part.after;
    this.#applied(commits, part);
    return appended;
  }

  #setPending(change: 1 | -1): void {
    this.#pending += change;
    this.#onPending(this.#pending);
  }
}
