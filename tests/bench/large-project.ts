import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createProject,
  firstItemShown,
  installStopwatch,
  keyPaints,
  keyToSettled,
  observeKeys,
  watchFirstItem,
} from './app';
import type { Benchmark, Context, Row } from './benchmark';
import { quantile } from './statistics';

const TEXTS = 100_000;
const KEYS = 200;
const REOPENINGS = 5;

/** A project of 100,000 texts: its import, the keys of somebody who labels in it, and its reopening. */
export const largeProject: Benchmark = {
  name: 'large-project',
  async run(context) {
    const folder = await mkdtemp(join(tmpdir(), 'concord-bench-'));
    try {
      const csv = join(folder, 'texts.csv');
      await writeFile(csv, texts());
      return await measure(context, csv);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function measure({ browser, url }: Context, csv: string): Promise<Row[]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await installStopwatch(page);
  const imported = await createProject(page, url, csv, ['good', 'bad', 'neither']);
  // The first keys also pay for what is compiled on first use.
  for (let i = 0; i < 20; i++) await keyToSettled(page, '1');
  const times: number[] = [];
  await observeKeys(page);
  for (let i = 0; i < KEYS; i++) times.push(await keyToSettled(page, String((i % 3) + 1)));

  const paints = await keyPaints(page, KEYS);

  const address = page.url();
  await page.close();
  const openings: number[] = [];
  for (let i = 0; i < REOPENINGS; i++) {
    const again = await context.newPage();
    await watchFirstItem(again);
    await again.goto(address);
    openings.push(await firstItemShown(again));
    await again.close();
  }
  await context.close();
  const name = 'project of 100,000 texts';
  return [
    { name: `${name}: import of the CSV, durable`, value: imported / 1000, unit: 's', reach: 5 },
    { name: `${name}: key to next item settled, median`, value: quantile(times, 0.5), unit: 'ms', reach: 25 },
    { name: `${name}: key to next item settled, p95`, value: quantile(times, 0.95), unit: 'ms', reach: 25 },
    { name: `${name}: key to next paint (Event Timing), p95`, value: quantile(paints, 0.95), unit: 'ms', reach: 25 },
    { name: `${name}: reopened to first item, median`, value: quantile(openings, 0.5) / 1000, unit: 's', reach: 1 },
  ];
}

/** Sentences of 40 to 120 characters, each once. */
function texts(): string {
  const words =
    'card payment transfer still waiting please help account balance fee when how why cash machine exchange rate top up failed pending arrived today'.split(
      ' ',
    );
  const rows = ['id,text'];
  for (let i = 0; i < TEXTS; i++) {
    const length = 8 + (i % 13);
    const sentence = Array.from({ length }, (_, at) => words[(i * 7 + at * (3 + (i % 5))) % words.length]);
    rows.push(`${i},"${sentence.join(' ')}, case ${i}?"`);
  }
  return rows.join('\n');
}
