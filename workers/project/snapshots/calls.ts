import { ok } from '#core/result';
import { absentCommits } from '#core/snapshots/projection-at';
import type { Snapshot } from '#core/snapshots/snapshot';
import type { WithProject } from '../opened';
import type { Session } from '../session';
import type { Tasks } from '../tasks';
import type { SnapshotApi, SnapshotView } from './api';
import { compare } from './compare';

export function snapshotsCalls(withProject: WithProject, tasks: Tasks): SnapshotApi {
  return {
    snapshots: () =>
      withProject(async ({ session, snapshots }) => {
        const views = await viewsOf(session, await snapshots.all());
        return ok(views.reverse());
      }),
    takeSnapshot: (name) => withProject(({ snapshots }) => snapshots.take(name)),
    compareSnapshots: (id, from, to) =>
      withProject((project) => tasks.run(id, (task) => compare(project, task, from, to))),
  };
}

async function viewsOf({ store, projection }: Session, snapshots: readonly Snapshot[]): Promise<SnapshotView[]> {
  const heads = await store.heads.toArray();
  const lengths = new Map(heads.map(({ author, length }) => [author, length]));
  return snapshots.map(({ id, name, author, time, heads }) => ({
    ...{ id, name, author, time },
    authorName: projection.name(author),
    commits: heads.reduce((sum, { length }) => sum + length, 0),
    absent: absentCommits(heads, (of) => lengths.get(of) ?? 0),
  }));
}
