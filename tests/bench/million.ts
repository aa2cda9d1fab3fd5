import type { BrowserContext, Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM_FLAGS } from '../../tools/chromium.js';
import { createProject, firstItemShown, installStopwatch, keyToSettled, watchFirstItem } from './app';
import type { Benchmark, Row } from './benchmark';
import { RARE, writeAddresses, writeTexts } from './million-texts';
import { browserMemory } from './processes';
import { quantile } from './statistics';
import { listed, watchList } from './item-list';

/** Fewer by CONCORD_BENCH_TEXTS, for a look in between. */
const TEXTS = Number(process.env['CONCORD_BENCH_TEXTS'] ?? 1_000_000);
const ADDRESSES = TEXTS / 10;
const KEYS = 200;
const REOPENINGS = 3;
/** Nothing here takes as long; what does has failed. */
const PATIENCE = 900_000;

/**
 * A project of 1,000,000 texts and one of 100,000 addresses of images, in a browser that keeps its data on the disk as people's do: a
 * fresh context of Playwright's keeps it in memory.
 */
export const million: Benchmark = {
  name: 'million',
  async run({ url, executablePath }) {
    const folder = await mkdtemp(join(tmpdir(), 'concord-million-'));
    const profile = join(folder, 'profile');
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      args: CHROMIUM_FLAGS,
      viewport: { width: 1280, height: 800 },
    });
    try {
      const csv = join(folder, 'texts.csv');
      await writeTexts(csv, TEXTS);
      const rows = await measureTexts(context, url, csv, () => browserMemory(profile));
      const addresses = join(folder, 'addresses.csv');
      await writeAddresses(addresses, ADDRESSES);
      return [...rows, ...(await measureAddresses(context, url, addresses))];
    } finally {
      await context.close();
      await rm(folder, { recursive: true });
    }
  },
};

async function measureTexts(
  context: BrowserContext,
  url: string,
  csv: string,
  memory: () => Promise<number>,
): Promise<Row[]> {
  const name = `${TEXTS.toLocaleString('en')} texts`;
  const rows: Row[] = [];
  const tell = (what: string, value: number, unit: string, reach: number | null) => {
    rows.push({ name: `${name}: ${what}`, value, unit, reach });
    console.error(`  ${what}: ${value.toFixed(1)} ${unit}`);
  };
  const page = await newPage(context);
  tell('import, durable', (await createProject(page, url, csv, ['good', 'bad', 'neither'])) / 1000, 's', 60);
  tell('memory of all processes after it', await memory(), 'MB', 2_500);
  const keys = await pressKeys(page);
  tell('key to next item settled, median', quantile(keys, 0.5), 'ms', 25);
  tell('key to next item settled, p95', quantile(keys, 0.95), 'ms', 25);
  const address = page.url();
  await page.close();
  tell('reopened to first item, median', (await reopen(context, address)) / 1000, 's', 2);

  const list = await newPage(context);
  await list.goto(address);
  await list.getByRole('link', { name: 'Items', exact: true }).click();
  await watchList(list);
  tell('filter, slowest', Math.max(...(await filters(list))), 'ms', 200);
  const search = list.getByLabel('Text, name or metadata contains');
  const searchFor = (text: string) => listed(list, () => search.fill(text), 'input');
  tell('full-text search, first', (await searchFor(RARE)) / 1000, 's', 2);
  tell('full-text search, a part of nearly every text', (await searchFor('en')) / 1000, 's', 2);
  tell('full-text search, longer and longer', (await searchFor('ende')) / 1000, 's', 2);
  tell('full-text search, not ASCII', (await searchFor('ÜBERWEISUNG')) / 1000, 's', 2);
  await searchFor('');
  for (const column of ['Label', 'Changed', 'Status', 'Item']) {
    const header = list.getByRole('columnheader').getByRole('button', { name: column });
    tell(`sorted by ${column}, first screen`, await listed(list, () => header.click(), 'click'), 'ms', 1_000);
  }
  tell('the last row by the key End', await toTheEnd(list), 'ms', 200);
  tell('memory of all processes after it', await memory(), 'MB', 2_500);

  const [labelled, undone] = await labelAll(list);
  tell('all labelled at once', labelled / 1000, 's', null);
  tell('and that undone', undone / 1000, 's', null);
  tell('memory of all processes after it', await memory(), 'MB', 2_500);
  tell('export of all as CSV', (await exportCsv(list)) / 1000, 's', null);
  tell('memory of all processes after it', await memory(), 'MB', 2_500);
  await list.close();
  tell(
    `reopened with ${(2 * TEXTS).toLocaleString('en')} annotations and withdrawals`,
    (await reopen(context, address)) / 1000,
    's',
    2,
  );
  return rows;
}

async function measureAddresses(context: BrowserContext, url: string, csv: string): Promise<Row[]> {
  const name = `${ADDRESSES.toLocaleString('en')} image addresses`;
  const page = await newPage(context);
  const imported = await createProject(page, url, csv, ['good', 'bad', 'neither']);
  const address = page.url();
  await page.getByRole('link', { name: 'Items', exact: true }).click();
  await watchList(page);
  const search = page.getByLabel('Text, name or metadata contains');
  const searched = await listed(page, () => search.fill('/77.jpg'), 'input');
  await page.close();
  const reopened = await reopen(context, address);
  return [
    { name: `${name}: import, durable`, value: imported / 1000, unit: 's', reach: 6 },
    { name: `${name}: full-text search, first`, value: searched / 1000, unit: 's', reach: 2 },
    { name: `${name}: reopened to first item, median`, value: reopened / 1000, unit: 's', reach: 1 },
  ];
}

async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await installStopwatch(page);
  await watchFirstItem(page);
  return page;
}

/** Milliseconds of each; the first ones also pay for what is compiled on first use, and are left out. */
async function pressKeys(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let i = -20; i < KEYS; i++) {
    const time = await keyToSettled(page, String((i + 21) % 3 || 3));
    if (i >= 0) times.push(time);
  }
  return times;
}

async function reopen(context: BrowserContext, address: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < REOPENINGS; i++) {
    const page = await newPage(context);
    await page.goto(address);
    times.push(await firstItemShown(page));
    await page.close();
  }
  return quantile(times, 0.5);
}

/** Milliseconds that each of some filters takes, from the click to the frame that shows its result. */
async function filters(page: Page): Promise<number[]> {
  const times: number[] = [];
  await page.getByRole('button', { name: 'any status' }).click();
  for (const [status, on] of [
    ['Completed', true],
    ['To do', true],
    ['Completed', false],
    ['To do', false],
  ] as const) {
    const box = page.getByRole('dialog', { name: 'Status' }).getByLabel(status);
    times.push(await listed(page, () => box.setChecked(on), 'click'));
  }
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'any class' }).click();
  const bad = page.getByRole('dialog', { name: 'Class' }).getByRole('button', { name: 'bad' });
  times.push(await listed(page, () => bad.click(), 'click'));
  const all = page.getByRole('button', { name: 'Show all' });
  times.push(await listed(page, () => all.click(), 'click'));
  return times;
}

async function toTheEnd(page: Page): Promise<number> {
  await page.getByRole('grid').focus();
  const took = await listed(page, () => page.keyboard.press('End'), 'keydown');
  await page.locator(`[role=row][aria-rowindex="${TEXTS + 1}"]`).waitFor();
  return took;
}

async function labelAll(page: Page): Promise<[labelled: number, undone: number]> {
  await page.getByRole('grid').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('l');
  await page.getByRole('dialog').getByRole('button', { name: 'good' }).click();
  const label = page.getByRole('button', { name: /^Label [\d,]+ items/ });
  const from = performance.now();
  await label.click();
  await page.getByText(/items labelled/).waitFor();
  const labelled = performance.now();
  await page.keyboard.press('ControlOrMeta+z');
  await page.getByText(/^Undone: label/).waitFor();
  return [labelled - from, performance.now() - labelled];
}

async function exportCsv(page: Page): Promise<number> {
  await page.getByRole('link', { name: 'Export', exact: true }).click();
  await page.getByRole('radio', { name: /^CSV/ }).check();
  await page.getByRole('radio', { name: 'All', exact: true }).check();
  const button = page.getByRole('button', { name: /^Export [\d,]+ items/ });
  await button.waitFor();
  const from = performance.now();
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const took = performance.now() - from;
  await download.delete();
  return took;
}
