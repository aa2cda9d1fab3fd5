import { rm } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { nextBuild, WORDS } from './support/next-build';
import { keptOffline } from './support/offline';
import { createProject, numberedTexts } from './support/project';
import { StaticHost } from './support/static-host';
import { expect, test } from './support/test';

let host: StaticHost;
let next: string;

test.beforeAll(async () => {
  next = await nextBuild();
});

test.afterAll(() => rm(next, { recursive: true }));

test.beforeEach(async ({ faults }) => {
  host = await StaticHost.start('build', '/concord/');
  // This server is the app's own origin here.
  faults.allow(new RegExp(`^foreign request: GET ${host.url}`));
});

test.afterEach(({ context }) => context.close().finally(() => host.stop()));

/** What the browser does by itself at each visit, and the app when somebody comes back to a page after an hour. */
const look = (page: Page) => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());

const caches = (page: Page) => page.evaluate(() => window.caches.keys());

test('a new version waits, and takes over under an open draft without losing it', async ({ page, context }) => {
  await page.goto(host.url);
  await keptOffline(page);
  await createProject(page, [numberedTexts(3)], ['good', 'bad'], host.url);
  const other = await context.newPage();
  await other.goto(host.url);
  await other.getByRole('heading', { name: 'Projects' }).waitFor();

  await page.keyboard.press('j');
  await page.getByRole('region', { name: 'Item 2' }).waitFor();
  await page.keyboard.press('n');
  await page.getByLabel('Note on this item').fill('not sure about this one');
  host.folder = next;
  await look(page);
  await expect(page.getByText('A new version is ready.')).toBeVisible();
  await page.getByLabel('Note on this item').pressSequentially(', ask');
  await page.getByRole('button', { name: 'Use it now' }).click();

  // The page of the new version, at the same item, with the draft.
  await page.waitForFunction(() => document.querySelector('[src*=".next."], [href*=".next."]') !== null);
  await page.getByRole('region', { name: 'Item 2' }).waitFor();
  await expect(page.getByLabel('Note on this item')).toHaveValue('not sure about this one, ask');
  await expect(page.getByText('A new version is ready.')).toBeHidden();

  // The other tab keeps working: the host has none of its files any more.
  await expect(other.getByText('Another tab uses a new version.')).toBeVisible();
  await other.getByRole('button', { name: 'Later' }).click();
  await other.getByRole('link', { name: 'New project' }).click();
  await other.getByRole('button', { name: 'Choose files' }).waitFor();
  expect(await caches(other)).toHaveLength(2);

  // Nobody needs the old files once it is gone.
  await other.close();
  await page.reload();
  await expect.poll(() => caches(page)).toHaveLength(1);
});

test('what cannot be kept is named before anything is lost', async ({ page }) => {
  await page.goto(host.url);
  await keptOffline(page);
  await page.goto(`${host.url}#/new`);
  await page.getByRole('textbox', { name: 'Classes' }).fill('one\ntwo');
  host.folder = next;
  await look(page);
  await page.getByRole('button', { name: 'Use it now' }).click();
  await expect(page.getByText('This would be lost: the new project that you are setting up.')).toBeVisible();
  await page.getByRole('button', { name: 'Later' }).click();
  await expect(page.getByRole('textbox', { name: 'Classes' })).toHaveValue('one\ntwo');
  await expect(page.getByRole('button', { name: 'Use it anyway' })).toBeHidden();
});

test('a version that the host has only in part is not installed, and is once it is there', async ({ page, faults }) => {
  faults.allow(/status of 404/);
  await page.goto(host.url);
  await keptOffline(page);
  host.folder = next;
  host.gone.add('icon.svg');
  await look(page).catch(() => undefined);
  await page.waitForFunction(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return registration?.installing === null && registration.waiting === null;
  });
  await page.reload();
  await page.getByText(WORDS.before).waitFor();
  host.gone.clear();
  await look(page);
  await page.getByRole('button', { name: 'Use it now' }).click();
  await page.getByText(WORDS.after).waitFor();
});
