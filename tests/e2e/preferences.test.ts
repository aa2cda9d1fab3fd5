import type { Page } from '@playwright/test';
import { createProject, doneCount, item, numberedTexts } from './support/project';
import { expect, test } from './support/test';

const keyOf = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^Change the key of ${name},`) });

test('a key is changed in the help, works, and is shown everywhere', async ({ page }) => {
  await createProject(page, [numberedTexts(6)], ['cat', 'dog']);
  await expect(page.getByRole('button', { name: /^Skip/ })).toContainText('S');
  await page.keyboard.press('?');
  await keyOf(page, 'Skip').click();
  await page.keyboard.press('x');
  await expect(keyOf(page, 'Skip')).toHaveAccessibleName(/now X$/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^Skip/ })).toContainText('X');

  await page.keyboard.press('s');
  await page.keyboard.press('x');
  await expect.poll(() => doneCount(page)).toBe(1);
  await page.reload();
  await item(page).waitFor();
  await expect(page.getByRole('button', { name: /^Skip/ })).toContainText('X');
  await page.keyboard.press('x');
  await expect.poll(() => doneCount(page)).toBe(2);
});

test('keys that others have are swapped, those of the browser refused, and all are reset', async ({ page }) => {
  await page.goto('./#/settings#keys');
  await expect(page.getByRole('heading', { name: 'Keys' })).toBeFocused();
  await keyOf(page, 'Skip').click();
  await page.keyboard.press('j');
  await expect(page.getByRole('alert')).toContainText('is the key of “Next item”');
  await page.getByRole('button', { name: 'Swap' }).click();
  await expect(keyOf(page, 'Skip')).toHaveAccessibleName(/now J$/);
  await expect(keyOf(page, 'Next item')).toHaveAccessibleName(/now S$/);

  await keyOf(page, 'Flag').click();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('alert')).toContainText('it moves the focus');
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('alert')).toContainText('the browser keeps it');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(keyOf(page, 'Flag')).toHaveAccessibleName(/now F$/);

  await page.getByRole('button', { name: 'Reset the key of Skip' }).click();
  await expect(keyOf(page, 'Next item')).toHaveAccessibleName(/now J$/);
  await expect(page.getByRole('button', { name: 'Reset all keys' })).toBeDisabled();
});

test('the key of a class goes before what was changed', async ({ page }) => {
  await page.addInitScript(() => {
    localStorage.setItem('concord.keys', JSON.stringify({ version: 1, keys: { skip: ['1'] } }));
  });
  await createProject(page, [numberedTexts(6)], ['cat', 'dog']);
  // 1 is the key of the first class here, so skipping has the key that it came with.
  await expect(page.getByRole('button', { name: /^Skip/ })).toContainText('S');
  await page.keyboard.press('?');
  await expect(page.getByText('1 is a class’s key in this project.')).toBeVisible();
});

test('what was stored and makes no sense is left out', async ({ page }) => {
  await page.addInitScript(() => {
    localStorage.setItem(
      'concord.keys',
      '{"version":1,"keys":{"skip":["Tab"],"next":7,"nothing":["x"],"__proto__":[1]}}',
    );
  });
  await page.goto('./#/settings');
  await expect(keyOf(page, 'Skip')).toHaveAccessibleName(/now S$/);
  await expect(keyOf(page, 'Next item')).toHaveAccessibleName(/now J$/);
});

test('the theme follows the system as it changes, until one is chosen', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('./#/settings');
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.getByRole('radio', { name: 'Light' }).check();
  expect(await ground()).toBe(light);
});
