import { decodeCommit, type Commit } from '#core/log/commit';
import type { AuthorId } from '#core/model/ids';
import type { StoredCommit } from '#io/storage/project-store';

/** A stored commit that was read. */
export interface WalkedCommit {
  readonly author: AuthorId;
  readonly commit: Commit;
  /** Canonical bytes. */
  readonly bytes: Uint8Array;
}

/** Reads a commit that was verified before it was stored. */
export function walkedCommit({ author, bytes }: StoredCommit): WalkedCommit {
  const commit = decodeCommit(bytes);
  if (!commit.ok) throw new Error(commit.error.message);
  return { author, commit: commit.value, bytes };
}

/** Canonical order of commits: (lamport, author, seq). */
export const compareWalked = (a: WalkedCommit, b: WalkedCommit): number =>
  a.commit.lamport - b.commit.lamport ||
  (a.author < b.author ? -1 : a.author > b.author ? 1 : a.commit.seq - b.commit.seq);
