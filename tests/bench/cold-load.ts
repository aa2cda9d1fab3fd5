import type { Browser } from '@playwright/test';
import type { Benchmark } from './benchmark';
import { interactiveAfter, watchInteractive } from './interactive';
import { quantile } from './statistics';

const LOADS = 15;

/** The first page in a browser that never saw it. */
export const coldLoad: Benchmark = {
  name: 'cold-load',
  async run({ browser, url }) {
    // The first load after the browser's own start also pays for that.
    await coldLoadOf(browser, url);
    const times: number[] = [];
    for (let i = 0; i < LOADS; i++) times.push(await coldLoadOf(browser, url));
    return [{ name: 'cold load to interactive, median', value: quantile(times, 0.5), unit: 'ms', reach: 200 }];
  },
};

async function coldLoadOf(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await watchInteractive(page);
    return await interactiveAfter(page, url);
  } finally {
    await context.close();
  }
}
