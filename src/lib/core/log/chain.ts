/**
 * One author's log as a hash chain: whether commits continue it, whether a run of them is the author's, and what proves
 * that an author told two stories.
 */
import { fault } from '../errors';
import { fromBase32 } from '../model/base32';
import type { AuthorId, ProjectId } from '../model/ids';
import { err, ok, type Result } from '../result';
import { commitHash, commitPath, decodeCommit, equalBytes, verifySignature, type Commit, type Verify } from './commit';

/** How far an author's log goes: all that is needed to judge its next commit. */
export interface LogHead {
  readonly project: ProjectId;
  readonly author: AuthorId;
  /** Commits so far; the next one's `seq`. */
  readonly length: number;
  /** Hash of the last commit; null while there is none. */
  readonly hash: Uint8Array | null;
  /** The last commit's; 0 while there is none. */
  readonly lamport: number;
}

/** Commits that continue a log, and where it stands after them. */
export interface Run {
  readonly head: LogHead;
  readonly commits: readonly Commit[];
}

/** Two commits by one author in the same place: whoever sees them knows that the author told two stories. */
export interface ForkEvidence {
  readonly author: AuthorId;
  /** The log counts up to, and without, this commit. */
  readonly seq: number;
  /** The bytes of the two commits; `a` is the lower of the two in byte order, so that all peers hold equal evidence. */
  readonly a: Uint8Array;
  readonly b: Uint8Array;
}

export const emptyLog = (project: ProjectId, author: AuthorId): LogHead => ({
  project,
  author,
  length: 0,
  hash: null,
  lamport: 0,
});

/**
 * Judges whether the commits, in order, continue the log: form, sequence, links and logical clock. Their signatures are
 * not looked at: see {@link verifyRun}.
 *
 * @returns `commit.malformed`, `commit.chain` or `commit.lamport` for the first that does not
 */
export function continues(head: LogHead, run: readonly Uint8Array[]): Result<Run> {
  const { project, author } = head;
  let { length, hash, lamport } = head;
  const commits: Commit[] = [];
  for (const bytes of run) {
    const path = commitPath(author, length);
    const read = decodeCommit(bytes, path);
    if (!read.ok) return read;
    const commit = read.value;
    const broken = (reason: string) => err(fault('commit.chain', path, { reason }));
    if (commit.seq !== length) return broken(`it is number ${commit.seq}, and ${length} comes next`);
    const next = commitHash(bytes);
    if (!follows(commit, next, hash ?? fromBase32(project))) {
      return broken(length === 0 ? 'it belongs to another project' : 'it names another predecessor');
    }
    if (commit.lamport <= lamport) return err(fault('commit.lamport', path));
    commits.push(commit);
    length += 1;
    hash = next;
    lamport = commit.lamport;
  }
  return ok({ head: { project, author, length, hash, lamport }, commits });
}

/** A first commit names its project, or, if it names nothing, is the founding commit: the one that the project is named for. */
function follows(commit: Commit, hash: Uint8Array, expected: Uint8Array | null): boolean {
  if (expected === null) return false;
  if (commit.prev !== null) return equalBytes(commit.prev, expected);
  return commit.seq === 0 && equalBytes(hash, expected);
}

/**
 * Verifies a run of commits by its chain and its last signature: that one covers the hash of the whole commit before it,
 * signature included, and so on to the first.
 *
 * @returns `commit.malformed`, `commit.chain`, `commit.lamport` or `commit.signature`, naming the commit that is wrong
 */
export async function verifyRun(head: LogHead, run: readonly Uint8Array[], verify: Verify): Promise<Result<Run>> {
  const chained = continues(head, run);
  if (!chained.ok) return err((await culpritBefore(head, run, verify)) ?? chained.error);
  const last = chained.value.commits.at(-1);
  if (last === undefined) return chained;
  const signed = await verifySignature(head.author, last, verify);
  return signed.ok ? chained : signed;
}

/** As {@link verifyRun}, but checks every signature: about 60 µs each. */
export async function verifyEach(head: LogHead, run: readonly Uint8Array[], verify: Verify): Promise<Result<Run>> {
  const chained = continues(head, run);
  if (!chained.ok) return err((await culpritBefore(head, run, verify)) ?? chained.error);
  for (const commit of chained.value.commits) {
    const signed = await verifySignature(head.author, commit, verify);
    if (!signed.ok) return signed;
  }
  return chained;
}

/**
 * Where a chain breaks, either the commit at the break was changed or the one before it, whose hash it names: the
 * signature of the latter tells.
 */
async function culpritBefore(head: LogHead, run: readonly Uint8Array[], verify: Verify) {
  let at = head;
  let previous: Commit | undefined;
  for (const bytes of run) {
    const step = continues(at, [bytes]);
    if (!step.ok) break;
    at = step.value.head;
    previous = step.value.commits[0];
  }
  if (previous === undefined) return null;
  const signed = await verifySignature(head.author, previous, verify);
  return signed.ok ? null : signed.error;
}

/**
 * Proves a fork by two commits in the same place that both follow the same commit and are both the author's. Commits
 * that diverged earlier prove nothing here: compare the ones before them.
 *
 * @returns null where they prove nothing
 */
export async function forkEvidence(
  author: AuthorId,
  one: Uint8Array,
  other: Uint8Array,
  verify: Verify,
): Promise<ForkEvidence | null> {
  const [first, second] = [decodeCommit(one), decodeCommit(other)];
  if (!first.ok || !second.ok || equalBytes(one, other)) return null;
  const { seq, prev } = first.value;
  if (second.value.seq !== seq || !samePrevious(prev, second.value.prev)) return null;
  for (const commit of [first.value, second.value]) {
    if (!(await verifySignature(author, commit, verify)).ok) return null;
  }
  const [a, b] = compareBytes(one, other) < 0 ? [one, other] : [other, one];
  return { author, seq, a, b };
}

const samePrevious = (a: Uint8Array | null, b: Uint8Array | null): boolean =>
  a === null || b === null ? a === b : equalBytes(a, b);

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}
