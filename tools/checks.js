import { run } from './run.js';

const OWN = ['src', 'workers', 'tests', 'tools', 'bin'];

/** @typedef {readonly [name: string, program: string, ...parameters: string[]]} Check */

/**
 * On a clean clone the types that SvelteKit makes are missing, and all other checks lean on them.
 *
 * @type {Check}
 */
const GENERATE = ['generated types', 'svelte-kit', 'sync'];

/** @type {readonly Check[]} */
const CHECKS = [
  // The slowest first, so that the two at work end at about the same time.
  ['rules of style', 'eslint', '.', '--max-warnings', '0'],
  ['types of the app', 'svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  ['types of tests and tools', 'tsc', '-p', 'tsconfig.tools.json'],
  ['types of the workers', 'tsc', '-p', 'tsconfig.workers.json'],
  ['types of the core', 'tsc', '-p', 'tsconfig.core.json'],
  ['formatting', 'prettier', '--check', '.'],
  ['who imports whom', 'depcruise', '--config', '.dependency-cruiser.cjs', ...OWN],
  ['nothing unused', 'knip'],
];

const AT_ONCE = 2;

/**
 * Runs every static check, two at a time, and tells each outcome as it comes, with the output of those that fail.
 *
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runChecks() {
  let passed = 0;
  /** @param {Check} check */
  const runOne = async ([name, program, ...parameters]) => {
    const start = performance.now();
    const { status, output } = await run(program, parameters, { output: 'keep' });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
    if (status === 0) passed++;
    else console.log(`${output.trim()}\n`);
  };
  await runOne(GENERATE);
  const waiting = [...CHECKS];
  const runWaiting = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) await runOne(check);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runWaiting));
  return { passed, failed: 1 + CHECKS.length - passed };
}
