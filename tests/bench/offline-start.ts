import type { Browser } from '@playwright/test';
import type { Benchmark } from './benchmark';
import { interactiveAfter, watchInteractive } from './interactive';
import { quantile } from './statistics';

const STARTS = 15;

/**
 * The first page without a network, from what the service worker stored: in a browser that has been there once, with the
 * service worker stopped, as it is when nobody has used the app for half a minute.
 */
export const offlineStart: Benchmark = {
  name: 'offline-start',
  async run({ browser, url }) {
    const times = await startsAfter(browser, url);
    return [{ name: 'cold start offline to interactive, median', value: quantile(times, 0.5), unit: 'ms', reach: 300 }];
  },
};

async function startsAfter(browser: Browser, url: string): Promise<number[]> {
  const context = await browser.newContext();
  try {
    const first = await context.newPage();
    await first.goto(url);
    await first.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
    const session = await context.newCDPSession(first);
    await session.send('ServiceWorker.enable');
    await context.setOffline(true);
    const times: number[] = [];
    // The first start after the visit also pays for compiling what is kept compiled from then on.
    for (let start = 0; start <= STARTS; start++) {
      await session.send('ServiceWorker.stopAllWorkers');
      const page = await context.newPage();
      await watchInteractive(page);
      const time = await interactiveAfter(page, url);
      if (start > 0) times.push(time);
      await page.close();
    }
    return times;
  } finally {
    await context.close();
  }
}
