import { chromium, type Page } from '@playwright/test';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM_FLAGS } from '../../tools/chromium.js';
import { createProject } from './app';
import type { Benchmark } from './benchmark';

/** Fewer by CONCORD_BENCH_LABELS, for a look in between. */
const LABELS = Number(process.env['CONCORD_BENCH_LABELS'] ?? 4_000);
/** Longer than the quiet time after which single commits are stored together. */
const QUIET_MS = 6_000;

/**
 * What labels that were given one by one take on the disk: what the folder of the browser's databases has grown by, checkpoint
 * included, a while after the last of them.
 */
export const bytesAtRest: Benchmark = {
  name: 'bytes-at-rest',
  async run({ url, executablePath }) {
    const folder = await mkdtemp(join(tmpdir(), 'concord-bench-'));
    const profile = join(folder, 'profile');
    const databases = join(profile, 'Default', 'IndexedDB');
    const open = () => chromium.launchPersistentContext(profile, { executablePath, args: CHROMIUM_FLAGS });
    try {
      const csv = join(folder, 'texts.csv');
      const texts = Array.from({ length: LABELS + 1 }, (_, n) => `This is text number ${n + 1}.`);
      await writeFile(csv, ['text', ...texts].join('\n'));
      let context = await open();
      let page = context.pages()[0] ?? (await context.newPage());
      await createProject(page, url, csv, ['good', 'bad']);
      const address = page.url();
      await context.close();
      const before = await size(databases);

      context = await open();
      page = context.pages()[0] ?? (await context.newPage());
      await page.goto(address);
      await page.locator('[role="region"][aria-label^="Item "]').waitFor();
      await labelAll(page);
      await page.waitForTimeout(QUIET_MS);
      await context.close();
      const grown = (await size(databases)) - before;
      return [{ name: 'Bytes at rest per annotation committed singly', value: grown / LABELS, unit: 'B', reach: 300 }];
    } finally {
      await rm(folder, { recursive: true, maxRetries: 10, retryDelay: 300 });
    }
  },
};

/** Presses a key for each item as soon as the next is on the screen. */
async function labelAll(page: Page): Promise<void> {
  const counted = (done: number) =>
    page.waitForFunction(
      (least) =>
        Number((document.querySelector('.figures')?.textContent ?? '').split('/')[0]!.replace(/\D/g, '')) >= least,
      done,
      { timeout: 600_000 },
    );
  for (let n = 0; n < LABELS; n++) {
    await page.keyboard.press(n % 2 ? '1' : '2');
    // Nobody is so fast that nothing is stored meanwhile; a burst would come in fewer transactions.
    if (n % 20 === 19) await counted(n);
  }
  await counted(LABELS);
}

/** Bytes of all files in a folder. */
async function size(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    files.filter((file) => file.isFile()).map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}
