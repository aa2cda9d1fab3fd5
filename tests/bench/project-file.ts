import type { Page } from '@playwright/test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogEvent } from '#core/log/events';
import { CHUNK_ITEMS, encodeChunk } from '#core/model/chunk';
import { hashOf } from '#core/model/hash';
import { itemId } from '#core/model/item';
import { writeProjectFile } from '#core/project-file/write';
import { writeZip } from '#io/files/zip-writer';
import { extend, foundProject, testAuthor } from '../support/authors';
import { CLASSES, SCHEMA } from '../support/schema';
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
      const file = await annotatedProject();
      await writeFile(path, Buffer.from(await file.arrayBuffer()));
      return await measure(context, path, file.size);
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

async function annotatedProject(): Promise<Blob> {
  const founder = testAuthor(1);
  const texts = Array.from({ length: ANNOTATIONS }, (_, n) => `This is the text with the number ${n + 1}.`);
  const chunks: { hash: string; bytes: Uint8Array }[] = [];
  for (let at = 0; at < ANNOTATIONS; at += CHUNK_ITEMS) {
    const bytes = encodeChunk(
      texts.slice(at, at + CHUNK_ITEMS).map((text, row) => ({
        data: { kind: 'text', text },
        sources: [{ file: 'texts.csv', row: at + row + 1 }],
      })),
    );
    chunks.push({ hash: hashOf(bytes), bytes });
  }
  const added = chunks.map(({ hash }): LogEvent => ({ type: 'items.added', chunk: hash, count: CHUNK_ITEMS }));
  const {
    project,
    head,
    commits: first,
  } = await foundProject(founder, [[{ type: 'schema.changed', schema: SCHEMA }], added]);
  const said = texts.map((text, n): readonly LogEvent[] => [
    {
      ...{ type: 'annotation.submitted', item: itemId({ kind: 'text', text }), schema: 1, from: 'person' },
      ...{ values: { label: [CLASSES[n % CLASSES.length]!] }, leadMs: 1_000 + (n % 977) },
    },
  ]);
  const { commits } = await extend(head, founder, said);
  const all = [...first, ...commits];
  const source = {
    manifest: {
      ...{ project, name: 'Birds', savedAt: 1.7e12, blobs: 'none' as const },
      commits: { [founder.author]: all.length },
    },
    commits: () => once(all),
    async *chunks() {
      for (const chunk of chunks) yield await Promise.resolve(chunk);
    },
    blobs: () => {
      throw new Error('there are none');
    },
  };
  const files = writeProjectFile(source);
  const zip = await writeZip(new AbortController().signal, files, () => undefined, { seal: 'sealed' });
  if (!zip.ok) throw new Error(zip.error.message);
  return zip.value;
}

async function* once<T>(list: readonly T[]): AsyncGenerator<readonly T[]> {
  yield await Promise.resolve(list);
}
