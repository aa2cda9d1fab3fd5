import type { ProjectApi } from '#workers/project/api';
import { workerClient } from './worker-client';

export type ProjectClient = ProjectApi;

/** Starts the project worker of this page. Its methods are those of {@link ProjectApi}. */
export function createProjectClient(): ProjectClient {
  const worker = new Worker(new URL('../../../workers/project/index.ts', import.meta.url), {
    type: 'module',
    name: 'concord-project',
  });
  return workerClient<ProjectApi>(worker);
}
