import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What a run of a program gave. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Builds the command line as `npm run build` does. */
export async function buildCommandLine(): Promise<void> {
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--config', 'vite.cli.config.ts', '--logLevel', 'warn'];
  const { status, stderr } = await node(vite, ROOT);
  if (status !== 0) throw new Error(stderr);
}

/** Runs `concord` with these words in a folder. */
export const concord = (folder: string, ...words: readonly string[]): Promise<Ran> =>
  node([`${ROOT}bin/concord.js`, ...words], folder);

/**
 * Runs `concord`, and ends it by a signal as soon as `isTime` says so.
 *
 * @param isTime asked every few milliseconds
 */
export async function interrupted(
  folder: string,
  words: readonly string[],
  signal: NodeJS.Signals,
  isTime: () => Promise<boolean>,
): Promise<Ran> {
  const { child, ran } = start([`${ROOT}bin/concord.js`, ...words], folder);
  while (child.exitCode === null && !(await isTime())) await new Promise((resolve) => setTimeout(resolve, 2));
  child.kill(signal);
  return ran;
}

const node = (words: readonly string[], folder: string): Promise<Ran> => start(words, folder).ran;

function start(words: readonly string[], folder: string) {
  const child = spawn(process.execPath, words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ran = once(child, 'close').then(([status]) => ({ status: status as number | null, stdout, stderr }));
  return { child, ran };
}
