import { findChromium } from './chromium.js';
import { run } from './run.js';

const DOWNLOAD_LIMIT_MS = 60_000;
const PACKAGE_LIMIT_MS = 600_000;

/**
 * Makes sure that a Chromium that starts is here: by Playwright's download, or, where that is out of reach, by apt-get.
 *
 * @returns {Promise<string | null>} its path; null, with an explanation on standard error, when none can be had
 */
export async function installChromium() {
  const present = await startable();
  if (present !== null) return present;
  for (const install of [byPlaywright, byAptGet]) {
    await install();
    const installed = await startable();
    if (installed !== null) return installed;
  }
  console.error(
    'concord: there is no Chromium here, and none could be installed. Install Chromium or Google Chrome, ' +
      'or set CHROMIUM to the path of one.',
  );
  return null;
}

/** A file alone is not enough: Playwright's Chromium lacks system libraries on a bare machine. */
async function startable() {
  const path = findChromium();
  if (path === null) return null;
  const { status } = await run(path, ['--version'], { output: 'keep', limitMs: 30_000 });
  return status === 0 ? path : null;
}

async function byPlaywright() {
  console.error('Chromium is missing: downloading it with Playwright');
  const { status, output } = await run('playwright', ['install', 'chromium'], {
    output: 'keep',
    limitMs: DOWNLOAD_LIMIT_MS,
  });
  if (status !== 0) console.error(`The download failed: ${/^Error: (.*)$/m.exec(output)?.[1] ?? `status ${status}`}`);
}

async function byAptGet() {
  console.error('Installing it with apt-get');
  const superuser = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  for (const parameters of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const [program = 'apt-get', ...rest] = [...superuser, 'apt-get', '-q', ...parameters];
    const { status, output } = await run(program, rest, { output: 'keep', limitMs: PACKAGE_LIMIT_MS, env });
    if (status !== 0) {
      console.error(`apt-get ${parameters.join(' ')} failed: ${output.trim().split('\n').at(-1) ?? ''}`);
      return;
    }
  }
}
