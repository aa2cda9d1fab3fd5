import type { Page } from '@playwright/test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { zipSync } from 'fflate';
import type { Benchmark, Context, Row } from './benchmark';
import { quantile } from './statistics';

const IMAGES = 20_000;
const BOXES_PER_IMAGE = 5;
const RUNS = 5;
const CLASSES = ['person', 'car', 'dog', 'bicycle', 'sign'];

/** 100,000 boxes on 20,000 images: imported as COCO by the page, and exported from it again, annotations only. */
export const exportCoco: Benchmark = {
  name: 'export-coco',
  async run(context) {
    const folder = await mkdtemp(join(tmpdir(), 'concord-bench-'));
    try {
      const zip = join(folder, 'boxes.zip');
      await writeFile(zip, zipSync(dataset(), { level: 0 }));
      return await measure(context, zip);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function measure({ browser, url }: Context, zip: string): Promise<Row[]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const imported = await importDataset(page, url, zip);
  await page.getByRole('navigation').getByRole('link', { name: 'Export' }).click();
  await page.getByRole('radio', { name: /^COCO/ }).check();
  await page.getByLabel('Include the image files').uncheck();
  const durations: number[] = [];
  const stalls: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const { duration, stall } = await exportOnce(page);
    durations.push(duration);
    stalls.push(stall);
  }
  await context.close();
  const name = '100,000 boxes on 20,000 images as COCO';
  return [
    { name: `${name}: import, images decoded, durable`, value: imported / 1000, unit: 's', reach: null },
    { name: `${name}: export, median`, value: quantile(durations, 0.5) / 1000, unit: 's', reach: 4 },
    { name: `${name}: longest page stall, median`, value: quantile(stalls, 0.5), unit: 'ms', reach: 50 },
  ];
}

/** Milliseconds from *Start labeling* to the labeling screen. */
async function importDataset(page: Page, url: string, zip: string): Promise<number> {
  await page.goto(`${url}#/new`);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose files' }).click(),
  ]);
  await chooser.setFiles(zip);
  await page.getByRole('radio', { name: 'Final labels' }).check();
  const from = performance.now();
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await page.waitForURL(/\/label/, { timeout: 1_200_000 });
  return performance.now() - from;
}

/** From the click to the frame that shows the result; the stall is the longest time between two frames meanwhile. */
async function exportOnce(page: Page): Promise<{ duration: number; stall: number }> {
  const button = page.getByRole('button', { name: /^Export 20,000 items/ });
  await button.waitFor();
  const [download, measured] = await Promise.all([
    page.waitForEvent('download', { timeout: 120_000 }),
    button.evaluate(async (element) => {
      const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      await frame();
      const started = await frame();
      (element as HTMLButtonElement).click();
      let last = started;
      let stall = 0;
      let isRunning = false;
      for (;;) {
        const now = await frame();
        stall = Math.max(stall, now - last);
        last = now;
        const isShown = document.querySelector('[role="progressbar"][aria-label="Exporting"]') !== null;
        if (isRunning && !isShown) return { duration: now - started, stall };
        isRunning ||= isShown;
      }
    }),
  ]);
  await download.delete();
  return measured;
}

/** The images in one folder, and their boxes: whole numbers and fractions as annotation tools write them. */
function dataset(): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = {};
  const images: object[] = [];
  const annotations: object[] = [];
  for (let n = 1; n <= IMAGES; n++) {
    const file = `${String(n).padStart(6, '0')}.png`;
    files[`images/${file}`] = smallPng(n);
    images.push({ id: n, file_name: file, width: 640, height: 480 });
    for (let k = 0; k < BOXES_PER_IMAGE; k++) {
      const seed = n * BOXES_PER_IMAGE + k;
      const [width, height] = [20 + (seed % 97) + 0.25, 15 + (seed % 61) + 0.5];
      const bbox = [(seed * 37) % 500, (seed * 53) % 380, width, height];
      const category = 1 + (seed % CLASSES.length);
      annotations.push({ id: seed, image_id: n, category_id: category, bbox, area: width * height, iscrowd: 0 });
    }
  }
  const categories = CLASSES.map((name, at) => ({ id: at + 1, name }));
  files['annotations/instances_default.json'] = Buffer.from(JSON.stringify({ images, annotations, categories }));
  return files;
}

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

/** 640 x 480 pixels of one bit each, all black. */
const HEADER = chunk('IHDR', Buffer.from([0, 0, 2, 128, 0, 0, 1, 224, 1, 0, 0, 0, 0]));
const PIXELS = chunk('IDAT', deflateSync(Buffer.alloc(480 * (1 + 640 / 8))));
const END = chunk('IEND', Buffer.alloc(0));
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A PNG file of some hundred bytes; a comment makes each another file. */
const smallPng = (n: number): Uint8Array =>
  Buffer.concat([SIGNATURE, HEADER, chunk('tEXt', Buffer.from(`Comment\0image ${n}`)), PIXELS, END]);
