import * as Y from 'yjs';
import { fault } from '#core/errors';
import { emptyLog, forkEvidence, verifyRun, type ForkEvidence, type LogHead } from '#core/log/chain';
import { commitHash, commitPath, decodeCommit, equalBytes, type Commit, type Verify } from '#core/log/commit';
import { clientOf, judgeUpdate, rootOf, type Append } from '#core/log/gate';
import type { AuthorId, ProjectId } from '#core/model/ids';
import { err, ok, type Result } from '#core/result';
import { decodeUpdate } from './decode-update';

/** New commits of one author, verified. */
export interface Appended {
  readonly author: AuthorId;
  readonly from: number;
  readonly bytes: readonly Uint8Array[];
  readonly commits: readonly Commit[];
}

export interface AppliedUpdate {
  readonly appended: readonly Appended[];
  /** Authors whom the update convicts of a fork; nothing of theirs was appended. */
  readonly forks: readonly ForkEvidence[];
}

/**
 * All logs of a project as one Y.Doc, which is how peers compare and exchange them: an array of commits per author.
 *
 * Its structs hang on the commits alone, so documents built from the same commits, in any interleaving of the authors, have
 * byte-equal updates. What a peer sends is never applied as it came: what the gate lets through is appended here, by the same code
 * as own commits, so that an update which Yjs's two readers take differently gains nothing.
 */
export class LogDocument {
  readonly #project: ProjectId;
  readonly #verify: Verify;
  readonly #doc = new Y.Doc();
  readonly #authors = new Map<number, AuthorId>();
  /** Counts appends, so that a judgement can tell whether it is out of date. */
  #version = 0;

  constructor(project: ProjectId, verify: Verify) {
    this.#project = project;
    this.#verify = verify;
  }

  get authors(): readonly AuthorId[] {
    return [...this.#authors.values()];
  }

  /** Appends a commit that is known to continue its log: an own one, or one that was verified before it was stored. */
  append(author: AuthorId, commit: Uint8Array): void {
    this.appendAll(author, [commit]);
  }

  /** As {@link append}, for many in order, in one transaction. */
  appendAll(author: AuthorId, commits: readonly Uint8Array[]): void {
    const client = clientOf(author);
    const owner = this.#authors.get(client) ?? author;
    if (owner !== author) throw new Error(`${author} has the client id of ${owner}`);
    this.#authors.set(client, author);
    this.#version++;
    this.#doc.transact((transaction) => {
      const log = this.#doc.getArray<Uint8Array>(rootOf(author));
      let last = this.#structs(author).at(-1) ?? null;
      for (const bytes of commits) {
        // What `push` does, at a cost that does not grow: it would walk the whole array to find its end.
        const id = Y.createID(client, last === null ? 0 : last.id.clock + 1);
        // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Yjs types it without its superclass
        const content: Y.Item['content'] = new Y.ContentBinary(bytes);
        const item: Y.Item = new Y.Item(id, last, last?.lastId ?? null, null, null, log, null, content);
        item.integrate(transaction, 0);
        last = item;
      }
    });
  }

  authorOf(client: number): AuthorId | undefined {
    return this.#authors.get(client);
  }

  lengthOf(author: AuthorId): number {
    return this.#structs(author).length;
  }

  /** The bytes of the author's commits from this `seq` on. */
  commits(author: AuthorId, from = 0): Uint8Array[] {
    return this.#structs(author).slice(from).map(bytesOf);
  }

  /** Where the author's log stands. */
  head(author: AuthorId): LogHead {
    const length = this.lengthOf(author);
    if (length === 0) return emptyLog(this.#project, author);
    const bytes = bytesOf(this.#structs(author)[length - 1]!);
    const last = decodeCommit(bytes, commitPath(author, length - 1));
    if (!last.ok) throw new Error(last.error.message);
    return { project: this.#project, author, length, hash: commitHash(bytes), lamport: last.value.lamport };
  }

  /** What this document knows, for {@link encodeState} of another. */
  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#doc);
  }

  /**
   * The update that brings a document of the given state vector up to this one; without it, everything.
   *
   * @returns `update.refused` where the state vector cannot be read
   */
  encodeState(since?: Uint8Array): Result<Uint8Array> {
    try {
      return ok(Y.encodeStateAsUpdate(this.#doc, since));
    } catch {
      return refused('', 'its state vector cannot be read');
    }
  }

  /**
   * Takes a peer's update through the gate: all of it or nothing.
   *
   * @returns `update.refused` where it is no plain append; `commit.…` for a commit that is not its author's next
   */
  async applyUpdate(update: Uint8Array): Promise<Result<AppliedUpdate>> {
    const decoded = decodeUpdate(update);
    if (!decoded.ok) return decoded;
    for (;;) {
      const version = this.#version;
      const judged = judgeUpdate(decoded.value, this);
      const verified = judged.ok ? await this.#verifyAll(judged.value) : judged;
      // What was appended while signatures were verified may make this a repetition, or the other way round.
      if (this.#version !== version) continue;
      if (!verified.ok) return verified;
      for (const { author, bytes } of verified.value.appended) this.appendAll(author, bytes);
      return verified;
    }
  }

  async #verifyAll(appends: readonly Append[]): Promise<Result<AppliedUpdate>> {
    const appended: Appended[] = [];
    const forks: ForkEvidence[] = [];
    for (const { author, from, commits } of appends) {
      const known = this.commits(author, from);
      const differs = known.findIndex((bytes, i) => i < commits.length && !equalBytes(bytes, commits[i]!));
      if (differs >= 0) {
        const fork = await forkEvidence(author, known[differs]!, commits[differs]!, this.#verify);
        if (fork === null) return refused(commitPath(author, from + differs), 'it replaces a commit');
        forks.push(fork);
        continue;
      }
      const bytes = commits.slice(known.length);
      if (bytes.length === 0) continue;
      const run = await verifyRun(this.head(author), bytes, this.#verify);
      if (!run.ok) return run;
      appended.push({ author, from: from + known.length, bytes, commits: run.value.commits });
    }
    return ok({ appended, forks });
  }

  /** One struct per commit, at the index of its clock. */
  #structs(author: AuthorId): readonly Y.Item[] {
    // Only appends change the document, and they make items: nothing is ever deleted, so nothing is collected.
    return (this.#doc.store.clients.get(clientOf(author)) ?? []) as Y.Item[];
  }
}

function bytesOf(struct: Y.Item): Uint8Array {
  if (struct.content instanceof Y.ContentBinary) return struct.content.content;
  throw new Error('a struct that no append made');
}

const refused = (path: string, reason: string) => err(fault('update.refused', path, { reason }));
