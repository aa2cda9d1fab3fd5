import { chromium, type Page } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM_FLAGS } from '../../tools/chromium.js';
import { pngOf } from '../e2e/support/png';
import { inviteLink, joinBy } from '../e2e/support/peers';
import { createProject } from './app';
import type { Benchmark, Context, Row } from './benchmark';

/** Bytes of all images together; fewer by CONCORD_BENCH_BLOB_MB, for a look in between. */
const TOTAL = Number(process.env['CONCORD_BENCH_BLOB_MB'] ?? 100) * 1e6;
/** Width and height of square images whose pixels are noise: three bytes each, which nothing compresses. */
const SIDES = [258, 1155];
const RATE = 15;
const PATIENCE = 300_000;

/** Images from one Chromium process to another on this machine: checked and stored as they come. */
export const blobs: Benchmark = {
  name: 'blobs',
  async run(context) {
    const rows: Row[] = [];
    for (const side of SIDES) rows.push(...(await measure(context, side)));
    return rows;
  },
};

async function measure({ url, browser, executablePath }: Context, side: number): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-bench-'));
  const guest = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  const owner = await browser.newContext();
  try {
    const size = 3 * side * side;
    const files: string[] = [];
    for (let n = 0; n * size < TOTAL; n++) {
      const file = join(folder, `noise-${String(n).padStart(4, '0')}.png`);
      await writeFile(file, pngOf(side, side, randomBytes(size)));
      files.push(file);
    }
    const page = await owner.newPage();
    await createProject(page, url, files, ['good', 'bad']);
    const link = await inviteLink(page);
    const other = await (await guest.newContext()).newPage();
    const from = performance.now();
    await joinBy(other, link, 'Ben');
    const { bytes, seconds } = await allFetched(other, files.length);
    const took = (performance.now() - from) / 1000;
    const name = `${files.length} images of ${(size / 1e6).toFixed(1)} MB to another browser`;
    return [
      { name: `${name}: from joining to all here`, value: took, unit: 's', reach: null },
      { name: `${name}: rate`, value: bytes / 1e6 / seconds, unit: 'MB/s', reach: null },
      { name: `${name}: time per ${RATE} MB`, value: (RATE * 1e6 * seconds * 1000) / bytes, unit: 'ms', reach: 1000 },
    ];
  } finally {
    await owner.close();
    await guest.close();
    await rm(folder, { recursive: true });
  }
}

/** When so many images have come and are stored: how long that took after the first, seconds, and the bytes of the others. */
async function allFetched(page: Page, count: number): Promise<{ readonly bytes: number; readonly seconds: number }> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const rows = await page.evaluate(fetched);
    if (rows.length >= count) {
      const times = rows.map(({ usedAt }) => usedAt);
      const first = rows.find(({ usedAt }) => usedAt === Math.min(...times))!;
      const bytes = rows.reduce((sum, { size }) => sum + size, 0) - first.size;
      return { bytes, seconds: (Math.max(...times) - first.usedAt) / 1000 };
    }
    if (performance.now() > end) throw new Error(`${rows.length} of ${count} images came`);
    await page.waitForTimeout(200);
  }
}

/** What the only project in this browser has from others: bytes, and when each was stored. */
async function fetched(): Promise<{ size: number; usedAt: number }[]> {
  const project = (await indexedDB.databases()).find(({ name }) => name?.startsWith('concord-'));
  if (!project?.name) return [];
  const settled = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error!);
    });
  const database = await settled(indexedDB.open(project.name));
  const rows = await settled(database.transaction('fetched').objectStore('fetched').getAll());
  database.close();
  return rows as { size: number; usedAt: number }[];
}
