// npm run bench [part of a name]: measures the built app and prints a table; `npm run bench --json` prints one JSON
// array of { name, value, unit, reach } and nothing else on standard output.
import { chromium } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { startServer } from '../../bin/server.js';
import { buildIfStale } from '../../tools/build.js';
import { CHROMIUM_FLAGS } from '../../tools/chromium.js';
import { installChromium } from '../../tools/install-chromium.js';
import { ROOT } from '../../tools/run.js';

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true });
// npm keeps `--json` for itself, says so in the environment, and then leaves out its own banner.
const json = values.json === true || process.env.npm_config_json === 'true';

/** @type {{ module: typeof import('./registry') }} */
const { module } = await runnerImport(fileURLToPath(new URL('registry.ts', import.meta.url)), {
  configFile: false,
  logLevel: 'error',
});
const chosen = module.benchmarks.filter(({ name }) => positionals.every((part) => name.includes(part)));

if (chosen.length === 0) {
  console.error(`concord: no such benchmark; there are ${module.benchmarks.map(({ name }) => name).join(', ')}`);
  process.exitCode = 2;
} else if (await buildIfStale()) {
  const executablePath = await installChromium();
  if (executablePath === null) process.exitCode = 1;
  else await measure(executablePath);
} else {
  process.exitCode = 1;
}

/** @param {string} executablePath */
async function measure(executablePath) {
  const { url, stop } = await startServer({ folder: `${ROOT}build`, port: 0 });
  /** @type {import('./benchmark').Row[]} */
  const rows = [];
  for (const benchmark of chosen) {
    const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
    try {
      const measured = await benchmark.run({ url, browser, executablePath });
      rows.push(...measured);
      if (!json) measured.forEach(print);
    } catch (error) {
      console.error(`concord: the benchmark ${benchmark.name} failed:`, error);
      // After a failure npm would add an object of its own to the array.
      if (process.env.npm_config_json !== 'true') process.exitCode = 1;
    } finally {
      await browser.close();
    }
  }
  stop();
  if (json) console.log(JSON.stringify(rows, null, 2));
}

/** @param {import('./benchmark').Row} row */
function print({ name, value, unit, reach }) {
  const figure = `${value.toFixed(1)} ${unit}`.padStart(12);
  const judged = reach === null ? '' : `   reach ${reach} ${unit}   ${value <= reach ? 'met' : 'MISSED'}`;
  console.log(`${name.padEnd(60)} ${figure}${judged}`);
}
