import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The project's folder, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a program of node_modules/.bin, or else of the system, in the project's folder.
 *
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {object} [options]
 * @param {'show' | 'keep' | 'stderr'} [options.output] whether its output is shown, kept for the caller, or shown on
 *   standard error; 'show' by default
 * @param {number} [options.limitMs] after which it is killed; no limit by default
 * @param {Readonly<Record<string, string>>} [options.env] added to the environment
 * @returns {Promise<{ status: number, output: string }>} status 127 when it cannot be started, 124 when it ran out of time
 */
export function run(program, parameters, { output = 'show', limitMs, env = {} } = {}) {
  const local = `${ROOT}node_modules/.bin/${program}`;
  const windows = process.platform === 'win32';
  /** @type {import('node:child_process').StdioOptions} */
  const streams =
    output === 'keep'
      ? ['ignore', 'pipe', 'pipe']
      : ['ignore', output === 'show' ? 'inherit' : process.stderr, 'inherit'];
  return new Promise((resolve) => {
    const child = spawn(existsSync(local) ? local : program, parameters, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: streams,
      shell: windows,
    });
    let kept = '';
    let late = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        kept += text;
      });
    }
    const timer =
      limitMs === undefined
        ? undefined
        : setTimeout(() => {
            late = true;
            child.kill('SIGKILL');
          }, limitMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ status: 127, output: error.message });
    });
    child.once('close', (status) => {
      clearTimeout(timer);
      resolve({ status: late ? 124 : (status ?? 1), output: kept });
    });
  });
}
