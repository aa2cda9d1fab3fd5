import { fault } from '../errors';
import type { ProjectContents } from '../formats/project-dataset';
import { commitHash, decodeCommit, type Verify } from '../log/commit';
import { Proofs } from '../log/proofs';
import type { AuthorId } from '../model/ids';
import type { Projection } from '../projection/projection';
import { ReadFailure } from '../read-failure';
import { err, ok, type Result } from '../result';
import { projectionAt } from '../snapshots/projection-at';
import { snapshotsOf, type Snapshot } from '../snapshots/snapshot';
import { nearest } from '../text/nearest';
import { contentsOf, stateIn } from './project';
import type { ProjectFile } from './read';

/**
 * The state that a snapshot of a project file names.
 *
 * @param now the project that the file holds, which was verified
 * @param called the snapshot's name, or its id where several have that name
 * @returns `usage.word` or `snapshot.…`
 */
export async function snapshotIn(
  file: ProjectFile,
  now: Projection,
  called: string,
  verify: Verify,
): Promise<Result<ProjectContents>> {
  const snapshot = find(snapshotsOf(now), called);
  if (!snapshot.ok) return snapshot;
  try {
    const projection = await projectionAt(snapshot.value.heads, new Proofs(file.manifest.project, verify), {
      ...contentsOf(file),
      length: (author) => now.applied(author),
      hash: (author, seq) => hashIn(file, author, seq),
      commits: (author, from, to) => commitsIn(file, author, from, to),
      rest: () => Promise.resolve(),
      name: (author) => now.name(author) || author.slice(0, 6),
    });
    return projection.ok ? ok(stateIn(file, projection.value)) : projection;
  } catch (error) {
    if (error instanceof ReadFailure) return err(error.error);
    throw error;
  }
}

function find(snapshots: readonly Snapshot[], called: string): Result<Snapshot> {
  const found = snapshots.filter(({ id, name }) => id === called || name === called);
  const [only] = found;
  if (only && found.length === 1) return ok(only);
  if (only) {
    const known = found.map(({ id, time }) => `${id} (${isoTime(time)})`);
    return err(fault('snapshot.ambiguous', '', { name: called, known }));
  }
  const names = [...new Set(snapshots.map(({ name }) => name))];
  return err(
    fault('usage.word', '', { option: '--snapshot', word: called, nearest: nearest(called, names), known: names }),
  );
}

/** Clocks may say what no calendar has. */
const isoTime = (time: number): string => (Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : 'at no time');

async function hashIn(file: ProjectFile, author: AuthorId, seq: number): Promise<Uint8Array> {
  let start = 0;
  for await (const { commits } of file.commits(author)) {
    const bytes = commits[seq - start];
    if (bytes) return commitHash(bytes);
    start += commits.length;
  }
  throw new Error(`the log of ${author} ends before commit ${seq}`);
}

async function* commitsIn(file: ProjectFile, author: AuthorId, from: number, to: number) {
  let start = 0;
  for await (const { commits } of file.commits(author)) {
    if (start >= to) return;
    yield commits.slice(Math.max(0, from - start), Math.max(0, to - start)).map(verified);
    start += commits.length;
  }
}

/** A commit that was verified when the project was read. */
function verified(bytes: Uint8Array) {
  const commit = decodeCommit(bytes);
  if (!commit.ok) throw new Error(commit.error.message);
  return commit.value;
}
