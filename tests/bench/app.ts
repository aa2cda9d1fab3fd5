import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';

/** The labeling screen's region that holds the item; its name says which one is shown. */
const ITEM = '[role="region"][aria-label^="Item "]';

const FRAME_MS = 1000 / 60;
/** Steps by it cover an interval evenly, whatever their number. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;
let phase = 0;

/**
 * Makes a project of files by the page that people use, and waits for its first item.
 *
 * @param classes names, one hotkey each in this order
 * @returns milliseconds from *Start labeling* to the labeling screen: the import, durable at its end
 */
export async function createProject(
  page: Page,
  url: string,
  files: string | string[],
  classes: readonly string[],
): Promise<number> {
  await page.goto(`${url}#/new`);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose files' }).click(),
  ]);
  await chooser.setFiles(files);
  await page.getByLabel('Classes').fill(classes.join('\n'));
  const start = page.getByRole('button', { name: 'Start labeling' });
  await start.waitFor();
  const from = performance.now();
  await start.click();
  await page.waitForURL(/\/label/, { timeout: 600_000 });
  const took = performance.now() - from;
  await page.locator(ITEM).waitFor();
  return took;
}

/**
 * Installs the stopwatch of {@link keyToSettled}: from the timestamp of a key's event to the second animation frame after
 * it, or to the first later one in which the next item is on screen and no image is waited for, with the tasks that were
 * pending before that frame done.
 */
export async function installStopwatch(page: Page): Promise<void> {
  await page.addInitScript((selector) => {
    const shown = () => document.querySelector(selector)?.getAttribute('aria-label') ?? '';
    const frame = () =>
      new Promise<void>((resolve) =>
        requestAnimationFrame(() => {
          resolve();
        }),
      );
    const drained = () =>
      new Promise<void>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          resolve();
        };
        port2.postMessage(null);
      });
    addEventListener(
      'keydown',
      (event) => {
        const before = shown();
        const settled = (async () => {
          await frame();
          await drained();
          const painted = performance.now() - event.timeStamp;
          for (let frames = 1; ; frames++) {
            await frame();
            if (shown() !== before && shown() !== '' && !document.querySelector('.stage .waiting')) {
              await drained();
              return { settled: performance.now() - event.timeStamp, frames: frames + 1, painted };
            }
          }
        })();
        Object.assign(window, { settled });
      },
      { capture: true },
    );
  }, ITEM);
}

/** Notes when the page first shows an item: milliseconds from the start of its navigation to the frame after. */
export async function watchFirstItem(page: Page): Promise<void> {
  await page.addInitScript((selector) => {
    const shown = new Promise<number>((resolve) => {
      const look = () => {
        const isShown = document.querySelector(selector) !== null;
        requestAnimationFrame(isShown ? () => resolve(performance.now()) : look);
      };
      look();
    });
    Object.assign(window, { shown });
  }, ITEM);
}

export function firstItemShown(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { shown: Promise<number> }).shown);
}

/**
 * Collects how long each key press took to the next paint, by the browser's own Event Timing: to 8 ms, and nothing below
 * 16 ms. Beside {@link keyToSettled}, which at 60 frames a second cannot be shorter than one frame and a part of another.
 */
export async function observeKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    const durations: number[] = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === 'keydown') durations.push(entry.duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
    Object.assign(window, { durations });
  });
}

/** What {@link observeKeys} saw of so many key presses, milliseconds; the ones below 16 ms count as 16. */
export async function keyPaints(page: Page, presses: number): Promise<number[]> {
  const seen = await page.evaluate(() => (window as unknown as { durations: number[] }).durations);
  return [...seen, ...Array.from({ length: Math.max(0, presses - seen.length) }, () => 16)];
}

/**
 * Presses a key that moves on, and waits until the next item is settled; milliseconds. People press keys at any time within
 * a frame, so this waits for a part of one before, another one each time.
 */
export async function keyToSettled(page: Page, key: string): Promise<number> {
  phase = (phase + GOLDEN_RATIO) % 1;
  await page.waitForTimeout(phase * FRAME_MS);
  await page.keyboard.press(key);
  const { settled } = await page.evaluate(
    () => (window as unknown as { settled: Promise<{ settled: number }> }).settled,
  );
  return settled;
}

/**
 * Proportional set size of the page's renderer process, MB (10^6 bytes): of all renderers the largest, since the browser
 * keeps a spare one and others for its own pages.
 */
export async function rendererMemory(page: Page): Promise<number> {
  const browser = page.context().browser();
  if (!browser) throw new Error('The page has no browser.');
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  let largest = 0;
  for (const { type, id } of processInfo) {
    if (type !== 'renderer') continue;
    const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8');
    largest = Math.max(largest, Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024);
  }
  return largest / 1e6;
}
