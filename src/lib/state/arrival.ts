import type { ProjectId } from '#core/model/ids';

/** Projects that were joined, and whose guidelines the person has not been shown. */
const ARRIVING = 'concord.arriving';

type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Notes that a project was joined: its guidelines are shown before its first item. */
export function expectArrival(memory: Memory, project: ProjectId): void {
  write(memory, [...read(memory), project]);
}

export const isArriving = (memory: Memory, project: ProjectId): boolean => read(memory).includes(project);

/** Notes that the work began. */
export function arrive(memory: Memory, project: ProjectId): void {
  write(
    memory,
    read(memory).filter((one) => one !== project),
  );
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
