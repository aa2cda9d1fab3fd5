import { getContext, setContext } from 'svelte';
import { createProjectClient, type ProjectClient } from '#compute/project-client';
import { ImageHosts } from '#state/image-hosts';
import { Importer } from '#state/importer';
import { Incidents } from '#state/incidents';
import { InstallState } from '#state/installation';
import { Intake } from '#state/intake';
import { Library } from '#state/library';
import { Meeting } from '#state/meeting';
import { NewProject } from '#state/new-project';
import { Preferences } from '#state/preferences';
import { ProjectState } from '#state/project';
import { ProjectFile } from '#state/project-file';
import { Rescue, type Surroundings } from '#state/rescue';
import { Shortcuts } from '#state/shortcuts';
import { StorageState } from '#state/storage';
import { Toasts } from '#state/toasts';
import { Tour } from '#state/tour';
import { ownFiles } from '#ui/error/own-files.ts';
import { isMac } from '#ui/platform.ts';
import { Updates } from '#state/updates';
import { Unsaved } from './state/unsaved';

/** Everything that lives as long as the page. */
export interface App {
  readonly client: ProjectClient;
  readonly project: ProjectState;
  readonly library: Library;
  /** Connections to others who have the open project. */
  readonly meeting: Meeting;
  /** Of more items into the open project. */
  readonly importer: Importer;
  /** Merges project files that are given where items are imported. */
  readonly projectFile: ProjectFile;
  readonly newProject: NewProject;
  readonly intake: Intake;
  readonly preferences: Preferences;
  readonly imageHosts: ImageHosts;
  readonly shortcuts: Shortcuts;
  readonly toasts: Toasts;
  readonly tour: Tour;
  readonly storage: StorageState;
  readonly installation: InstallState;
  readonly unsaved: Unsaved;
  readonly updates: Updates;
  readonly incidents: Incidents;
  readonly rescue: Rescue;
}

const KEY = Symbol('app');

/**
 * The composition root: the only place that wires adapters together.
 *
 * @param version of the app, as it was built
 */
export function createApp(version: string): App {
  const incidents = new Incidents(ownFiles);
  const newClient = () =>
    createProjectClient({
      failed: ({ code }) => {
        incidents.fail(code);
      },
      died: () => {
        incidents.stop();
      },
    });
  const client = newClient();
  const project = new ProjectState(client);
  const preferences = new Preferences(localStorage, document);
  const tour = new Tour(localStorage);
  const unsaved = new Unsaved();
  const imageHosts = new ImageHosts(localStorage);
  const showImagesOf = (hosts: readonly string[]) => {
    imageHosts.show(hosts);
  };
  const newProject = new NewProject(client, new Importer(client, showImagesOf), project, preferences);
  const projectFile = new ProjectFile(project);
  const importer = new Importer(client, showImagesOf, (file) => void projectFile.merge(file));
  unsaved.watch(() => Promise.resolve(project.tasks.size > 0 ? 'the import or export that is running' : null));
  unsaved.watch(() => Promise.resolve(newProject.isBegun ? 'the new project that you are setting up' : null));
  unsaved.watch(() => Promise.resolve(importer.phase === 'ready' ? 'the files that you chose to import' : null));
  const library = new Library(client, localStorage);
  const look = () => surroundings(version, library.projects?.length ?? null);
  return {
    client,
    project,
    library,
    meeting: new Meeting(project, { base: document.baseURI, window, storage: localStorage }),
    importer,
    projectFile,
    newProject,
    intake: new Intake({ client, project, newProject, preferences, tour }),
    preferences,
    imageHosts,
    shortcuts: new Shortcuts({ mac: isMac }, preferences),
    toasts: new Toasts(),
    tour,
    storage: new StorageState({ manager: (navigator as Partial<Navigator>).storage, memory: localStorage }),
    installation: new InstallState({
      window,
      isApp: matchMedia('(display-mode: standalone)').matches,
      // Only Safari on phones and tablets knows the word.
      isIosPage: 'standalone' in navigator && navigator.standalone === false,
    }),
    unsaved,
    updates: new Updates(updateDevice(project), version, unsaved),
    incidents,
    rescue: new Rescue(project, incidents, { freshClient: newClient, look }),
  };
}

/** What a report says of the browser. */
async function surroundings(version: string, projects: number | null): Promise<Surroundings> {
  const { storage } = navigator as Partial<Navigator>;
  const { usage, quota } = (await storage?.estimate().catch(() => null)) ?? {};
  return {
    version,
    projects,
    userAgent: navigator.userAgent,
    window: { width: innerWidth, height: innerHeight },
    pixelRatio: devicePixelRatio,
    online: navigator.onLine,
    storage: usage === undefined || quota === undefined ? null : { used: usage, quota },
    kept: (await storage?.persisted().catch(() => null)) ?? null,
  };
}

const updateDevice = (project: ProjectState) => ({
  workers: (navigator as Partial<Navigator>).serviceWorker,
  locks: navigator.locks,
  scope: new URL('.', document.baseURI).pathname,
  now: () => performance.now(),
  reload: () => {
    void project.close().finally(() => {
      location.reload();
    });
  },
});

/** Called once, by the root layout. */
export const setApp = (app: App): App => setContext(KEY, app);

export const getApp = (): App => getContext<App>(KEY);
