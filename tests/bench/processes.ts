import { readdir, readFile } from 'node:fs/promises';

/**
 * Memory of a browser and of every process that it started, MB (10^6 bytes): the sum of their proportional set sizes, in which what
 * several share counts once.
 *
 * @param profile the folder that the browser was started with
 */
export async function browserMemory(profile: string): Promise<number> {
  const processes = await runningProcesses();
  const ours = new Set(processes.filter(({ command }) => command.includes(profile)).map(({ id }) => id));
  // Children come after their parents only as a rule: repeated until nobody is added.
  for (let before = -1; before < ours.size;) {
    before = ours.size;
    for (const { id, parent } of processes) if (ours.has(parent)) ours.add(id);
  }
  const sizes = await Promise.all([...ours].map(proportionalSize));
  return sizes.reduce((sum, size) => sum + size, 0) / 1e6;
}

async function runningProcesses(): Promise<{ id: number; parent: number; command: string }[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    ids.map(async (id) => {
      const [status, command] = await Promise.all([
        readFile(`/proc/${id}/status`, 'utf8').catch(() => ''),
        readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => ''),
      ]);
      return { id: Number(id), parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? -1), command };
    }),
  );
  return found;
}

/** Bytes; 0 for a process that has ended. */
async function proportionalSize(id: number): Promise<number> {
  const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
}
