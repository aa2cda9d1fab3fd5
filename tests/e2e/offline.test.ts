import { readFile } from 'node:fs/promises';
import { chooseFiles, createProject, doneCount, item, numberedTexts } from './support/project';
import { keptOffline } from './support/offline';
import { StaticHost } from './support/static-host';
import { expect, test } from './support/test';

test.use({ acceptDownloads: true });

let host: StaticHost;

test.beforeEach(async ({ faults }) => {
  host = await StaticHost.start('build', '/');
  // This server is the app's own origin here.
  faults.allow(new RegExp(`^foreign request: GET ${host.url}`));
});

test.afterEach(({ page }) => page.close().finally(() => host.stop()));

test('after the first visit everything works without a network', async ({ page, context }) => {
  await page.goto(host.url);
  await page.getByRole('heading', { name: 'Label images and texts' }).waitFor();
  await keptOffline(page);
  host.stop();
  await context.setOffline(true);

  await page.reload();
  await createProject(page, [numberedTexts(3)], ['good', 'bad'], host.url);
  await item(page).press('1');
  await page.getByRole('region', { name: 'Item 2' }).waitFor();
  await expect.poll(() => doneCount(page)).toBe(1);

  await page.getByRole('link', { name: 'Projects' }).click();
  await page.getByRole('heading', { name: 'Projects' }).waitFor();
  await page.reload();
  await page.getByRole('link', { name: /texts/ }).click();
  await page.getByRole('region', { name: 'Item 2' }).waitFor();
  await page.getByRole('link', { name: 'Import' }).click();
  await chooseFiles(page, [{ name: 'more.csv', text: 'text\nOne more text.' }]);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('definition').first()).toHaveText('1 item');

  await page.getByRole('link', { name: 'Export' }).click();
  await page.getByRole('radio', { name: /^CSV/ }).check();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export 1 item' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toContain('This is text number 1.');
});

test('the page of the first visit goes on when the network is lost', async ({ page, context }) => {
  await page.goto(host.url);
  await keptOffline(page);
  host.stop();
  await context.setOffline(true);
  // Pages and a worker that this page has not loaded yet.
  await createProject(page, [numberedTexts(2)], ['good', 'bad'], host.url);
  for (const name of ['Items', 'Import', 'Export', 'Settings']) {
    await page.getByRole('link', { name, exact: true }).click();
    await expect(page).toHaveTitle(new RegExp(`^${name} · `));
  }
});

test('the app is isolated after one reload, on a host that sends no headers', async ({ page }) => {
  await page.goto(host.url);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await keptOffline(page);
  await page.reload();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await createProject(page, [numberedTexts(2)], ['good', 'bad'], host.url);
});
