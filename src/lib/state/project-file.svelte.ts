import type { ConcordError } from '#core/errors';
import { pageFault } from '#core/page-errors';
import type { Result } from '#core/result';
import { pickFiles } from '#io/files/pickers';
import type { OpenedFile, SavedFile, TaskId } from '#workers/project/api';
import type { ProjectState } from './project.svelte';

/** Saves the open project as a file, and merges others into it. */
export class ProjectFile {
  readonly #project: ProjectState;
  #task = $state<TaskId | null>(null);
  #failure = $state.raw<ConcordError | null>(null);
  #merged = $state.raw<OpenedFile | null>(null);

  constructor(project: ProjectState) {
    this.#project = project;
  }

  /** Whether a file is being written or read. */
  get isBusy(): boolean {
    return this.#task !== null;
  }
  get failure() {
    return this.#failure;
  }
  /** What the file that was merged last brought. */
  get merged() {
    return this.#merged;
  }

  dismiss(): void {
    this.#failure = null;
    this.#merged = null;
  }

  /** @param hand gives the file to the browser; from then on the project counts as being in it */
  async save(blobs: 'all' | 'none', hand: (name: string, blob: Blob) => void): Promise<void> {
    const { client } = this.#project;
    const saved = await this.#run<SavedFile>((task) => client.saveProjectFile(task, blobs));
    if (saved === null) return;
    hand(saved.name, saved.blob);
    await client.handedOver(saved.content);
    if (saved.absent > 0) this.#project.fail(pageFault('images.absent', '', { images: saved.absent }));
  }

  /** Lets the person pick a project file, and merges it. Call it within a click. */
  async pick(): Promise<void> {
    const [first] = await pickFiles();
    if (first) await this.merge(first.file);
  }

  async merge(file: File): Promise<void> {
    const { client, id } = this.#project;
    this.#merged = await this.#run((task) => client.openProjectFile(task, file, id));
  }

  async #run<T>(work: (task: TaskId) => Promise<Result<T>>): Promise<T | null> {
    if (this.#task !== null) return null;
    this.dismiss();
    const task = crypto.randomUUID();
    this.#task = task;
    const done = await work(task);
    this.#task = null;
    if (done.ok) return done.value;
    if (done.error.code !== 'cancelled') this.#failure = done.error;
    return null;
  }
}
