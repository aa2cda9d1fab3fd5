import { expect, type Browser, type Page } from '@playwright/test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inviteLink } from '../e2e/support/peers';
import { createProject } from './app';
import type { Benchmark } from './benchmark';

/** Fewer by CONCORD_BENCH_RUNS, for a look in between. */
const RUNS = Number(process.env['CONCORD_BENCH_RUNS'] ?? 20);
const NAMES = ['Ben', 'Cleo', 'Dan', 'Eve'];
/** Seconds within which everybody has what everybody did. */
const WITHIN = 15;

/**
 * Four people open a link at the same moment, and each labels an item at once: from their pressing *Start* until all four and the
 * owner have everybody's label.
 */
export const joining: Benchmark = {
  name: 'joining',
  async run({ url, browser }) {
    const folder = await mkdtemp(join(tmpdir(), 'concord-bench-'));
    const csv = join(folder, 'texts.csv');
    const texts = Array.from({ length: 100 }, (_, n) => `This is text number ${n + 1}.`);
    await writeFile(csv, ['text', ...texts].join('\n'));
    const seconds: number[] = [];
    try {
      for (let run = 0; run < RUNS; run++) seconds.push(await joinAtOnce(browser, url, csv));
    } finally {
      await rm(folder, { recursive: true });
    }
    const name = `${NAMES.length} people join at the same moment, ${RUNS} times`;
    const late = seconds.filter((taken) => taken > WITHIN).length;
    return [
      { name: `${name}: runs not in sync within ${WITHIN} s`, value: late, unit: 'runs', reach: 0 },
      { name: `${name}: to in-sync, slowest`, value: Math.max(...seconds), unit: 's', reach: WITHIN },
    ];
  },
};

/** Seconds; twice the time that they have, where it is not done by then. */
async function joinAtOnce(browser: Browser, url: string, csv: string): Promise<number> {
  const contexts = await Promise.all([null, ...NAMES].map(() => browser.newContext()));
  try {
    const [owner, ...guests] = await Promise.all(contexts.map((context) => context.newPage()));
    await createProject(owner!, url, csv, ['good', 'bad']);
    const link = await inviteLink(owner!);
    for (const [n, guest] of guests.entries()) {
      await guest.goto(link);
      await guest.getByLabel('Your name').fill(NAMES[n]!);
    }
    const from = performance.now();
    const everybody = Promise.all([
      hasAllLabels(owner!),
      ...guests.map((guest) => startAndLabel(guest).then(hasAllLabels)),
    ]);
    return await everybody.then(
      () => (performance.now() - from) / 1000,
      () => 2 * WITHIN,
    );
  } finally {
    await Promise.all(contexts.map((context) => context.close()));
  }
}

/** Labels the first item: the next one, where that is taken by somebody else in the same moment. */
async function startAndLabel(page: Page): Promise<Page> {
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('region', { name: /^Item \d/ }).waitFor();
  const undo = page.getByRole('button', { name: 'Undo' });
  while (await undo.isDisabled()) {
    await page.keyboard.press('1');
    await expect(undo)
      .toBeEnabled({ timeout: 1_000 })
      .catch(() => undefined);
  }
  await page.getByRole('link', { name: 'People' }).click();
  return page;
}

/** Waits until the People page shows a label of each. */
async function hasAllLabels(page: Page): Promise<void> {
  const rows = page.getByRole('region', { name: 'Members' }).getByRole('listitem');
  const all = NAMES.map((name) => rows.filter({ hasText: name }).filter({ hasText: /\d labels?\b/ }));
  await Promise.all(all.map((row) => row.waitFor({ timeout: 2 * WITHIN * 1000 })));
}
