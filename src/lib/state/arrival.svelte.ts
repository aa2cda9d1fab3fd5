import type { ProjectId } from '#core/model/ids';
import type { ProjectState } from './project.svelte';

/** Projects that were joined, and whose guidelines the person has not been shown. */
const ARRIVING = 'concord.arriving';

type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * What stands before the work in a project that was joined: `waiting` for anybody who has it, `guidelines` to read, `coming` while
 * its first items are on their way, and then nothing: `over`.
 */
export type ArrivalPhase = 'waiting' | 'guidelines' | 'coming' | 'over';

export class Arrival {
  readonly #project: ProjectState;
  readonly #memory: Memory;
  #over = $state.raw<ReadonlySet<ProjectId>>(new Set());

  constructor(project: ProjectState, memory: Memory) {
    this.#project = project;
    this.#memory = memory;
  }

  get phase(): ArrivalPhase {
    const { id, view, isFounded, schema, counters, peers } = this.#project;
    if (id === null || view === null) return 'over';
    if (!isFounded) return 'waiting';
    if (this.#over.has(id) || !read(this.#memory).includes(id)) return 'over';
    if ((schema?.guidelines ?? '').trim() !== '') return 'guidelines';
    const isComing = peers !== null && peers.connected > 0 && peers.behind.commits + peers.behind.blobs > 0;
    return counters?.items === 0 && isComing ? 'coming' : 'over';
  }

  /** The work begins. */
  end(): void {
    const { id } = this.#project;
    if (id === null || this.#over.has(id)) return;
    this.#over = new Set([...this.#over, id]);
    write(
      this.#memory,
      read(this.#memory).filter((one) => one !== id),
    );
  }
}

/** Notes that a project was joined: its guidelines are shown before its first item. */
export function expectArrival(memory: Memory, project: ProjectId): void {
  write(memory, [...read(memory), project]);
}

const read = (memory: Memory): readonly ProjectId[] => (memory.getItem(ARRIVING) ?? '').split(' ').filter(Boolean);

function write(memory: Memory, projects: readonly ProjectId[]): void {
  try {
    if (projects.length > 0) memory.setItem(ARRIVING, [...new Set(projects)].join(' '));
    else memory.removeItem(ARRIVING);
  } catch {
    // A full storage: the guidelines stand in the side panel too.
  }
}
