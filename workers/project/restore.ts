import type { ForkEvidence, LogHead } from '#core/log/chain';
import { decodeCommit, type Commit } from '#core/log/commit';
import type { Proofs } from '#core/log/proofs';
import { decodeChunk } from '#core/model/chunk';
import type { AuthorId } from '#core/model/ids';
import { itemId } from '#core/model/item';
import { decodePredictions } from '#core/model/prediction-chunk';
import { fillIn, type Contents } from '#core/projection/fill-in';
import { Projection } from '#core/projection/projection';
import { replay, type Logs } from '#core/projection/replay';
import type { ProjectStore } from '#io/storage/project-store';
import type { Checkpoints } from './checkpoints';
import { Pace } from './pace';

/** Commits that are decoded at once: some milliseconds. */
export const DECODED = 200;

/**
 * The projection of everything that is stored: the last checkpoint, the commits since, and the chunks they announce.
 *
 * @param proofs the project's; those that the logs claim are checked
 */
export async function restore(
  store: ProjectStore,
  checkpoints: Checkpoints,
  me: AuthorId,
  proofs: Proofs,
  heads: readonly LogHead[],
  forks: readonly ForkEvidence[],
): Promise<Projection> {
  const stored = await checkpoints.read();
  // What a checkpoint holds was applied under the proofs that its logs claim, so these have to be known before it is read.
  await proofs.check(stored?.head.facts ?? []);
  const projection = new Projection(me, proofs, stored?.checkpoint);
  if (stored) checkpoints.continueFrom(projection, stored.lengths);
  for (const { author, seq } of forks) projection.cut(author, seq);
  return catchUp(store, projection, proofs, heads);
}

/** Commits of one log that are at hand decoded, consecutive, as long as they are. */
export interface HeldCommits {
  readonly from: number;
  readonly commits: readonly Commit[];
}

/**
 * Applies what was stored since; the result takes the projection's place.
 *
 * @param held commits that need not be read and decoded again, by author
 */
export async function catchUp(
  store: ProjectStore,
  projection: Projection,
  proofs: Proofs,
  heads: readonly LogHead[],
  held: ReadonlyMap<AuthorId, HeldCommits> = new Map(),
): Promise<Projection> {
  const current = await replay(projection, proofs, logsOf(store, heads, held));
  await fillIn(current, storedContents(store));
  return current;
}

const logsOf = (store: ProjectStore, heads: readonly LogHead[], held: ReadonlyMap<AuthorId, HeldCommits>): Logs => ({
  authors: heads.map(({ author }) => author),
  async *commits(author, from) {
    const pace = new Pace();
    const length = heads.find((head) => head.author === author)?.length ?? 0;
    let seq = from;
    const { from: first, commits } = held.get(author) ?? { from: 0, commits: [] };
    if (seq >= first && seq < first + commits.length) {
      const atHand = commits.slice(seq - first, length - first);
      yield atHand;
      seq += atHand.length;
    }
    for await (const stored of store.log(author, seq, length)) {
      for (let at = 0; at < stored.length; at += DECODED) {
        if (pace.isDue) await pace.rest();
        yield stored.slice(at, at + DECODED).map(({ bytes }) => readCommit(bytes));
      }
    }
  },
});

/** A commit that was verified before it was stored. */
export function readCommit(bytes: Uint8Array): Commit {
  const commit = decodeCommit(bytes);
  if (!commit.ok) throw new Error(commit.error.message);
  return commit.value;
}

/** What is stored of the chunks that the project announces. */
export const storedContents = (store: ProjectStore): Contents => ({
  async items(hash) {
    const bytes = await store.chunk(hash);
    const records = bytes && decodeChunk(bytes);
    return records?.ok ? records.value.map(({ data }) => itemId(data)) : null;
  },
  async predictions(hash) {
    const bytes = await store.chunk(hash);
    const read = bytes && decodePredictions(bytes);
    return read?.ok ? read.value : null;
  },
});
