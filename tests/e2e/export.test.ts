import { readFile } from 'node:fs/promises';
import { createProject, doneCount, numberedTexts } from './support/project';
import { expect, test } from './support/test';

test('labels leave as the table that was shown', async ({ page, expectAccessible }) => {
  await createProject(page, [numberedTexts(3)], ['yes', 'no']);
  await page.keyboard.press('2');
  await expect.poll(() => doneCount(page)).toBe(1);
  await page.getByRole('link', { name: 'Export' }).click();
  await page.getByRole('radio', { name: /^CSV/ }).check();
  const look = page.getByRole('figure');
  await expect(look).toContainText('This is text number 1.');
  await expect(page.getByRole('heading', { name: 'What is lost' })).toBeVisible();
  await expectAccessible();

  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export 1 item' }).click(),
  ]);
  const text = await readFile(await saved.path(), 'utf8');
  const shown = await look.locator('pre').textContent();
  expect(text.replaceAll('\r\n', '\n')).toBe(shown?.replaceAll('\r\n', '\n'));
  expect(text).toMatch(/This is text number 1\..*no/);
  await expect(page.getByRole('button', { name: 'Download again' })).toBeVisible();
});

test('everything leaves, parted in two, and a project without labels says so @phone', async ({
  page,
  expectAccessible,
}) => {
  await createProject(page, [numberedTexts(20)], ['yes', 'no']);
  await page.getByRole('link', { name: 'Export' }).click();
  await expect(page.getByText('No item is labelled yet.')).toBeVisible();
  await page.getByRole('radio', { name: 'All' }).check();
  await page.getByLabel('Split into training and validation').check();
  await page.getByLabel('For training, %').fill('80');
  await expectAccessible();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export 20 items' }).click(),
  ]);
  expect(saved.suggestedFilename()).toMatch(/\.zip$/);
});
