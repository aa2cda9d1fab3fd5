import type { ProjectClient } from '#compute/project-client';
import type { ConcordError } from '#core/errors';
import { isProjectFile } from '#core/project-file/extension';
import type { Result } from '#core/result';
import { droppedFiles } from '#io/files/drop';
import { onLaunchedFiles } from '#io/files/launched';
import type { PickedFile } from '#io/files/picked';
import { pickFiles, pickFolder } from '#io/files/pickers';
import type { OpenedFile } from '#workers/project/api';
import type { NewProject } from './new-project.svelte';
import type { Preferences } from './preferences.svelte';
import type { ProjectState, TaskProgress } from './project.svelte';
import type { Tour } from './tour.svelte';

/** Where the first page goes with what it was given; null: nowhere. */
type Destination = string | null;

/** What files and the sample are handed on to. */
export interface IntakeParts {
  readonly client: Pick<ProjectClient, 'openProjectFile' | 'readConfig' | 'createSample' | 'cancel'>;
  /** Hears how far runs are. */
  readonly project: Pick<ProjectState, 'listen' | 'tasks'>;
  readonly newProject: NewProject;
  readonly preferences: Pick<Preferences, 'name'>;
  /** Begins where the sample is opened for the first time. */
  readonly tour: Pick<Tour, 'greet'>;
}

/**
 * Takes in what is given to the first page: a project file is opened, a config begins a project as it says, all other
 * files begin one of theirs.
 */
export class Intake {
  readonly #client: IntakeParts['client'];
  readonly #project: IntakeParts['project'];
  readonly #newProject: NewProject;
  readonly #preferences: IntakeParts['preferences'];
  readonly #tour: IntakeParts['tour'];
  #failure = $state.raw<ConcordError | null>(null);
  #opened = $state.raw<OpenedFile | null>(null);
  /** What is under way, with its task. */
  #run = $state.raw<{ readonly task: string; readonly what: string } | null>(null);

  constructor({ client, project, newProject, preferences, tour }: IntakeParts) {
    this.#client = client;
    this.#project = project;
    this.#newProject = newProject;
    this.#preferences = preferences;
    this.#tour = tour;
  }

  get failure() {
    return this.#failure;
  }
  /** What the project file that was opened last brought. */
  get opened() {
    return this.#opened;
  }
  /** How far the run under way is, which opens a file or makes the sample; null: none is. */
  get progress(): TaskProgress | null {
    if (this.#run === null) return null;
    const { done, total } = this.#project.tasks.get(this.#run.task) ?? { done: 0, total: 0 };
    return { ...this.#run, done, total };
  }

  /** Call it within the event: the transfer is emptied when that returns. */
  drop(transfer: DataTransfer): Promise<Destination> {
    return this.#take(droppedFiles(transfer));
  }

  pick(kind: 'files' | 'folder'): Promise<Destination> {
    return this.#take(kind === 'files' ? pickFiles() : pickFolder());
  }

  /** Takes in what the system opens with the installed app, and tells each time where that leads. */
  onLaunch(follow: (taken: Promise<Destination>) => void): void {
    onLaunchedFiles((files) => {
      follow(this.#take(files));
    });
  }

  /** Opens the sample project, which is made where this device has none. */
  async sample(): Promise<Destination> {
    const founder = this.#preferences.name.trim() || 'Owner';
    const made = await this.#follow('Making the sample', (task) => this.#client.createSample(task, founder));
    if (made === null) return null;
    this.#tour.greet(made);
    return `#/p/${made}/label`;
  }

  cancel(): void {
    if (this.#run !== null) void this.#client.cancel(this.#run.task);
  }

  dismissFailure(): void {
    this.#failure = null;
  }

  async #take(given: Promise<readonly PickedFile[]>): Promise<Destination> {
    const files = await given;
    const [first] = files;
    if (!first) return null;
    if (files.length === 1 && isProjectFile(first.file)) return this.#open(first.file);
    this.#newProject.reset();
    if (files.length === 1 && /\.ya?ml$/i.test(first.path)) {
      const config = await this.#client.readConfig(first.file);
      if (!config.ok) {
        this.#failure = config.error;
        return null;
      }
      this.#newProject.config = config.value;
    } else void this.#newProject.importer.add(Promise.resolve(files));
    return '#/new';
  }

  async #open(file: File): Promise<Destination> {
    const opened = await this.#follow(`Opening ${file.name}`, (task) => this.#client.openProjectFile(task, file, null));
    this.#opened = opened;
    return opened && `#/p/${opened.id}/label`;
  }

  /** Runs one thing at a time; null where it failed, was cancelled, or another runs. */
  async #follow<T>(what: string, work: (task: string) => Promise<Result<T>>): Promise<T | null> {
    if (this.#run !== null) return null;
    this.#failure = null;
    const task = crypto.randomUUID();
    this.#run = { task, what };
    await this.#project.listen();
    const done = await work(task);
    this.#run = null;
    if (done.ok) return done.value;
    if (done.error.code !== 'cancelled') this.#failure = done.error;
    return null;
  }
}
