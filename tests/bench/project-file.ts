import type { Page } from '@playwright/test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ratedFile } from '../support/rated-project';
import { annotatedProject } from './annotated-project';
import type { Benchmark, Context, Row } from './benchmark';
import { quantile } from './statistics';

const ANNOTATIONS = 100_000;
const RUNS = 3;
const ITEM = '[role="region"][aria-label^="Item "]';

/** A project of 100,000 texts, each annotated by a commit of its own: opened from its file, and saved again without blobs. */
export const projectFile: Benchmark = {
  name: 'project-file',
  async run(context) {
    const folder = await mkdtemp(join(tmpdir(), 'concord-bench-'));
    try {
      const path = join(folder, 'texts.concord');
      const file = await ratedFile(await annotatedProject(ANNOTATIONS, 1));
      await writeFile(path, file);
      return await measure(context, path, file.length);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function measure(context: Context, path: string, size: number): Promise<Row[]> {
  const opened: number[] = [];
  const saved: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const browser = await context.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await browser.newPage();
    opened.push(await open(page, context.url, path));
    saved.push(await save(page));
    await browser.close();
  }
  const name = `Project file of ${ANNOTATIONS.toLocaleString('en')} annotations`;
  return [
    { name: `${name}: size, without blobs`, value: size / 1e6, unit: 'MB', reach: null },
    { name: `${name}: open, to the first item, median`, value: quantile(opened, 0.5) / 1000, unit: 's', reach: 3 },
    { name: `${name}: save, to the download, median`, value: quantile(saved, 0.5) / 1000, unit: 's', reach: 3 },
  ];
}

/** Milliseconds from the file that was chosen to the labeling screen with an item on it. */
async function open(page: Page, url: string, path: string): Promise<number> {
  await page.goto(url);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose files' }).click(),
  ]);
  const from = performance.now();
  await chooser.setFiles(path);
  await page.locator(ITEM).waitFor({ timeout: 600_000 });
  return performance.now() - from;
}

/** Milliseconds from the click to the file in the browser's downloads. */
async function save(page: Page): Promise<number> {
  await page.getByRole('link', { name: 'Settings' }).click();
  const button = page.getByRole('button', { name: 'Save without images' });
  await button.waitFor();
  const from = performance.now();
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: 600_000 }), button.click()]);
  const took = performance.now() - from;
  await download.delete();
  return took;
}
