import type { ProjectClient } from '#compute/project-client';
import type { ConcordError } from '#core/errors';
import type { ProjectId } from '#core/model/ids';
import type { ProjectSummary } from '#workers/project/api';

/** The projects on this device, the one opened last first. */
export class Library {
  readonly #client: Pick<ProjectClient, 'projects' | 'remove'>;
  #projects = $state.raw<readonly ProjectSummary[] | null>(null);
  #failure = $state.raw<ConcordError | null>(null);

  constructor(client: Pick<ProjectClient, 'projects' | 'remove'>) {
    this.#client = client;
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
    if (found.ok) this.#projects = found.value;
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
}
