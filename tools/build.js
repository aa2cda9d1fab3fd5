import { readdir, rm, stat } from 'node:fs/promises';
import { run, ROOT } from './run.js';
import { SOURCES } from './sources.js';

const PRODUCT = `${ROOT}build/index.html`;

/**
 * Builds the app unless the build that is there is newer than every source. Vite's output goes to standard error.
 *
 * @returns {Promise<boolean>} whether there is an up-to-date build now
 */
export async function buildIfStale() {
  const built = await stat(PRODUCT).catch(() => null);
  if (built !== null) {
    const newest = await Promise.all(SOURCES.map((source) => newestBelow(`${ROOT}${source}`)));
    if (Math.max(...newest) < built.mtimeMs) return true;
  }
  return build();
}

/**
 * Builds the app and the command line.
 *
 * @returns {Promise<boolean>} whether it succeeded; when it did not, there is no build, not an old one
 */
export async function build() {
  await rm(PRODUCT, { force: true });
  // Vite takes over a NODE_ENV that it finds, such as a benchmark's, and would build for development.
  const env = { NODE_ENV: 'production' };
  for (const config of ['vite.config.ts', 'vite.cli.config.ts']) {
    const parameters = ['build', '--config', config, '--logLevel', 'warn'];
    const { status } = await run('vite', parameters, { output: 'stderr', env });
    if (status === 0) continue;
    await rm(PRODUCT, { force: true });
    return false;
  }
  return true;
}

/**
 * The latest modification, in ms since 1970, of a file, or of a folder and all below it: what was removed shows in the
 * time of its folder.
 *
 * @param {string} path
 * @returns {Promise<number>} 0 when nothing is there
 */
async function newestBelow(path) {
  const found = await stat(path).catch(() => null);
  if (found === null) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const inside = await Promise.all((await readdir(path)).map((name) => newestBelow(`${path}/${name}`)));
  return Math.max(found.mtimeMs, ...inside);
}
