// npm test: every check, test and limit. Its last line is always `N passed, N failed`, over all of them.
import { readFile, rm } from 'node:fs/promises';
import { build } from './build.js';
import { runChecks } from './checks.js';
import { findFirefox } from './firefox.js';
import { installChromium } from './install-chromium.js';
import { ROOT, run } from './run.js';

/** @typedef {{ passed: number, failed: number, skipped?: number }} Counts */

const ONE_PASSED = { passed: 1, failed: 0 };
const ONE_FAILED = { passed: 0, failed: 1 };

/** @type {readonly [name: string, suite: () => Promise<Counts>][]} */
const SUITES = [
  ['checks', runChecks],
  ['unit, property and contract tests', vitest],
  ['build', async () => ((await build()) ? ONE_PASSED : ONE_FAILED)],
  ['size limits', sizeLimits],
  ['browser tests', playwright],
];

/** @returns {Promise<Counts>} */
async function vitest() {
  const report = await freshReport('vitest.json');
  const { status } = await run('vitest', [
    ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ]);
  const { numPassedTests, numFailedTests, numPendingTests, testResults } =
    /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number,
     *   testResults: { status: string, assertionResults: unknown[] }[] }} */ (await readJson(report));
  // A file that cannot be loaded has no tests to fail.
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return atLeastOneFailed(status, {
    passed: numPassedTests,
    failed: numFailedTests + broken,
    skipped: numPendingTests,
  });
}

/** @returns {Promise<Counts>} */
async function sizeLimits() {
  await run('size-limit', []);
  const { output } = await run('size-limit', ['--json'], { output: 'keep' });
  const limits = /** @type {{ passed: boolean }[]} */ (JSON.parse(output));
  const passed = limits.filter((limit) => limit.passed).length;
  return { passed, failed: limits.length - passed };
}

/** @returns {Promise<Counts>} */
async function playwright() {
  if ((await installChromium()) === null) return ONE_FAILED;
  if (findFirefox() === null) console.log('No Firefox is installed, so its smoke test is skipped.');
  const report = await freshReport('playwright.json');
  const { status } = await run('playwright', ['test']);
  const { stats } = /** @type {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } }} */ (
    await readJson(report)
  );
  return atLeastOneFailed(status, {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  });
}

/**
 * A suite may fail as a whole while all its tests pass: an error outside of them, a server that did not start.
 *
 * @param {number} status
 * @param {Counts} counts
 * @returns {Counts}
 */
const atLeastOneFailed = (status, counts) =>
  status === 0 ? counts : { ...counts, failed: Math.max(1, counts.failed) };

/**
 * @param {string} name
 * @returns {Promise<string>} the path of a report that does not exist yet, so that an old one is never read
 */
async function freshReport(name) {
  const path = `${ROOT}.cache/${name}`;
  await rm(path, { force: true });
  return path;
}

/**
 * @param {string} path
 * @returns {Promise<unknown>}
 */
const readJson = async (path) => JSON.parse(await readFile(path, 'utf8'));

/** @type {string[]} */
const summary = [];
let passed = 0;
let failed = 0;
for (const [name, suite] of SUITES) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  const counts = await suite().catch((/** @type {unknown} */ error) => {
    // It ended without a report.
    console.error(error);
    return ONE_FAILED;
  });
  passed += counts.passed;
  failed += counts.failed;
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const skipped = 'skipped' in counts && counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  summary.push(`${name}: ${counts.passed} passed, ${counts.failed} failed${skipped} (${seconds} s)`);
}
process.exitCode = failed === 0 ? 0 : 1;
console.log(`\n${summary.join('\n')}\n${passed} passed, ${failed} failed`);
