import { readFile } from 'node:fs/promises';
import { ROOT } from './run.js';

const CLIENT = `${ROOT}.svelte-kit/output/client/`;
const GENERATED = '.svelte-kit/generated/client-optimized/';
const START = 'node_modules/@sveltejs/kit/src/runtime/client/entry.js';

/** SvelteKit's generated list of routes: page node, layout nodes below the root, error nodes. Negative: has a server part.
 * @typedef {Record<string, [page: number, layouts?: (number | undefined)[]]>} Routes
 */

/** @typedef {Record<string, { file: string, imports?: string[] }>} Manifest */

/**
 * The scripts that a built page cannot start without: SvelteKit's entry, the route's layouts and page, and all that
 * these import statically. What a page loads later, and workers, are not among them.
 *
 * @param {string} route as the folders under src/routes spell it, as in `/p/[id]/label`
 * @returns {Promise<string[]>} paths of files
 * @throws when the app is not built, or has no such route
 */
export async function pageScripts(route) {
  const manifest = /** @type {Manifest} */ (JSON.parse(await readFile(`${CLIENT}.vite/manifest.json`, 'utf8')));
  const { dictionary } = /** @type {{ dictionary: Routes }} */ (await import(`${ROOT}${GENERATED}app.js`));
  const found = dictionary[route];
  if (found === undefined) throw new Error(`The build has no route ${route}; it has ${Object.keys(dictionary).join(', ')}`);
  const [page, layouts = []] = found;
  const nodes = [0, page < 0 ? ~page : page, ...layouts.filter((node) => node !== undefined)];

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
  return [...reached].map((key) => CLIENT + /** @type {Manifest[string]} */ (manifest[key]).file);
}
