import type { AuthorId } from '#core/model/ids';
import { RUN_BYTES, RUN_COMMITS, type ProjectStore } from './project-store';

/** Records that are read at once. */
const READ_AT_ONCE = 200;
/** Fewer commits than these are not worth a run of their own. */
const LEAST = 100;

/**
 * Rewrites commits of a log that were stored one by one as runs: they take less room then, and are read in a fraction of the time. The
 * last ones stay until there are enough of them. Nothing is read and written but what it replaces, each run in one transaction.
 *
 * @param from where the last call got to; 0 at first
 * @returns where this one got to
 */
export async function compactLog(store: ProjectStore, author: AuthorId, from: number): Promise<number> {
  for (let at = from; ;) {
    const next = await singlesFrom(store, author, at).first();
    if (!next) return at;
    const end = await rewrite(store, author, next.seq);
    if (end === null) return next.seq;
    at = end;
  }
}

/** Makes a run of the single commits from this one on; gives where they end, or null where more may come yet. */
function rewrite(store: ProjectStore, author: AuthorId, from: number): Promise<number | null> {
  return store.transaction('rw', [store.commits, store.runs], async () => {
    const commits: Uint8Array[] = [];
    let bytes = 0;
    let isFull = false;
    for (let isMore = true; isMore && !isFull;) {
      const read = await singlesFrom(store, author, from + commits.length)
        .limit(READ_AT_ONCE)
        .toArray();
      isMore = read.length > 0;
      for (const commit of read) {
        // A run stands in between, or enough is enough.
        isFull = commit.seq !== from + commits.length || commits.length === RUN_COMMITS || bytes >= RUN_BYTES;
        if (isFull) break;
        commits.push(commit.bytes);
        bytes += commit.bytes.length;
      }
    }
    if (!isFull) return null;
    const end = from + commits.length;
    if (commits.length < LEAST) return end;
    await store.commits.where('[author+seq]').between([author, from], [author, end]).delete();
    await store.runs.add({ author, seq: from, commits });
    return end;
  });
}

const singlesFrom = (store: ProjectStore, author: AuthorId, from: number) =>
  store.commits.where('[author+seq]').between([author, from], [author, Infinity]);
