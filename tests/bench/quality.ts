import type { Page } from '@playwright/test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '#core/random';
import { ratedFile, ratedProject, singleChoice, textRecords, type Rating } from '../support/rated-project';
import type { Benchmark, Context, Row } from './benchmark';
import { quantile } from './statistics';

const ITEMS = 100_000;
const PEOPLE = 5;
const CLASSES = Array.from({ length: 10 }, (_, n) => `class ${n}`);
const RUNS = 5;
const FIGURES = /^Agreement is (good|fair|poor)/;

/** The Quality page of a project of 100,000 texts that five people labelled with one of ten classes each. */
export const quality: Benchmark = {
  name: 'quality',
  async run(context) {
    const folder = await mkdtemp(join(tmpdir(), 'concord-bench-'));
    try {
      const path = join(folder, 'texts.concord');
      const project = await ratedProject({
        people: Array.from({ length: PEOPLE }, (_, n) => ({ name: `Annotator ${n + 1}` })),
        records: textRecords(Array.from({ length: ITEMS }, (_, n) => `This is the text with the number ${n + 1}.`)),
        schema: singleChoice(CLASSES),
        settings: { minAnnotators: PEOPLE },
        ratings: ratings(),
        perCommit: 1_000,
      });
      await writeFile(path, await ratedFile(project));
      return await measure(context, path);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

/** Each person is right four times in five. */
function* ratings(): Generator<Rating> {
  const random = new Random(1);
  for (let item = 0; item < ITEMS; item++) {
    const truth = random.whole(0, CLASSES.length - 1);
    for (let by = 0; by < PEOPLE; by++) {
      const said = random.chance(0.8) ? truth : random.whole(0, CLASSES.length - 1);
      yield { by, item, values: { label: [CLASSES[said]!] }, leadMs: random.whole(500, 5_000) };
    }
  }
}

async function measure({ browser, url }: Context, path: string): Promise<Row[]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(url);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: /^(Open a file|Choose files)$/ }).click(),
  ]);
  await chooser.setFiles(path);
  await page.waitForURL(/\/label/, { timeout: 600_000 });
  const first = await open(page, FIGURES);
  const whole = await untilWhole(page);
  const again: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    await goTo(page, 'Activity');
    await page.getByRole('heading', { level: 1, name: 'Activity' }).waitFor();
    again.push(await open(page, FIGURES));
  }
  await context.close();
  const name = `Quality page of ${ITEMS.toLocaleString('en')} items with ${PEOPLE} answers each`;
  return [
    { name: `${name}: opened with its figures, median`, value: quantile(again, 0.5), unit: 'ms', reach: 300 },
    { name: `${name}: first figures after the project was opened`, value: first / 1000, unit: 's', reach: null },
    { name: `${name}: all intervals after that`, value: whole / 1000, unit: 's', reach: 15 },
  ];
}

/** Milliseconds from the link to the frame in which the heading says this. */
async function open(page: Page, words: RegExp): Promise<number> {
  const from = performance.now();
  await goTo(page, 'Quality');
  await page.getByText(words).first().waitFor({ timeout: 120_000 });
  return performance.now() - from;
}

/** Milliseconds until no interval is missing any more. */
async function untilWhole(page: Page): Promise<number> {
  const from = performance.now();
  await page.getByText('Intervals are being computed').waitFor({ state: 'hidden', timeout: 120_000 });
  return performance.now() - from;
}

/** By its link: another address would load the app anew. */
const goTo = (page: Page, name: string): Promise<void> => page.getByRole('link', { name, exact: true }).click();
