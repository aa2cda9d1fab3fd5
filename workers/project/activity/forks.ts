import { safeName } from '#core/formats/safe-names';
import { decodeCommit } from '#core/log/commit';
import type { ForkEvidence } from '#core/log/chain';
import { toBase32 } from '#core/model/base32';
import type { AuthorId } from '#core/model/ids';
import { ok, type Result } from '#core/result';
import type { ActivityFork } from '../api';
import type { Session } from '../session';
import { asJson } from './as-json';

/** The first fork of every log that has one: up to there it counts. */
export async function activityForks({ store, projection }: Session): Promise<Result<readonly ActivityFork[]>> {
  const first = new Map<AuthorId, ForkEvidence>();
  for (const fork of await store.forks.toArray()) {
    const known = first.get(fork.author);
    if (!known || fork.seq < known.seq) first.set(fork.author, fork);
  }
  const forks = Array.from(first.values(), ({ author, seq, a, b }): ActivityFork => ({
    ...{ author, authorName: projection.name(author), seq },
    times: [timeOf(a), timeOf(b)],
  }));
  return ok(forks);
}

/** The evidence of all forks: the two commits of each, as they were signed (in base32) and as they read. */
export async function exportForks({ id, store, projection }: Session): Promise<Result<{ name: string; blob: Blob }>> {
  const forks = (await store.forks.toArray()).map(({ author, seq, a, b }) => ({
    ...{ author, name: projection.name(author), seq },
    commits: [a, b].map((bytes) => ({ bytes: toBase32(bytes), reads: asJson(contentOf(bytes)) })),
  }));
  const text = JSON.stringify({ project: id, forks }, null, 2);
  return ok({
    name: `${safeName(projection.settings.name)}-forks.json`,
    blob: new Blob([text], { type: 'application/json' }),
  });
}

/** Evidence was checked before it was stored. */
function contentOf(bytes: Uint8Array) {
  const commit = decodeCommit(bytes);
  if (!commit.ok) throw new Error(commit.error.message);
  return commit.value;
}

const timeOf = (bytes: Uint8Array): number => contentOf(bytes).time;
