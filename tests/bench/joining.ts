import type { Page } from '@playwright/test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inviteLink } from '../e2e/support/peers';
import { createProject } from './app';
import type { Benchmark } from './benchmark';

const RUNS = 20;
const PEERS = 4;
/** Seconds within which everybody has what everybody did. */
const WITHIN = 15;
const TEXTS = 2 * RUNS * PEERS;

/**
 * Four people open a link at the same moment and each labels an item at once: from their pressing *Start* until all four and the
 * owner show every label.
 */
export const joining: Benchmark = {
  name: 'joining',
  async run({ url, browser }) {
    const folder = await mkdtemp(join(tmpdir(), 'concord-bench-'));
    const csv = join(folder, 'texts.csv');
    await writeFile(
      csv,
      ['text', ...Array.from({ length: TEXTS }, (_, n) => `This is text number ${n + 1}.`)].join('\n'),
    );
    const owner = await (await browser.newContext()).newPage();
    await createProject(owner, url, csv, ['good', 'bad']);
    const link = await inviteLink(owner);
    const seconds: number[] = [];
    try {
      for (let run = 0; run < RUNS; run++) {
        const guests = await Promise.all(Array.from({ length: PEERS }, () => browser.newContext()));
        const pages = await Promise.all(
          guests.map((guest, n) => atTheDoor(guest.newPage(), link, `${run + 1}.${n + 1}`)),
        );
        const done = `${(run + 1) * PEERS} / ${TEXTS}`;
        const from = performance.now();
        const arrivals = pages.map(async (page) => {
          await page.getByRole('button', { name: 'Start' }).click();
          await page.getByRole('region', { name: /^Item \d/ }).waitFor();
          await page.keyboard.press('1');
          await shows(page, done);
        });
        // Who does not make it counts as the whole time.
        await Promise.all([...arrivals, shows(owner, done)]).catch(() => undefined);
        seconds.push((performance.now() - from) / 1000);
        await Promise.all(guests.map((guest) => guest.close()));
      }
    } finally {
      await owner.context().close();
      await rm(folder, { recursive: true });
    }
    const name = `${PEERS} people join at the same moment, ${RUNS} times`;
    const late = seconds.filter((taken) => taken > WITHIN).length;
    return [
      { name: `${name}: runs not in sync within ${WITHIN} s`, value: late, unit: 'runs', reach: 0 },
      { name: `${name}: to in-sync, slowest`, value: Math.max(...seconds), unit: 's', reach: WITHIN },
    ];
  },
};

async function atTheDoor(opened: Promise<Page>, link: string, name: string): Promise<Page> {
  const page = await opened;
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  return page;
}

const shows = (page: Page, figures: string): Promise<unknown> =>
  page.waitForFunction((expected) => document.querySelector('.figures')?.textContent.startsWith(expected), figures, {
    timeout: 2 * WITHIN * 1000,
  });
