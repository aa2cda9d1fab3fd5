/**
 * The state that a snapshot names, projected again.
 *
 * A snapshot names how far each log went. Its state is a function of exactly those commits, whatever else is known: an admission, a
 * removal, a recovery or a proof of a fork that came later changes the project and not the snapshot. Where a log was
 * known to be forked when the snapshot was taken, the head says how far it counted then. So every device that
 * has the commits projects the same state at all times, and what is exported from it is the same, byte for byte.
 *
 * A head covers its log by the hash of its last commit. A device that holds another branch of a forked log does not have
 * the commits that were meant, and says so.
 */
import { fault } from '../errors';
import { equalBytes, type Commit } from '../log/commit';
import type { SnapshotHead } from '../log/events';
import { recoveryKey, type Proofs } from '../log/proofs';
import type { AuthorId } from '../model/ids';
import { fillIn, type Contents } from '../projection/fill-in';
import { Projection } from '../projection/projection';
import { replay } from '../projection/replay';
import { settlingConsensus } from '../quality/consensus';
import { err, ok, type Result } from '../result';

/** Where the commits of a snapshot are read from. */
export interface SnapshotSource extends Contents {
  /** Commits of an author that are here. */
  length(author: AuthorId): number;
  /** {@link commitHash} of an author's commit `seq`, which is here. */
  hash(author: AuthorId, seq: number): Promise<Uint8Array>;
  /** An author's commits from `from` up to, and without, `to`, in order, in lists of any length. */
  commits(author: AuthorId, from: number, to: number): AsyncIterable<readonly Commit[]>;
  /** Settles at once, or when whoever waits for this thread was answered. */
  rest(): Promise<void>;
  /** What the author is called, for errors. */
  name(author: AuthorId): string;
}

/** How many of a snapshot's commits have not come here yet. */
export const absentCommits = (heads: readonly SnapshotHead[], length: (author: AuthorId) => number): number =>
  heads.reduce((absent, head) => absent + Math.max(0, head.length - length(head.author)), 0);

/**
 * Projects what the logs held up to these heads, with the contents of all chunks that they announce.
 *
 * @param proofs the project's
 * @returns `snapshot.invalid` for heads that nobody honest would write, `snapshot.incomplete` where commits or contents are not
 *   here, `snapshot.branch` where a log is not the one that was meant
 */
export async function projectionAt(
  heads: readonly SnapshotHead[],
  proofs: Proofs,
  source: SnapshotSource,
): Promise<Result<Projection>> {
  const lengths = new Map(heads.map(({ author, length }) => [author, length]));
  if (lengths.size < heads.length) return invalid('it names a log twice');
  if (heads.some(({ length }) => length === 0)) return invalid('it names a log without commits');
  const commits = absentCommits(heads, (author) => source.length(author));
  if (commits > 0) return err(fault('snapshot.incomplete', '', { commits, chunks: 0 }));
  for (const { author, length, hash } of heads) {
    if (!equalBytes(await source.hash(author, length - 1), hash))
      return err(fault('snapshot.branch', author, { author: source.name(author) }));
  }
  const projection = await replay(new Projection(null, proofs), proofs, {
    // One order of authors, so that rows are given out alike everywhere.
    authors: [...lengths.keys()].sort(),
    commits: (author, from) => source.commits(author, from, lengths.get(author) ?? 0),
  });
  if (recoveryKey(projection.facts) === null) return invalid('the project was not founded in it');
  const chunks = await fillIn(projection, source);
  if (chunks > 0) return err(fault('snapshot.incomplete', '', { commits: 0, chunks }));
  for (const _ of settlingConsensus(projection)) await source.rest();
  return ok(projection);
}

const invalid = (reason: string) => err(fault('snapshot.invalid', '', { reason }));
