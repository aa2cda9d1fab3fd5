import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, type Page } from 'puppeteer-core';
import { findFirefox } from '../../tools/firefox.js';
import { expect, test } from './support/test';

const firefox = findFirefox();

const TEXTS = ['text', 'A boat at the pier.', 'Two gulls on a post.', 'Fog over the harbour.'].join('\n');

const button = (page: Page, name: string) => page.locator(`::-p-aria([name="${name}"][role="button"])`);

/** Drops a file on the page: Firefox closes its file dialogs by itself while it is driven. */
const drop = (page: Page, name: string, text: string) =>
  page.evaluate(
    (fileName: string, content: string) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], fileName));
      window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    },
    name,
    text,
  );

/** Waits until the state line says that so many items are done: it counts only what is durable. */
const doneIs = (page: Page, count: number) =>
  page.waitForFunction(
    (start: string) => document.querySelector('.figures')?.textContent.startsWith(start),
    {},
    `${count} /`,
  );

// The other tests run in Chromium; this one shows that nothing hangs on it.
test('Firefox labels, keeps and exports', async ({ baseURL }) => {
  test.skip(firefox === null, 'No Firefox is installed: apt-get install firefox-esr, or name one by FIREFOX.');
  test.setTimeout(120_000);
  const downloads = await mkdtemp(join(tmpdir(), 'concord-firefox-'));
  const browser = await launch({
    browser: 'firefox',
    executablePath: firefox ?? '',
    extraPrefsFirefox: { 'browser.download.folderList': 2, 'browser.download.dir': downloads },
  });
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.setViewport({ width: 1280, height: 800 });
    await page.goto(`${baseURL ?? ''}#/new`);
    await page.waitForSelector('html[data-ready]');
    await drop(page, 'texts.csv', TEXTS);
    await page.locator('textarea').fill('calm\nbusy');
    await button(page, 'Start labeling').click();
    await page.waitForSelector('[aria-label^="Item 1"]');

    await page.keyboard.press('1');
    await page.keyboard.press('2');
    await doneIs(page, 2);
    await page.reload();
    await doneIs(page, 2);

    await page.goto(page.url().replace(/label.*/, 'export'));
    await page.locator('::-p-text(A table for pandas)').click();
    await button(page, 'Export 2 items').click();
    const exported = async () => (await readdir(downloads)).filter((name) => name.endsWith('.csv'));
    await expect.poll(exported).toHaveLength(1);
    const [name = ''] = await exported();
    await expect
      .poll(() => readFile(join(downloads, name), 'utf8'))
      .toMatch(/A boat at the pier\..*calm[^]*Two gulls on a post\..*busy/);
    expect(errors).toEqual([]);
  } finally {
    await browser.close();
    await rm(downloads, { recursive: true, force: true, maxRetries: 5 });
  }
});
