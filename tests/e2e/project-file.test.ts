import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { png } from './support/png';
import { createProject, doneCount, item, numberedTexts } from './support/project';
import { expect, test } from './support/test';

/** Saves the open project from its settings; the bytes of the file. */
async function save(page: Page, button = 'Save project file'): Promise<Uint8Array> {
  await page.goto(page.url().replace(/label$/, 'settings'));
  const section = page.locator('section', { has: page.getByRole('heading', { name: 'Project file' }) });
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    section.getByRole('button', { name: button }).click(),
  ]);
  await expect(section.getByText('Nothing was changed since.')).toBeVisible();
  return readFile(await saved.path());
}

async function give(page: Page, button: string | RegExp, bytes: Uint8Array, name = 'a.concord'): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: button }).click(),
  ]);
  await chooser.setFiles([{ name, mimeType: '', buffer: Buffer.from(bytes) }]);
}

const OPEN = /^(Open a file|Choose files)$/;

async function merge(page: Page, bytes: Uint8Array): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click();
  await give(page, 'Merge a project file…', bytes);
}

test('a project that was saved and deleted comes back with its images, labels and owner', async ({
  page,
  expectAccessible,
}) => {
  const images = Array.from({ length: 4 }, (_, n) => ({ name: `${n}.png`, bytes: png(40, 30, [n * 40, 90, 60]) }));
  await createProject(page, images, ['yes', 'no']);
  await page.keyboard.press('1');
  await expect.poll(() => doneCount(page)).toBe(1);
  await expect(page.getByRole('button', { name: /^In no file/ })).toBeVisible();
  const bytes = await save(page);
  await expect(page.getByRole('button', { name: /^In a file just now/ })).toBeVisible();
  await expectAccessible();

  await page.getByRole('button', { name: 'Delete this project' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.waitForURL(/#\/$/);
  await give(page, OPEN, bytes);
  await page.waitForURL(/\/label/);
  await expect.poll(() => doneCount(page)).toBe(1);
  await expect(item(page).locator('canvas').first()).toBeVisible();
  await page.keyboard.press('2');
  await expect.poll(() => doneCount(page)).toBe(2);
  // Thumbnails are not in the file: they are made when they are seen.
  await page.getByRole('link', { name: 'Items' }).click();
  await expect(page.locator('img[src^="blob:"]')).toHaveCount(4);
});

test('two devices label one project, and merge their files both ways', async ({
  page,
  browser,
  baseURL,
  faults,
  expectAccessible,
}) => {
  await createProject(page, [numberedTexts(6)], ['yes', 'no']);
  await page.keyboard.press('1');
  await expect.poll(() => doneCount(page)).toBe(1);
  const first = await save(page, 'Save without images');
  const code = await page.locator('section code').innerText();

  const context = await browser.newContext();
  faults.watch(context, new URL(baseURL ?? '').origin);
  const other = await context.newPage();
  await other.goto(baseURL ?? '');
  await give(other, OPEN, first);
  await other.waitForURL(/\/label/);
  await expect(other.getByText('You can look, not label, here.')).toBeVisible();
  // A key that would label does nothing, and says so.
  await other.keyboard.press('1');
  await expect.poll(() => doneCount(other)).toBe(1);
  await other.getByRole('link', { name: 'Enter the recovery code' }).click();
  await other.getByLabel('Recovery code').fill('AAAA-BBBB');
  await other.getByRole('button', { name: 'Become an owner' }).click();
  await expect(other.getByText(/^This is not a recovery code/)).toBeVisible();
  await other.getByLabel('Recovery code').fill(code.toLowerCase().replaceAll('-', ' '));
  await other.getByRole('button', { name: 'Become an owner' }).click();
  await expect(other.getByRole('heading', { name: 'Classes' })).toBeVisible();
  await other.getByRole('link', { name: 'Label' }).click();
  await item(other).waitFor();
  await other.keyboard.press('2');
  await other.keyboard.press('2');
  await expect.poll(() => doneCount(other)).toBe(3);
  const second = await save(other);

  // Meanwhile the first device went on with its last item.
  await page.getByRole('link', { name: 'Items' }).click();
  await page.getByRole('row', { name: /number 6/ }).dblclick();
  await expect(item(page)).toHaveAccessibleName('Item 6');
  await page.keyboard.press('1');
  await expect.poll(() => doneCount(page)).toBe(2);
  await merge(page, second);
  // That they became an owner, their two answers, and soon a key for what only owners read.
  await expect(page.getByText(/the file added [34] entries/)).toBeVisible();
  await expect.poll(() => doneCount(page)).toBe(4);
  await expectAccessible();
  await merge(page, second);
  await expect(page.getByText(/with everything that the file holds/)).toBeVisible();

  await merge(other, await save(page));
  await expect.poll(() => doneCount(other)).toBe(4);
  await other.reload();
  await expect.poll(() => doneCount(other)).toBe(4);
  await context.close();
});

test('a file that is damaged or of another project is refused, with its reason', async ({ page }) => {
  await createProject(page, [numberedTexts(2)], ['yes', 'no']);
  const first = await save(page);
  await createProject(page, [numberedTexts(3)], ['yes', 'no']);
  await merge(page, first);
  await expect(page.getByText(/This is a file of another project/)).toBeVisible();
  const damaged = Uint8Array.from(first);
  damaged[damaged.length >> 1]! ^= 1;
  await page.goto('');
  await page.getByRole('heading', { name: 'Projects' }).waitFor();
  await give(page, OPEN, damaged);
  await expect(page.getByText(/its seal is broken/)).toBeVisible();
});

test('what a viewer sees on a phone @phone', async ({ page, browser, baseURL, faults }) => {
  await createProject(page, [numberedTexts(2)], ['yes', 'no']);
  const bytes = await save(page);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  faults.watch(context, new URL(baseURL ?? '').origin);
  const other = await context.newPage();
  await other.goto(baseURL ?? '');
  await give(other, OPEN, bytes);
  await expect(other.getByText('You can look, not label, here.')).toBeVisible();
  await other.getByRole('button', { name: 'Next item' }).click();
  await expect(item(other)).toHaveAccessibleName('Item 2');
  await other.getByRole('button', { name: /Where this project is/ }).click();
  await expect(other.getByRole('button', { name: 'Save project file' })).toBeVisible();
  await context.close();
});
