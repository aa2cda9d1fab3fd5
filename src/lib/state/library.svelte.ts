import type { ProjectClient } from '#compute/project-client';
import type { ConcordError } from '#core/errors';
import type { ProjectId } from '#core/model/ids';
import type { ProjectSummary } from '#workers/project/api';

/** Remembers whether there were projects, so that a first visit need not wait for the worker to say that there are none. */
const HINT = 'concord.has-projects';

/** The projects on this device, the one opened last first. */
export class Library {
  readonly #client: Pick<ProjectClient, 'projects' | 'remove'>;
  readonly #storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  #projects = $state.raw<readonly ProjectSummary[] | null>(null);
  #failure = $state.raw<ConcordError | null>(null);

  constructor(
    client: Pick<ProjectClient, 'projects' | 'remove'>,
    storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  ) {
    this.#client = client;
    this.#storage = storage;
  }

  /** Whether projects are to be expected while they are not known yet. */
  get expectsProjects(): boolean {
    return this.#storage.getItem(HINT) !== null;
  }

  /** null until they are known. */
  get projects() {
    return this.#projects;
  }
  get failure() {
    return this.#failure;
  }

  async load(): Promise<void> {
    const found = await this.#client.projects();
    if (found.ok) this.#keep(found.value);
    this.#failure = found.ok ? null : found.error;
  }

  /** Deletes a project with all that it holds from this device; whether it worked. */
  async remove(id: ProjectId): Promise<boolean> {
    const removed = await this.#client.remove(id);
    if (removed.ok) await this.load();
    else this.#failure = removed.error;
    return removed.ok;
  }

  dismissFailure(): void {
    this.#failure = null;
  }

  #keep(projects: readonly ProjectSummary[]): void {
    this.#projects = projects;
    if (projects.length > 0) this.#storage.setItem(HINT, '');
    else this.#storage.removeItem(HINT);
  }
}
