import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { createProject, doneCount, item, numberedTexts } from './support/project';
import { goTo } from './support/rated';
import { expect, test } from './support/test';

/** The bytes of what the export page writes. */
async function exported(page: Page): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Export \d/ }).click(),
  ]);
  return readFile(await file.path(), 'latin1');
}

const status = (page: Page) => page.getByRole('status').filter({ hasText: 'was taken' });

test('a state is kept, compared and exported again byte for byte, by keyboard alone', async ({
  page,
  expectAccessible,
}) => {
  await createProject(page, [numberedTexts(3)], ['cat', 'dog']);
  await page.keyboard.press('1');
  await expect(item(page)).toHaveAccessibleName('Item 2');
  await page.keyboard.press('Shift+E');
  await expect(page.getByLabel('State')).toHaveValue('');
  const first = await exported(page);

  await page.getByRole('link', { name: 'Snapshots' }).click();
  await expect(page.getByRole('heading', { name: 'No snapshot yet' })).toBeVisible();
  await expectAccessible();
  const name = page.getByLabel('Name of a new snapshot');
  await expect(name).toHaveValue(/1 completed$/);
  await name.fill('first delivery');
  await page.keyboard.press('Enter');
  await expect(status(page)).toHaveText('The snapshot “first delivery” was taken.');

  await goTo(page, 'items');
  await page.getByRole('grid').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('l');
  await page.getByRole('dialog').getByRole('button', { name: 'dog' }).click();
  await page.getByRole('button', { name: 'Label 3 items' }).click();
  await expect.poll(() => doneCount(page)).toBe(3);

  await goTo(page, 'activity');
  await page.getByRole('link', { name: 'took the snapshot “first delivery”' }).click();
  await page.getByRole('button', { name: 'Changes since first delivery' }).focus();
  await page.keyboard.press('Enter');
  const result = page.getByRole('group', { name: 'The comparison' });
  await expect(result).toBeFocused();
  await expect(result.getByRole('heading', { name: 'From “first delivery” to now' })).toBeVisible();
  await expect(result.getByRole('list', { name: 'Labels that differ' }).getByRole('listitem')).toHaveText([
    /texts\.csv #1\s+cat\s+dog\s+Owner/,
    /texts\.csv #2\s+no label\s+dog\s+Owner/,
    /texts\.csv #3\s+no label\s+dog\s+Owner/,
  ]);
  await expect(result.getByRole('list').first()).toContainText('labelled 3 items');
  await expectAccessible();

  await page.getByRole('link', { name: 'Export first delivery' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('State').locator('option:checked')).toHaveText(/^first delivery/);
  await expect(page.getByRole('button', { name: 'Export 1 item' })).toBeEnabled();
  expect(await exported(page)).toBe(first);
  await page.getByLabel('State').selectOption('Now');
  await expect(page.getByRole('button', { name: 'Export 3 items' })).toBeEnabled();
  expect(await exported(page)).not.toBe(first);
});

test('an answer is marked as unsure, beside another reason, and the mark is taken back', async ({ page }) => {
  await createProject(page, [numberedTexts(2)], ['cat', 'dog']);
  const mark = page.getByLabel('Unsure', { exact: true });
  await page.keyboard.press('u');
  await expect(mark).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByTitle('Flagged: Unsure')).toBeVisible();
  await page.keyboard.press('u');
  await expect(mark).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('f');
  await mark.click();
  await expect(page.getByTitle('Flagged: Needs another look; Unsure')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByTitle('Flagged: Needs another look', { exact: true })).toBeVisible();
  await expect(mark).toHaveAttribute('aria-pressed', 'false');
});
