import type { Page } from '@playwright/test';

/** Waits until the service worker has stored the whole app and serves this page. */
export async function keptOffline(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
}
