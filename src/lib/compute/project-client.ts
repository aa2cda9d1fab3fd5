import type { ProjectApi } from '#workers/project/api';
import { workerClient, type WorkerObserver } from './worker-client';

export type ProjectClient = ProjectApi;

/** The project worker of this page. Its methods are those of {@link ProjectApi}. */
export function createProjectClient(observer: WorkerObserver): ProjectClient {
  return workerClient<ProjectApi>(
    () =>
      new Worker(new URL('../../../workers/project/index.ts', import.meta.url), {
        type: 'module',
        name: 'concord-project',
      }),
    observer,
  );
}
