import { fault } from '#core/errors';
import { err, type Result } from '#core/result';
import type { WithProject } from '../opened';
import type { SnapshotApi } from './api';

const later = (): Promise<Result<never>> => Promise.resolve(err(fault('project.moved', '')));

export function snapshotsCalls(withProject: WithProject): SnapshotApi {
  return {
    snapshots: () => withProject(() => later()),
    takeSnapshot: () => withProject(() => later()),
    compareSnapshots: () => withProject(() => later()),
  };
}
