import type { ConcordError } from '../errors';
import { continues, emptyLog, type LogHead } from '../log/chain';
import { commitHash, decodeCommit, verifySignature, type Commit, type Verify } from '../log/commit';
import type { AuthorId } from '../model/ids';
import { ReadFailure } from '../read-failure';
import type { ProjectFile } from './read';

/** A segment of a log that was checked. */
export interface CheckedSegment {
  /** Bytes of its commits, those that cannot be read among them. */
  readonly size: number;
  readonly commits: readonly CheckedCommit[];
}

/** A commit of a log that was checked; `isIntact`: it and all before it are as they should be. */
export interface CheckedCommit {
  readonly commit: Commit;
  readonly hash: Uint8Array;
  readonly isIntact: boolean;
}

/**
 * Checks every commit of an author's log: form, chain, clock and signature. Goes on behind a wrong one, so that all are
 * named; that the next one does not follow a changed one is no fault of the next.
 *
 * @param onProblem told what is wrong, with the file in the project file and the commit
 */
export async function* checkLog(
  file: ProjectFile,
  author: AuthorId,
  verify: Verify,
  onProblem: (problem: ConcordError) => void,
): AsyncGenerator<CheckedSegment> {
  const { project } = file.manifest;
  let head = emptyLog(project, author);
  let isIntact = true;
  let isBehindWrong = false;
  try {
    for await (const { path, commits } of file.commits(author)) {
      const checked: CheckedCommit[] = [];
      let size = 0;
      for (const bytes of commits) {
        const where = `${path}, commit ${head.length}`;
        const { commit, problem } = await judge(head, bytes, verify);
        const isEcho: boolean = isBehindWrong && problem?.code === 'commit.chain';
        if (problem && !isEcho) onProblem({ ...problem, path: where });
        if (problem) isIntact = false;
        isBehindWrong = problem !== null && !isEcho;
        const lamport = commit?.lamport ?? head.lamport;
        head = { ...head, length: (commit?.seq ?? head.length) + 1, hash: commitHash(bytes), lamport };
        size += bytes.length;
        if (commit) checked.push({ commit, hash: head.hash!, isIntact });
      }
      yield { size, commits: checked };
    }
  } catch (error) {
    if (!(error instanceof ReadFailure)) throw error;
    onProblem(error.error);
  }
}

/** The commit, as far as it can be read, and the first thing that is wrong with it. */
async function judge(
  head: LogHead,
  bytes: Uint8Array,
  verify: Verify,
): Promise<{ readonly commit: Commit | null; readonly problem: ConcordError | null }> {
  const read = decodeCommit(bytes);
  if (!read.ok) return { commit: null, problem: read.error };
  const commit = read.value;
  const signed = await verifySignature(head.author, commit, verify);
  if (!signed.ok) return { commit, problem: signed.error };
  const chained = continues(head, [bytes]);
  return { commit, problem: chained.ok ? null : chained.error };
}
