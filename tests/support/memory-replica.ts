import { emptyLog, forkEvidence, type ForkEvidence, type LogHead } from '#core/log/chain';
import { Authority } from '#core/log/authority';
import type { AuthorityFact } from '#core/log/authority-fact';
import { decodeCommit, type Commit, type Signer, type Verify } from '#core/log/commit';
import { isControlEvent, type LogEvent } from '#core/log/events';
import { Proofs } from '#core/log/proofs';
import type { Standing } from '#core/log/roles';
import type { AuthorId, ProjectId } from '#core/model/ids';
import { judgeCredential } from '#core/peers/credential';
import type { Credential } from '#core/peers/invitation';
import { err, ok, type Result } from '#core/result';
import type { ConcordError } from '#core/errors';
import { LogDocument } from '#io/sync/log-document';
import type { Replica, Taken } from '#io/sync/replica';
import { extend } from './authors';

/** What a device keeps when it is switched off. */
export interface Durable {
  readonly logs: ReadonlyMap<AuthorId, readonly Uint8Array[]>;
  readonly forks: readonly ForkEvidence[];
}

export interface MemoryReplicaOptions {
  readonly project: ProjectId;
  readonly signer: Signer;
  readonly verify: Verify;
  readonly credential?: Credential | null;
  readonly from?: Durable;
  /** What a store does before a commit is durable: nothing, wait, or fail. */
  readonly store?: () => Promise<ConcordError | null>;
  readonly now?: () => number;
}

/** A device's logs in memory, behind the real gate and the real rules of authority. */
export class MemoryReplica implements Replica {
  readonly project: ProjectId;
  readonly signer: Signer;
  readonly credential: Credential | null;
  readonly document: LogDocument;
  /** Updates that were taken or refused, in order. */
  readonly taken: Result<Taken>[] = [];
  readonly #verify: Verify;
  readonly #proofs: Proofs;
  readonly #store: () => Promise<ConcordError | null>;
  readonly #now: () => number;
  readonly #commits = new Map<AuthorId, Commit[]>();
  readonly #forks = new Map<AuthorId, ForkEvidence>();
  readonly #listeners = new Set<() => void>();
  #turns: Promise<unknown> = Promise.resolve();
  #authority: Authority | null = null;

  /** @returns a device that knows what was durable */
  static async of(options: MemoryReplicaOptions): Promise<MemoryReplica> {
    const replica = new MemoryReplica(options);
    for (const fork of options.from?.forks ?? []) replica.#forks.set(fork.author, fork);
    for (const [author, bytes] of options.from?.logs ?? []) replica.#append(author, bytes);
    await replica.#check();
    return replica;
  }

  private constructor({ project, signer, verify, credential, store, now }: MemoryReplicaOptions) {
    this.project = project;
    this.signer = signer;
    this.credential = credential ?? null;
    this.document = new LogDocument(project, verify);
    this.#verify = verify;
    this.#proofs = new Proofs(project, verify);
    this.#store = store ?? (() => Promise.resolve(null));
    this.#now = now ?? (() => 1.7e12);
  }

  get durable(): Durable {
    const authors = this.document.authors;
    return {
      logs: new Map(authors.map((author) => [author, this.document.commits(author)])),
      forks: this.forks(),
    };
  }

  /** Every author's commits as far as they count: a forked log's up to the fork. */
  get counted(): ReadonlyMap<AuthorId, readonly Commit[]> {
    return new Map(
      [...this.#commits]
        .map(([author, commits]) => [author, commits.slice(0, this.#forks.get(author)?.seq)] as const)
        .filter(([, commits]) => commits.length > 0),
    );
  }

  heads(): LogHead[] {
    return this.document.authors.map((author) => this.head(author));
  }

  head(author: AuthorId): LogHead {
    return this.document.head(author);
  }

  hashAt(author: AuthorId, seq: number): Uint8Array {
    return this.document.hashAt(author, seq);
  }

  update(author: AuthorId, from: number, to: number): Uint8Array {
    return this.document.update(author, from, to);
  }

  bytes(author: AuthorId, from: number, to: number): number {
    return this.document.size(author, from, to);
  }

  take(update: Uint8Array): Promise<Result<Taken>> {
    return this.#inTurn(async () => {
      const taken = await this.#take(update);
      this.taken.push(taken);
      return taken;
    });
  }

  forks(): readonly ForkEvidence[] {
    return [...this.#forks.values()];
  }

  takeFork(evidence: ForkEvidence): Promise<boolean> {
    return this.#inTurn(async () => {
      const { author, seq, a, b } = evidence;
      const proven = await forkEvidence(author, a, b, this.#verify);
      if (proven?.seq !== seq || !this.#keepFork(proven)) return false;
      this.#changed();
      return true;
    });
  }

  get isFounded(): boolean {
    return this.#facts().some(({ event }) => event.type === 'project.founded');
  }

  standing(author: AuthorId): Standing {
    this.#authority ??= new Authority(this.#facts(), this.#proofs);
    return this.#authority.roleAt(author, this.document.lengthOf(author));
  }

  admits(author: AuthorId, credential: Credential): Promise<boolean> {
    const known = {
      project: this.project,
      facts: this.#facts(),
      isOwner: (issuer: AuthorId) => this.standing(issuer) === 'owner',
      now: this.#now(),
    };
    return judgeCredential(author, credential, known, this.#verify);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Commits these lists of events of this device's author, one commit each. */
  commit(...lists: readonly (readonly LogEvent[])[]): Promise<void> {
    return this.#inTurn(async () => {
      const { author } = this.signer;
      const head = this.document.lengthOf(author) > 0 ? this.head(author) : emptyLog(this.project, author);
      const { commits } = await extend(head, this.signer, lists);
      this.#append(author, commits);
      await this.#check();
      this.#changed();
    });
  }

  async #take(update: Uint8Array): Promise<Result<Taken>> {
    const judged = await this.document.judge(update);
    if (!judged.ok) return judged;
    const { continuations, forks } = judged.value;
    if (continuations.length > 0) {
      const failed = await this.#store();
      if (failed) return err(failed);
    }
    this.document.accept(continuations);
    for (const { author, commits } of continuations) this.#note(author, commits);
    const newForks = forks.filter((fork) => this.#keepFork(fork));
    await this.#check();
    if (continuations.length > 0 || newForks.length > 0) this.#changed();
    return ok({
      appended: continuations.map(({ author, before, after }) => ({ author, from: before.length, to: after.length })),
      forks,
    });
  }

  #append(author: AuthorId, bytes: readonly Uint8Array[]): void {
    this.document.appendAll(author, bytes);
    this.#note(
      author,
      bytes.map((one) => {
        const read = decodeCommit(one);
        if (!read.ok) throw new Error(read.error.message);
        return read.value;
      }),
    );
  }

  #note(author: AuthorId, commits: readonly Commit[]): void {
    const log = this.#commits.get(author) ?? [];
    for (const commit of commits) {
      log.push(commit);
      if (commit.events.some(isControlEvent)) this.#authority = null;
    }
    this.#commits.set(author, log);
  }

  #keepFork(fork: ForkEvidence): boolean {
    if (fork.seq >= (this.#forks.get(fork.author)?.seq ?? Infinity)) return false;
    this.#forks.set(fork.author, fork);
    this.#authority = null;
    return true;
  }

  async #check(): Promise<void> {
    if (this.#authority === null) await this.#proofs.check(this.#facts());
  }

  #facts(): AuthorityFact[] {
    return [...this.counted].flatMap(([author, commits]) =>
      commits.flatMap(({ seq, events }) =>
        events.flatMap((event, index) => (isControlEvent(event) ? [{ author, seq, index, event }] : [])),
      ),
    );
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turns.then(work);
    this.#turns = done.catch(() => undefined);
    return done;
  }
}
