import type { AuthorId } from '#core/model/ids';
import type { ProjectStore, StoredCommit } from '#io/storage/project-store';
import { merged } from './merged';
import { compareWalked, walkedCommit, type WalkedCommit } from './walked';

/** Commits that are read at once from a log's end: first a few, for a page may need no more, then twice as many each time. */
const FIRST_BLOCK = 16;
const LARGEST_BLOCK = 512;

/**
 * The stored commits from the latest in canonical order to the first: a merge of the logs, each of which is read from its end, a
 * block at a time. A commit is decoded when it is compared, so that a page costs little more than what stands on it.
 *
 * @param lengths how many commits of each log are to be read, from its first on
 */
export function newestFirst(
  store: Pick<ProjectStore, 'log'>,
  lengths: ReadonlyMap<AuthorId, number>,
): AsyncGenerator<WalkedCommit, void> {
  const logs = Array.from(lengths, ([author, length]) => backwards(store, author, length));
  return merged(logs, (a, b) => compareWalked(a, b) > 0);
}

/** One author's commits from the last to the first. */
async function* backwards(
  store: Pick<ProjectStore, 'log'>,
  author: AuthorId,
  length: number,
): AsyncGenerator<WalkedCommit, void> {
  let size = FIRST_BLOCK;
  for (let end = length; end > 0;) {
    const start = Math.max(0, end - size);
    const block: StoredCommit[] = [];
    for await (const commits of store.log(author, start, end)) block.push(...commits);
    for (const commit of block.reverse()) yield walkedCommit(commit);
    end = start;
    size = Math.min(2 * size, LARGEST_BLOCK);
  }
}
