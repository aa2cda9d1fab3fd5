import type { Browser } from '@playwright/test';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProject, installStopwatch, keyPaints, keyToSettled, observeKeys, rendererMemory } from './app';
import type { Benchmark } from './benchmark';
import { quantile } from './statistics';

const PHOTOS = 1_000;

/** A project of 1,000 photos of 1600 x 1200: going through all of them one after the other. */
export const photos: Benchmark = {
  name: 'photos',
  async run({ browser, url }) {
    const folder = await mkdtemp(join(tmpdir(), 'concord-bench-'));
    try {
      const files = await makePhotos(browser, url, folder);
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const page = await context.newPage();
      await installStopwatch(page);
      await createProject(page, url, files, ['good', 'bad', 'neither']);
      const times: number[] = [];
      await observeKeys(page);
      for (let i = 0; i < PHOTOS - 1; i++) times.push(await keyToSettled(page, 'j'));
      const paints = await keyPaints(page, PHOTOS - 1);
      const memory = await rendererMemory(page);
      await context.close();
      const name = 'next of 1,000 photos';
      return [
        { name: `${name} settled, median`, value: quantile(times, 0.5), unit: 'ms', reach: 20 },
        { name: `${name} settled, p95`, value: quantile(times, 0.95), unit: 'ms', reach: 33 },
        { name: `${name} to next paint (Event Timing), p95`, value: quantile(paints, 0.95), unit: 'ms', reach: 33 },
        { name: `${name}: renderer memory after all were seen`, value: memory, unit: 'MB', reach: 300 },
      ];
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

/** Draws photographs of a kind: soft gradients, many edges and sensor noise, so that they decode as slowly as real ones. */
async function makePhotos(browser: Browser, url: string, folder: string): Promise<string[]> {
  const page = await browser.newPage();
  await page.goto(url);
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  for (let n = 0; n < PHOTOS; n++) {
    const base64 = await page.evaluate(drawPhoto, n);
    const file = join(folder, `photo-${String(n).padStart(4, '0')}.jpg`);
    await writeFile(file, Buffer.from(base64, 'base64'));
    files.push(file);
  }
  await page.close();
  return files;
}

async function drawPhoto(n: number): Promise<string> {
  const canvas = new OffscreenCanvas(1600, 1200);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  let state = n * 2654435761 + 1;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const sky = context.createLinearGradient(0, 0, 1600, 1200);
  for (let stop = 0; stop <= 4; stop++) sky.addColorStop(stop / 4, `hsl(${random() * 360} 40% ${20 + random() * 60}%)`);
  context.fillStyle = sky;
  context.fillRect(0, 0, 1600, 1200);
  for (let i = 0; i < 400; i++) {
    context.fillStyle = `hsl(${random() * 360} 50% 50% / 0.4)`;
    context.beginPath();
    context.ellipse(random() * 1600, random() * 1200, 5 + random() * 120, 5 + random() * 60, random() * 3, 0, 7);
    context.fill();
  }
  for (let i = 0; i < 20_000; i++) {
    context.fillStyle = `rgb(${random() * 255} ${random() * 255} ${random() * 255} / 0.2)`;
    context.fillRect(random() * 1600, random() * 1200, 2, 2);
  }
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
