import { writeVarUint } from 'lib0/encoding';
import * as Y from 'yjs';
import { fault } from '#core/errors';
import { emptyLog, forkEvidence, verifyRun, type ForkEvidence, type LogHead } from '#core/log/chain';
import { commitHash, commitPath, decodeCommit, equalBytes, type Commit, type Verify } from '#core/log/commit';
import { clientOf, judgeUpdate, rootOf, type Append } from '#core/log/gate';
import type { AuthorId, ProjectId } from '#core/model/ids';
import { err, ok, type Result } from '#core/result';
import { decodeUpdate } from './decode-update';

/** Commits that are decoded and hashed at once: some milliseconds. */
const STEP = 200;

/** Commits of one author that continue the log as it is in the document, verified. */
export interface Continuation {
  readonly author: AuthorId;
  /** Where the log ends without them, and with them. */
  readonly before: LogHead;
  readonly after: LogHead;
  readonly bytes: readonly Uint8Array[];
  readonly commits: readonly Commit[];
}

/** What an update brings. */
export interface Judgement {
  /** Each author once; empty where everything is known. */
  readonly continuations: readonly Continuation[];
  /** Authors whom the update convicts of a fork; nothing of theirs is among the continuations. */
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
  /** Where logs end, of those that were asked for since they last grew. */
  readonly #heads = new Map<AuthorId, LogHead>();
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
    this.#heads.delete(author);
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
    const known = this.#heads.get(author);
    if (known) return known;
    const length = this.lengthOf(author);
    if (length === 0) return emptyLog(this.#project, author);
    const bytes = bytesOf(this.#structs(author)[length - 1]!);
    const last = decodeCommit(bytes, commitPath(author, length - 1));
    if (!last.ok) throw new Error(last.error.message);
    const head = { project: this.#project, author, length, hash: commitHash(bytes), lamport: last.value.lamport };
    this.#heads.set(author, head);
    return head;
  }

  /** What the author's commit after this one names as its predecessor. */
  hashAt(author: AuthorId, seq: number): Uint8Array {
    const struct = this.#structs(author)[seq];
    if (!struct) throw new Error(`there is no ${commitPath(author, seq)}`);
    return commitHash(bytesOf(struct));
  }

  /** Bytes that these commits of the author take, half-open. */
  size(author: AuthorId, from: number, to: number): number {
    let size = 0;
    const structs = this.#structs(author);
    for (let seq = from; seq < to; seq++) size += bytesOf(structs[seq]!).length;
    return size;
  }

  /** A Yjs update (v1) that appends these commits of the author, half-open; at least one, and all are here. */
  update(author: AuthorId, from: number, to: number): Uint8Array {
    const structs = this.#structs(author).slice(from, to);
    if (from >= to || structs.length !== to - from) throw new Error(`there are no commits ${from} to ${to}: ${author}`);
    const encoder = new Y.UpdateEncoderV1();
    // Structs of one client; then what is deleted, of none.
    writeVarUint(encoder.restEncoder, 1);
    writeVarUint(encoder.restEncoder, structs.length);
    encoder.writeClient(clientOf(author));
    writeVarUint(encoder.restEncoder, from);
    for (const struct of structs) struct.write(encoder, 0);
    writeVarUint(encoder.restEncoder, 0);
    return encoder.toUint8Array();
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
   * Takes a peer's update through the gate: all of it or nothing. Nothing is appended yet, so that what an update brings can be
   * stored before it is here; it continues the document as it is when the promise settles.
   *
   * @returns `update.refused` where it is no plain append; `commit.…` for a commit that is not its author's next
   */
  async judge(update: Uint8Array): Promise<Result<Judgement>> {
    const decoded = decodeUpdate(update);
    if (!decoded.ok) return decoded;
    for (;;) {
      const version = this.#version;
      const appends = judgeUpdate(decoded.value, this);
      const judged = appends.ok ? await this.#verifyAll(appends.value) : appends;
      // What was appended while signatures were verified may make this a repetition, or the other way round.
      if (this.#version === version) return judged;
    }
  }

  /** Appends what {@link judge} gave. Nothing may have been appended to these logs since. */
  accept(continuations: readonly Continuation[]): void {
    for (const { author, before, after, bytes } of continuations) {
      if (this.lengthOf(author) !== before.length) throw new Error(`the log of ${author} has gone on since`);
      this.appendAll(author, bytes);
      this.#heads.set(author, after);
    }
  }

  async #verifyAll(appends: readonly Append[]): Promise<Result<Judgement>> {
    const continuations: Continuation[] = [];
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
      const continued = await this.#verifyRun(this.head(author), bytes);
      if (!continued.ok) return continued;
      continuations.push(continued.value);
    }
    return ok({ continuations, forks });
  }

  /** A step at a time, between which whoever waits for this thread is heard. */
  async #verifyRun(before: LogHead, bytes: readonly Uint8Array[]): Promise<Result<Continuation>> {
    const commits: Commit[] = [];
    let after = before;
    for (let at = 0; at < bytes.length; at += STEP) {
      const run = await verifyRun(after, bytes.slice(at, at + STEP), this.#verify);
      if (!run.ok) return run;
      commits.push(...run.value.commits);
      after = run.value.head;
    }
    return ok({ author: before.author, before, after, bytes, commits });
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
