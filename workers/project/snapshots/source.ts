import { commitHash } from '#core/log/commit';
import type { LogHead } from '#core/log/chain';
import type { SnapshotSource } from '#core/snapshots/projection-at';
import { Pace } from '../pace';
import { DECODED, readCommit, storedContents } from '../restore';
import type { Session } from '../session';

/**
 * What is stored of a project, as a snapshot is projected from it: in slices, between which the page is answered.
 *
 * @param heads how far the logs go that are stored
 * @param onRead told how many commits were read; ends the work by throwing
 */
export function storedSource(
  { store, projection }: Session,
  heads: readonly LogHead[],
  onRead: (commits: number) => void,
): SnapshotSource {
  const lengths = new Map(heads.map(({ author, length }) => [author, length]));
  const contents = storedContents(store);
  const pace = new Pace();
  const rest = async (): Promise<void> => {
    onRead(0);
    if (pace.isDue) await pace.rest();
  };
  return {
    length: (author) => lengths.get(author) ?? 0,
    async hash(author, seq) {
      const [commit] = await store.commitsFrom(author, seq, 1);
      return commitHash(commit!.bytes);
    },
    async *commits(author, from, to) {
      for await (const stored of store.log(author, from, to)) {
        for (let at = 0; at < stored.length; at += DECODED) {
          const slice = stored.slice(at, at + DECODED);
          onRead(slice.length);
          if (pace.isDue) await pace.rest();
          yield slice.map(({ bytes }) => readCommit(bytes));
        }
      }
    },
    name: (author) => projection.name(author) || author.slice(0, 6),
    rest,
    async items(hash) {
      await rest();
      // What the open project has read already need not be hashed again.
      return projection.idsIn(hash) ?? (await contents.items(hash));
    },
    async predictions(hash) {
      await rest();
      return contents.predictions(hash);
    },
  };
}
