// npm run test:e2e: the browser tests, against an up-to-date build; parameters go to Playwright.
import { buildIfStale } from './build.js';
import { installChromium } from './install-chromium.js';
import { run } from './run.js';

const ready = (await buildIfStale()) && (await installChromium()) !== null;
process.exitCode = ready ? (await run('playwright', ['test', ...process.argv.slice(2)])).status : 1;
