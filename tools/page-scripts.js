import { readFile } from 'node:fs/promises';
import { runInNewContext } from 'node:vm';
import { ROOT } from './run.js';

const CLIENT = `${ROOT}.svelte-kit/output/client/`;
const GENERATED = '.svelte-kit/generated/client-optimized/';
/** Its node's number. */
const ERROR_PAGE = 1;
const START = 'node_modules/@sveltejs/kit/src/runtime/client/entry.js';

/**
 * A route's page and the layouts between it and the root, as numbers of nodes; a page with a server part is negative.
 *
 * @typedef {Record<string, [page: number, layouts?: (number | undefined)[]]>} Routes
 */

/** @typedef {Record<string, { file: string, imports?: string[], css?: string[] }>} Manifest */

/**
 * The scripts that a built page cannot start without: SvelteKit's entry, the route's layouts and page, the error page,
 * which SvelteKit loads with every first page, and all that these import statically. What a page loads later, and
 * workers, are not among them.
 *
 * @param {string} route as the folders under src/routes spell it, as in `/p/[id]/label`
 * @returns {Promise<string[]>} paths of files
 * @throws when the app is not built, or has no such route
 */
export async function pageScripts(route) {
  return (await pageChunks(route)).map(({ file }) => CLIENT + file);
}

/**
 * The style sheets that belong to {@link pageScripts}.
 *
 * @param {string} route
 * @returns {Promise<string[]>} paths of files
 */
export async function pageStyles(route) {
  const styles = (await pageChunks(route)).flatMap(({ css = [] }) => css);
  return [...new Set(styles)].map((file) => CLIENT + file);
}

/** @param {string} route */
async function pageChunks(route) {
  const manifest = /** @type {Manifest} */ (JSON.parse(await readFile(`${CLIENT}.vite/manifest.json`, 'utf8')));
  const routes = readRoutes(await readFile(`${ROOT}${GENERATED}app.js`, 'utf8'));
  const found = routes[route];
  if (found === undefined) throw new Error(`The build has no route ${route}; it has ${Object.keys(routes).join(', ')}`);
  const [page, layouts = []] = found;
  const nodes = [0, ERROR_PAGE, page < 0 ? ~page : page, ...layouts.filter((node) => node !== undefined)];

  /** @type {Set<string>} */
  const reached = new Set();
  /** @param {string} key */
  const reach = (key) => {
    if (reached.has(key)) return;
    reached.add(key);
    const chunk = manifest[key];
    if (chunk === undefined) throw new Error(`Vite's manifest has no ${key}`);
    chunk.imports?.forEach(reach);
  };
  [START, `${GENERATED}app.js`, ...nodes.map((node) => `${GENERATED}nodes/${node}.js`)].forEach(reach);
  return [...reached].map((key) => /** @type {Manifest[string]} */ (manifest[key]));
}

/**
 * @param {string} app the module that SvelteKit generates; it cannot be imported outside of Vite
 * @returns {Routes}
 */
function readRoutes(app) {
  const dictionary = /^export const dictionary = (\{.*?\});$/ms.exec(app)?.[1];
  if (dictionary === undefined) throw new Error('SvelteKit writes its routes in another way than before');
  return /** @type {Routes} */ (runInNewContext(`(${dictionary})`));
}
