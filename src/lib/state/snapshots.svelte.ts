import type { ConcordError } from '#core/errors';
import type { TaskId } from '#workers/project/api';
import type { SnapshotChanges, SnapshotId, SnapshotView } from '#workers/project/snapshots/api';
import type { ProjectState } from './project.svelte';

/** Two states that are compared, the earlier one first; null: the state now. */
export interface Pair {
  readonly from: SnapshotId;
  readonly to: SnapshotId | null;
}

/** What differs between two states, with what they are called. */
export interface Comparison extends SnapshotChanges {
  readonly fromName: string;
  readonly toName: string;
}

/** The snapshots of the open project, and a comparison of two of them. */
export class SnapshotList {
  readonly #project: ProjectState;
  #snapshots = $state.raw<readonly SnapshotView[] | null>(null);
  #failure = $state.raw<ConcordError | null>(null);
  #isTaking = $state(false);
  #task = $state<TaskId | null>(null);
  #comparison = $state.raw<Comparison | null>(null);

  constructor(project: ProjectState) {
    this.#project = project;
  }

  /** Newest first; null until they are known. */
  get snapshots() {
    return this.#snapshots;
  }
  /** Whether this person may take one. */
  get mayTake(): boolean {
    return this.#project.role === 'owner' || this.#project.role === 'reviewer';
  }
  /** What was asked for last and failed. */
  get failure() {
    return this.#failure;
  }
  get isTaking() {
    return this.#isTaking;
  }
  /** Of the comparison under way, to find its progress by. */
  get task() {
    return this.#task;
  }
  get comparison() {
    return this.#comparison;
  }

  async refresh(): Promise<void> {
    const found = await this.#project.client.snapshots();
    if (found.ok) this.#snapshots = found.value;
    else this.#failure = found.error;
  }

  /** Takes one of the state now; its id, or null where it failed. */
  async take(name: string): Promise<SnapshotId | null> {
    if (this.#isTaking) return null;
    this.#isTaking = true;
    const taken = await this.#project.client.takeSnapshot(name);
    this.#failure = taken.ok ? null : taken.error;
    await this.refresh();
    this.#isTaking = false;
    return taken.ok ? taken.value : null;
  }

  /** Says what differs; two snapshots are compared in the order in which they were taken. */
  async compare({ from, to }: Pair): Promise<void> {
    this.cancel();
    const [earlier, later] = this.#inOrder(from, to);
    const task = crypto.randomUUID();
    this.#task = task;
    this.#comparison = null;
    this.#failure = null;
    const compared = await this.#project.client.compareSnapshots(task, earlier, later);
    // Another comparison was asked for meanwhile.
    if (this.#task !== task) return;
    this.#task = null;
    if (compared.ok)
      this.#comparison = { ...compared.value, fromName: this.nameOf(earlier), toName: this.nameOf(later) };
    else if (compared.error.code !== 'cancelled') this.#failure = compared.error;
  }

  cancel(): void {
    if (this.#task !== null) void this.#project.client.cancel(this.#task);
  }

  dismissFailure(): void {
    this.#failure = null;
  }

  /** @param id null: the state now */
  nameOf(id: SnapshotId | null): string {
    return id === null ? 'now' : (this.#snapshots?.find((snapshot) => snapshot.id === id)?.name ?? '');
  }

  #inOrder(from: SnapshotId, to: SnapshotId | null): readonly [SnapshotId, SnapshotId | null] {
    if (to === null) return [from, null];
    const place = (id: SnapshotId): number => this.#snapshots?.findIndex((snapshot) => snapshot.id === id) ?? -1;
    return place(from) < place(to) ? [to, from] : [from, to];
  }
}
