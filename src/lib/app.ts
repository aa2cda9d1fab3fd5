import { getContext, setContext } from 'svelte';
import { createProjectClient, type ProjectClient } from '#compute/project-client';
import { Importer } from '#state/importer';
import { Intake } from '#state/intake';
import { Library } from '#state/library';
import { NewProject } from '#state/new-project';
import { Preferences } from '#state/preferences';
import { ProjectState } from '#state/project';
import { Toasts } from '#state/toasts';

/** Everything that lives as long as the page. */
export interface App {
  readonly client: ProjectClient;
  readonly project: ProjectState;
  readonly library: Library;
  /** Of more items into the open project. */
  readonly importer: Importer;
  readonly newProject: NewProject;
  readonly intake: Intake;
  readonly preferences: Preferences;
  readonly toasts: Toasts;
}

const KEY = Symbol('app');

/** The composition root: the only place that wires adapters together. */
export function createApp(): App {
  const client = createProjectClient();
  const project = new ProjectState(client);
  const preferences = new Preferences(localStorage, document);
  const newProject = new NewProject(client, new Importer(client), project, preferences);
  return {
    client,
    project,
    library: new Library(client, localStorage),
    importer: new Importer(client),
    newProject,
    intake: new Intake(client, newProject, preferences),
    preferences,
    toasts: new Toasts(),
  };
}

/** Called once, by the root layout. */
export const setApp = (app: App): App => setContext(KEY, app);

export const getApp = (): App => getContext<App>(KEY);
