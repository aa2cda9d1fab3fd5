import type { ForkEvidence, LogHead } from '#core/log/chain';
import type { Signer } from '#core/log/commit';
import type { Standing } from '#core/log/roles';
import type { AuthorId, ProjectId } from '#core/model/ids';
import type { Credential } from '#core/peers/invitation';
import type { Result } from '#core/result';

/** What peers' links read and write: this device's copy of the project's logs. */
export interface Replica {
  readonly project: ProjectId;
  /** Of this device's author. */
  readonly signer: Signer;
  /** What this author shows to peers who do not know them. */
  readonly credential: Credential | null;

  /** Where each log ends that has any commit. */
  heads(): readonly LogHead[];
  /** As {@link heads}, of one author; of length 0 where there is no commit. */
  head(author: AuthorId): LogHead;
  /** Hash of a commit that is there. */
  hashAt(author: AuthorId, seq: number): Uint8Array;
  /** A Yjs update (v1) that appends an author's commits from `from` up to `to`, half-open; all of them are there. */
  update(author: AuthorId, from: number, to: number): Uint8Array;
  /** Bytes of these commits, so that updates can be cut to size. */
  bytes(author: AuthorId, from: number, to: number): number;

  /**
   * Takes a peer's update through the gate, all of it or nothing; settles when it is durable and applied.
   *
   * @returns `update.refused` and `commit.…` where it is no plain append to logs; `storage.…`
   */
  take(update: Uint8Array): Promise<Result<Taken>>;
  /** Proofs of forks that this device holds. */
  forks(): readonly ForkEvidence[];
  /** Takes in a proof that a peer sent; whether it proves something, and that was not known. */
  takeFork(evidence: ForkEvidence): Promise<boolean>;

  /** Whether the project's founding commit is here: until then nobody can be told from anybody. */
  readonly isFounded: boolean;
  /** An author's standing after everything that is here of their log; `none` of strangers and of those who were removed. */
  standing(author: AuthorId): Standing;
  /** Whether a stranger's credential admits them: it is an owner's, not withdrawn, not expired, and the author's own. */
  admits(author: AuthorId, credential: Credential): Promise<boolean>;
  /** Calls back whenever logs have grown or standings changed, by whomever; gives what ends it. */
  onChange(listener: () => void): () => void;
}

export interface Taken {
  /** Commits that were new, half-open by author. */
  readonly appended: readonly { readonly author: AuthorId; readonly from: number; readonly to: number }[];
  /** Authors whom the update convicts of a fork; nothing of theirs was taken. */
  readonly forks: readonly ForkEvidence[];
}
