import { mkdtemp, cp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { nextBuild, WORDS } from './support/next-build';
import { keptOffline } from './support/offline';
import { StaticHost } from './support/static-host';
import { expect, test } from './support/test';

let host: StaticHost;

test.beforeEach(async ({ page, faults }) => {
  host = await StaticHost.start('build', '/');
  // This server is the app's own origin here.
  faults.allow(new RegExp(`^foreign request: GET ${host.url}`));
  await page.goto(host.url);
  await keptOffline(page);
});

test.afterEach(({ page }) => page.close().finally(() => host.stop()));

/** Takes what the pattern matches out of what the service worker has stored, as a browser short of space might. */
const evict = (page: Page, pattern: string) =>
  page.evaluate(async (pattern) => {
    const names = await caches.keys();
    const cache = await caches.open(names[0]!);
    const requests = (await cache.keys()).filter(({ url }) => new RegExp(pattern).test(url));
    for (const request of requests) await cache.delete(request);
    return requests.length;
  }, pattern);

const stored = (page: Page) =>
  page.evaluate(async () => {
    const names = await caches.keys();
    return names[0] === undefined ? 0 : (await (await caches.open(names[0])).keys()).length;
  });

test('what was evicted in part comes from the host, and is stored again', async ({ page, context }) => {
  const before = await stored(page);
  expect(await evict(page, '/(workers|nodes)/')).toBeGreaterThan(5);
  await page.reload();
  await page.getByText(WORDS.before).waitFor();
  await expect.poll(() => stored(page)).toBe(before);
  host.stop();
  await context.setOffline(true);
  await page.reload();
  await page.getByText(WORDS.before).waitFor();
});

test('everything evicted: the host is asked, and it is stored again', async ({ page }) => {
  const before = await stored(page);
  await page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });
  await page.reload();
  await page.getByText(WORDS.before).waitFor();
  await expect.poll(() => stored(page)).toBe(before);
});

test('a page whose parts are neither here nor at the host says what to do', async ({ page, faults, context }) => {
  faults.allow(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|dynamically imported|^page error: $/);
  await evict(page, '/entry/');
  host.stop();
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText('Concord could not be loaded.')).toBeVisible();
});

test('a version that cannot be made whole again gives way to the one that the host has', async ({ page, faults }) => {
  faults.allow(/status of 404|dynamically imported|MIME type|^page error: $/);
  const next = await nextBuild();
  await evict(page, '/entry/');
  host.folder = next;
  // The page of before, without its scripts; then the host's.
  await page.reload();
  await page.getByText('Concord could not be loaded.').waitFor();
  await expect(async () => {
    await page.reload();
    await page.getByText(WORDS.after).waitFor({ timeout: 2_000 });
  }).toPass();
  await rm(next, { recursive: true });
});

test('a page that the host still has of an older version is not taken for the new one', async ({ page }) => {
  const next = await nextBuild();
  const mixed = await mkdtemp(join(tmpdir(), 'concord-mixed-'));
  await cp(next, mixed, { recursive: true });
  await cp('build/index.html', join(mixed, 'index.html'));
  host.folder = mixed;
  const failed = await page.evaluate(async () => {
    const registration = (await navigator.serviceWorker.getRegistration())!;
    const settled = new Promise<string>((resolve) => {
      registration.addEventListener('updatefound', () => {
        const { installing } = registration;
        installing?.addEventListener('statechange', () => {
          resolve(installing.state);
        });
      });
    });
    await registration.update();
    return settled;
  });
  expect(failed).toBe('redundant');
  await page.reload();
  await page.getByText(WORDS.before).waitFor();
  await Promise.all([next, mixed].map((folder) => rm(folder, { recursive: true })));
});

test('requests that are not for whole files of the app go past the service worker', async ({ page, faults }) => {
  faults.allow(/^foreign request: POST |status of 404/);
  const script = await page
    .locator('link[rel=modulepreload]')
    .first()
    .evaluate((link: HTMLLinkElement) => link.href);
  const isServed = async (address: string, init: { method?: string; headers?: Record<string, string> } = {}) => {
    const [response] = await Promise.all([
      page.waitForResponse(address),
      page.evaluate(([address, init]) => fetch(address, init).then(({ status }) => status), [address, init] as const),
    ]);
    return response.fromServiceWorker();
  };
  expect(await isServed(script)).toBe(true);
  expect(await isServed(`${host.url}icon.svg`)).toBe(true);
  expect(await isServed(`${host.url}icon.svg`, { headers: { range: 'bytes=0-9' } })).toBe(false);
  expect(await isServed(script, { method: 'POST' })).toBe(false);
  expect(await isServed(`${host.url}_app/version.json`)).toBe(false);
  expect(await isServed(`${host.url}nowhere`)).toBe(false);
});
