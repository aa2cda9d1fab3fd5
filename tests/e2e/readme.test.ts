import { readFile } from 'node:fs/promises';
import { chooseFiles, doneCount, item } from './support/project';
import { expect, test } from './support/test';

test('the sample, as the README goes through it', async ({ page }) => {
  await page.goto('');
  await page.getByRole('button', { name: 'Try the sample' }).click();
  await expect(item(page)).toHaveAccessibleName('Item 1');
  const start = await doneCount(page);
  await page.keyboard.press('Enter');
  await expect(item(page)).toHaveAccessibleName('Item 2');
  await page.keyboard.press('Tab');
  await page.keyboard.press('6');
  await page.keyboard.press('Enter');
  await expect(item(page)).toHaveAccessibleName('Item 3');
  await page.keyboard.press('Enter');
  await expect(item(page)).toHaveAccessibleName('Item 4');
  await expect.poll(() => doneCount(page)).toBe(start + 3);
});

test('the first five minutes with own texts, as the README goes through them', async ({ page, context }) => {
  await page.goto('');
  await chooseFiles(page, ['docs/sample/feedback.csv']);
  await page.waitForURL(/#\/new/);
  await expect(page.getByText('24 rows')).toBeVisible();
  await page.getByLabel('Classes').fill('bug\nwish\nquestion\npraise');
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await expect(item(page)).toContainText('The export button does nothing');

  for (const [n, key] of ['1', '2', '3', '4'].entries()) {
    await page.keyboard.press(key);
    await expect(item(page)).toHaveAccessibleName(`Item ${n + 2}`);
  }
  await page.keyboard.press('s');
  await expect(item(page)).toHaveAccessibleName('Item 6');
  await page.keyboard.press('Control+z');
  await expect(item(page)).toHaveAccessibleName('Item 5');
  await page.keyboard.press('k');
  await expect(item(page)).toContainText('Thank you, the new search');
  await expect.poll(() => doneCount(page)).toBe(4);

  const address = page.url();
  await page.close();
  const again = await context.newPage();
  await again.goto(address);
  await expect(item(again)).toHaveAccessibleName('Item 5');
  expect(await doneCount(again)).toBe(4);

  await again.getByRole('link', { name: 'Export' }).click();
  await again.getByRole('radio', { name: /^CSV/ }).or(again.getByText('A table for pandas')).first().click();
  const [download] = await Promise.all([
    again.waitForEvent('download'),
    again.getByRole('button', { name: /^Export 4 items/ }).click(),
  ]);
  const rows = (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/);
  expect(rows).toHaveLength(5);
  expect(rows[1]).toContain('bug');
  expect(rows[4]).toContain('praise');
});
