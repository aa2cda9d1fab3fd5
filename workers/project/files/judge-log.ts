import { fault, type ConcordError } from '#core/errors';
import { emptyLog, forkEvidence, verifyRun, type ForkEvidence, type LogHead } from '#core/log/chain';
import { commitHash, commitPath, equalBytes, type Commit, type Verify } from '#core/log/commit';
import type { AuthorId } from '#core/model/ids';
import type { ProjectFile } from '#core/project-file/read';
import { err, ok, type Result } from '#core/result';

/** An author's log as it is on this device. */
export interface KnownLog {
  readonly head: LogHead;
  /** The bytes of its commit `seq`, which is less than the head's length. */
  commit(seq: number): Promise<Uint8Array>;
}

/** What a file brings of one author. */
export interface JudgedLog {
  readonly author: AuthorId;
  /** Where the log stands on this device. */
  readonly before: LogHead;
  /** Where it stands after each of the file's segments that brings something new, in order; empty: nothing new. */
  readonly after: readonly LogHead[];
  /** Where the file tells another story than this device: nothing of that log is taken. */
  readonly fork: ForkEvidence | null;
  /** Hash of the file's first commit of this author. */
  readonly first: Uint8Array;
  /** The first of the new commits, decoded: as many as may be held. */
  readonly held: readonly Commit[];
}

/**
 * Judges an author's log in a project file against the one that is known: by its chain and the last signature of each
 * segment. What the known log has already is compared by the hash of its last commit, which covers all before it.
 *
 * @param hold how many decoded commits may be held in memory
 * @returns `commit.…` for the commit that is wrong
 * @throws ReadFailure where the log cannot be read
 */
export async function judgeLog(
  file: ProjectFile,
  author: AuthorId,
  known: KnownLog,
  verify: Verify,
  hold = 0,
): Promise<Result<JudgedLog>> {
  const before = known.head;
  const after: LogHead[] = [];
  const held: Commit[] = [];
  let head = before;
  let first: Uint8Array | null = null;
  let last: { readonly seq: number; readonly bytes: Uint8Array } | null = null;
  let length = 0;
  for await (const { commits } of file.commits(author)) {
    first ??= commitHash(commits[0]!);
    const start = length;
    length += commits.length;
    last = { seq: length - 1, bytes: commits.at(-1)! };
    const shared = before.length - 1 - start;
    if (shared >= 0 && shared < commits.length && !equalBytes(commitHash(commits[shared]!), before.hash!)) {
      return judgeFork(file, author, known, verify);
    }
    if (length <= before.length) continue;
    const run = await verifyRun(head, commits.slice(Math.max(0, before.length - start)), verify);
    if (!run.ok) return run;
    head = run.value.head;
    after.push(head);
    // Held are the first ones, without a gap.
    if (held.length + before.length === head.length - run.value.commits.length) {
      for (const commit of run.value.commits.slice(0, hold - held.length)) held.push(commit);
    }
  }
  if (first === null || last === null) throw new Error(`the file has no log of ${author}`);
  const isPart = last.seq < before.length - 1;
  if (isPart && !equalBytes(last.bytes, await known.commit(last.seq))) return judgeFork(file, author, known, verify);
  return ok({ author, before, after, fork: null, first, held });
}

/** Finds where two logs part, and whether both are the author's. */
async function judgeFork(
  file: ProjectFile,
  author: AuthorId,
  known: KnownLog,
  verify: Verify,
): Promise<Result<JudgedLog>> {
  let head = emptyLog(known.head.project, author);
  let first: Uint8Array | null = null;
  let fork: ForkEvidence | null = null;
  let wrong: ConcordError | null = null;
  for await (const { commits } of file.commits(author)) {
    first ??= commitHash(commits[0]!);
    const run = await verifyRun(head, commits, verify);
    if (!run.ok) return run;
    for (let at = 0; at < commits.length && !fork && !wrong; at++) {
      const seq = head.length + at;
      const ours = await known.commit(seq);
      const theirs = commits[at]!;
      if (equalBytes(ours, theirs)) continue;
      fork = await forkEvidence(author, ours, theirs, verify);
      if (!fork) wrong = fault('commit.signature', commitPath(author, seq));
    }
    head = run.value.head;
  }
  if (wrong) return err(wrong);
  return ok({ author, before: known.head, after: [], fork, first: first!, held: [] });
}
