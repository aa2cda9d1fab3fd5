import type { Commit } from '../log/commit';
import type { Proofs } from '../log/proofs';
import type { AuthorId } from '../model/ids';
import type { Projection } from './projection';

/** A project's logs, to be read one after the other. */
export interface Logs {
  readonly authors: readonly AuthorId[];
  /** An author's commits from this `seq` on, in order, in lists of any length. */
  commits(author: AuthorId, from: number): AsyncIterable<readonly Commit[]>;
}

/**
 * Applies what the logs hold beyond what the projection has applied.
 *
 * @param proofs those that the projection was made with; what the logs claim is checked and added to them
 * @returns the projection, or the one that takes its place where a log that was read late changes who may say what
 */
export async function replay(projection: Projection, proofs: Proofs, logs: Logs): Promise<Projection> {
  await feed(projection, logs);
  if (await proofs.check(projection.facts)) projection.recheckAuthority();
  if (!projection.isStale) return projection;
  const renewed = projection.renewed();
  await feed(renewed, logs);
  return renewed;
}

async function feed(projection: Projection, logs: Logs): Promise<void> {
  for (const author of logs.authors) {
    for await (const commits of logs.commits(author, projection.applied(author))) {
      for (const commit of commits) projection.apply(author, commit);
    }
  }
}
