import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run.js';

/** What the built app is made of. */
export const SOURCES = [
  'src',
  'workers',
  'static',
  'tools/content-security-policy.js',
  'tools/page-scripts.js',
  'tools/portable-adapter.js',
  'package.json',
  'package-lock.json',
  'svelte.config.js',
  'vite.config.ts',
];

/** The version of a build, which its sources alone decide: the same ones give the same version anywhere. */
export function sourceVersion() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(filesBelow)) {
    hash.update(`${file}\0`);
    hash.update(readFileSync(join(ROOT, file)));
  }
  return hash.digest('hex').slice(0, 12);
}

/**
 * @param {string} path of a file or a folder, below the project's
 * @returns {string[]} files, in an order that no file system decides
 */
function filesBelow(path) {
  if (statSync(join(ROOT, path)).isFile()) return [path];
  return readdirSync(join(ROOT, path))
    .sort()
    .flatMap((name) => filesBelow(`${path}/${name}`));
}
