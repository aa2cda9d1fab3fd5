import type { ProjectClient } from '#compute/project-client';
import type { ConcordError } from '#core/errors';
import { pageFault } from '#core/page-errors';
import type { ProjectId } from '#core/model/ids';
import { reportText, type ReportFacts } from '#core/report/report';
import { err, type Result } from '#core/result';
import type { SavedFile } from '#workers/project/api';
import type { Incidents } from './incidents.svelte';
import type { ProjectState } from './project.svelte';

/** What the report is made of, apart from what went wrong. */
export type Surroundings = Omit<ReportFacts, 'route' | 'thrown' | 'codes' | 'worker'>;

/** What the rescue needs of the page around it. */
export interface RescueDevice {
  /** Starts another project worker, beside one that may have stopped. */
  freshClient(): ProjectClient;
  look(): Promise<Surroundings>;
}

/** What a person can still do when something went wrong: save the project as a file, and say what happened. */
export class Rescue {
  readonly #project: ProjectState;
  readonly #incidents: Incidents;
  readonly #device: RescueDevice;
  #phase = $state<'idle' | 'saving' | 'saved'>('idle');
  #failure = $state.raw<ConcordError | null>(null);

  constructor(project: ProjectState, incidents: Incidents, device: RescueDevice) {
    this.#project = project;
    this.#incidents = incidents;
    this.#device = device;
  }

  get phase() {
    return this.#phase;
  }
  get failure() {
    return this.#failure;
  }
  /** Whether there is a project to save. */
  get canSave(): boolean {
    return this.#project.id !== null && this.#project.view !== null;
  }

  /**
   * Saves the project with everything that was shown as saved.
   *
   * @param hand gives the file to the browser
   */
  async save(hand: (name: string, blob: Blob) => void): Promise<void> {
    const { id } = this.#project;
    if (id === null || this.#phase === 'saving') return;
    this.#phase = 'saving';
    this.#failure = null;
    try {
      const saved = await this.#write(id);
      if (saved.ok) hand(saved.value.name, saved.value.blob);
      else this.#failure = saved.error;
      this.#phase = saved.ok ? 'saved' : 'idle';
    } catch (error) {
      this.#incidents.note(error);
      this.#failure = pageFault('worker.died', '');
      this.#phase = 'idle';
    }
  }

  /** In words, without anything of the project. @param route as the folders spell it: `/p/[id]/label` */
  async report(route: string): Promise<string> {
    const { thrown, codes, workerStopped } = this.#incidents;
    const worker = workerStopped ? 'stopped' : 'alive';
    return reportText({ ...(await this.#device.look()), route, thrown, codes, worker });
  }

  /** By the worker that the page has, and where that has stopped, by another one, which takes the project over. */
  async #write(id: ProjectId): Promise<Result<SavedFile>> {
    const task = crypto.randomUUID();
    const saved = this.#incidents.workerStopped
      ? err(pageFault('worker.died', ''))
      : await this.#project.client.saveProjectFile(task, 'all');
    if (saved.ok || saved.error.code !== 'worker.died') return saved;
    const client = this.#device.freshClient();
    const opened = await client.open(id, { steal: true });
    return opened.ok ? client.saveProjectFile(task, 'all') : opened;
  }
}
