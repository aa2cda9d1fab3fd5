import { getContext, setContext } from 'svelte';
import { createProjectClient, type ProjectClient } from '#compute/project-client';
import { ProjectState } from '#state/project';

/** Everything that lives as long as the page. */
export interface App {
  readonly client: ProjectClient;
  readonly project: ProjectState;
}

const KEY = Symbol('app');

/** The composition root: the only place that wires adapters together. */
export function createApp(): App {
  const client = createProjectClient();
  return { client, project: new ProjectState(client) };
}

/** Called once, by the root layout. */
export const setApp = (app: App): App => setContext(KEY, app);

export const getApp = (): App => getContext<App>(KEY);
