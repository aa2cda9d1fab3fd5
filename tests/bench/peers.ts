import { chromium, type Browser, type Page } from '@playwright/test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM_FLAGS } from '../../tools/chromium.js';
import { inviteLink, joinBy } from '../e2e/support/peers';
import { ratedFile } from '../support/rated-project';
import { annotatedProject } from './annotated-project';
import { createProject } from './app';
import type { Benchmark, Context, Row } from './benchmark';
import { quantile } from './statistics';

/** Fewer by CONCORD_BENCH_ANNOTATIONS, for a look in between. */
const ANNOTATIONS = Number(process.env['CONCORD_BENCH_ANNOTATIONS'] ?? 100_000);
const AUTHORS = 5;
const RUNS = 3;
const LABELS = 60;
const PATIENCE = 300_000;

/** Two people in two Chromium processes: one joins a project that is full of work, and one sees what the other does. */
export const peers: Benchmark = {
  name: 'peers',
  async run(context) {
    const folder = await mkdtemp(join(tmpdir(), 'concord-bench-'));
    try {
      const project = await annotatedProject(ANNOTATIONS, AUTHORS);
      const path = join(folder, 'texts.concord');
      await writeFile(path, await ratedFile(project));
      return [...(await measureJoining(context, path, project.recoveryCode)), ...(await measureSeeing(context))];
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function measureJoining(context: Context, path: string, recoveryCode: string): Promise<Row[]> {
  const owner = await newPage(context.browser);
  await openAsOwner(owner, context.url, path, recoveryCode);
  const times: number[] = [];
  const stalls: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const link = await inviteLink(owner);
    await withOther(context, async (guest) => {
      await guest.goto(link);
      await guest.getByLabel('Your name').fill(`Guest ${run}`);
      await watchStalls(guest);
      const from = performance.now();
      await guest.getByRole('button', { name: 'Start' }).click();
      await guest.waitForFunction(isShown, figures(ANNOTATIONS, ANNOTATIONS), { timeout: PATIENCE });
      times.push((performance.now() - from) / 1000);
      stalls.push(await longestStall(guest));
    });
  }
  await owner.context().close();
  const name = `Join a project of ${ANNOTATIONS.toLocaleString('en')} annotations by ${AUTHORS}`;
  return [
    { name: `${name}: to in-sync, median`, value: quantile(times, 0.5), unit: 's', reach: 5 },
    { name: `${name}: longest stall of the page, worst`, value: Math.max(...stalls), unit: 'ms', reach: 100 },
  ];
}

async function measureSeeing(context: Context): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-bench-'));
  const csv = join(folder, 'texts.csv');
  const texts = Array.from({ length: 2 * LABELS }, (_, n) => `This is text number ${n + 1}.`);
  await writeFile(csv, ['text', ...texts].join('\n'));
  const one = await newPage(context.browser);
  await createProject(one, context.url, csv, ['good', 'bad']);
  const link = await inviteLink(one);
  await one.getByRole('link', { name: 'Label', exact: true }).click();
  await one.locator(ITEM).waitFor();
  const latencies: number[] = [];
  await withOther(context, async (other) => {
    await joinBy(other, link, 'Ben');
    await other.waitForFunction(isShown, figures(0, 2 * LABELS), { timeout: PATIENCE });
    await one.evaluate(() => {
      const pressed: number[] = [];
      addEventListener('keydown', () => pressed.push(Date.now()), { capture: true });
      Object.assign(window, { pressed });
    });
    await watchFigures(other);
    for (let n = 1; n <= LABELS; n++) {
      await one.keyboard.press('1');
      await other.waitForFunction(isShown, figures(n, 2 * LABELS), { timeout: PATIENCE });
    }
    const pressed = await one.evaluate(() => (window as unknown as { pressed: number[] }).pressed);
    const shown = await other.evaluate(() => (window as unknown as { shown: Record<string, number> }).shown);
    latencies.push(...pressed.map((at, n) => shown[figures(n + 1, 2 * LABELS)]! - at));
  });
  await one.context().close();
  await rm(folder, { recursive: true });
  return [
    { name: 'An annotation here to shown there, median', value: quantile(latencies, 0.5), unit: 'ms', reach: 150 },
    { name: 'An annotation here to shown there, p95', value: quantile(latencies, 0.95), unit: 'ms', reach: 400 },
  ];
}

/** Opens the file as somebody who keeps its recovery code. */
async function openAsOwner(page: Page, url: string, path: string, recoveryCode: string): Promise<void> {
  await page.goto(url);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose files' }).click(),
  ]);
  await chooser.setFiles(path);
  await page.waitForURL(/#\/p\//, { timeout: PATIENCE });
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Recovery code').fill(recoveryCode);
  await page.getByRole('button', { name: 'Become an owner' }).click();
  await page.getByRole('heading', { name: 'Classes' }).waitFor();
}

/** Works in another Chromium: what two contexts of one share would flatter the figures. */
async function withOther({ executablePath }: Context, work: (page: Page) => Promise<void>): Promise<void> {
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  try {
    await work(await newPage(browser));
  } finally {
    await browser.close();
  }
}

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  return context.newPage();
}

const ITEM = '[role="region"][aria-label^="Item "]';

/** How the state line tells how many of how many items are done. */
const figures = (done: number, of: number): string => `${done.toLocaleString('en')} / ${of.toLocaleString('en')}`;

const isShown = (wanted: string): boolean => document.querySelector('.figures')?.textContent === wanted;

/** Notes when the state line says each thing for the first time, milliseconds since the epoch: of one clock on one machine. */
async function watchFigures(page: Page): Promise<void> {
  await page.evaluate(() => {
    const shown: Record<string, number> = {};
    new MutationObserver(() => {
      const text = document.querySelector('.figures')?.textContent ?? '';
      shown[text] ??= Date.now();
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    Object.assign(window, { shown });
  });
}

/** Notes from now on the longest time between two frames of the page. */
async function watchStalls(page: Page): Promise<void> {
  await page.evaluate(() => {
    const stalls = { longest: 0 };
    let last = performance.now();
    const frame = (now: number) => {
      stalls.longest = Math.max(stalls.longest, now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    Object.assign(window, { stalls });
  });
}

/** Milliseconds. */
const longestStall = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { stalls: { longest: number } }).stalls.longest);
