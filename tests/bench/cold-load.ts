import type { Browser } from '@playwright/test';
import type { Benchmark } from './benchmark';
import { quantile } from './statistics';

const LOADS = 15;

/**
 * The first page in a browser that never saw it: from the start of the navigation until it is painted (first
 * contentful paint) and answers, which the app tells by `data-ready` on the root element once its handlers are in place.
 */
export const coldLoad: Benchmark = {
  name: 'cold-load',
  async run({ browser, url }) {
    // The first load after the browser's own start also pays for that.
    await interactiveAfter(browser, url);
    const times: number[] = [];
    for (let i = 0; i < LOADS; i++) times.push(await interactiveAfter(browser, url));
    return [{ name: 'cold load to interactive, median', value: quantile(times, 0.5), unit: 'ms', reach: 200 }];
  },
};

async function interactiveAfter(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(() => {
      const painted = new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          for (const { startTime } of list.getEntriesByName('first-contentful-paint')) resolve(startTime);
        }).observe({ type: 'paint', buffered: true });
      });
      const ready = new Promise<number>((resolve) => {
        new MutationObserver(() => {
          if (document.documentElement.dataset.ready !== undefined) resolve(performance.now());
        }).observe(document, { attributes: true, attributeFilter: ['data-ready'], subtree: true });
      });
      const interactive = Promise.all([painted, ready]).then((times) => Math.max(...times));
      Object.assign(window, { interactive });
    });
    await page.goto(url);
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    return await page.evaluate(() => (window as unknown as { interactive: Promise<number> }).interactive);
  } finally {
    await context.close();
  }
}
