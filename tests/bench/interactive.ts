import type { Page } from '@playwright/test';

/** Lets the next page that is opened note when it is painted and answers. */
export async function watchInteractive(page: Page): Promise<void> {
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
}

/**
 * Opens the app in a page that {@link watchInteractive} has prepared: milliseconds from the start of the navigation until
 * it is painted (first contentful paint) and answers, which the app tells by `data-ready` on the root element once its
 * handlers are in place.
 */
export async function interactiveAfter(page: Page, url: string): Promise<number> {
  await page.goto(url);
  await page.locator('html[data-ready]').waitFor({ state: 'attached' });
  return page.evaluate(() => (window as unknown as { interactive: Promise<number> }).interactive);
}
