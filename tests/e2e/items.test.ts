import type { Page } from '@playwright/test';
import { createProject, item, numberedTexts } from './support/project';
import { png } from './support/png';
import { expect, test } from './support/test';

const openItems = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: 'Items', exact: true }).click();
  await expect(page.getByRole('grid')).toBeVisible();
};
/** A row by its place in the list, from 1. */
const row = (page: Page, place: number) => page.locator(`[role=row][aria-rowindex="${place + 1}"]`);
const count = (page: Page, text: string) =>
  expect(page.getByRole('group', { name: 'Which items' })).toContainText(text);

test('many items are labelled at once, after their number was confirmed, and one undo takes it back', async ({
  page,
}) => {
  await createProject(page, [numberedTexts(300)], ['yes', 'no']);
  await page.keyboard.press('2');
  await openItems(page);
  await count(page, '300 items');
  await row(page, 3).click();
  await row(page, 6).click({ modifiers: ['Shift'] });
  await row(page, 5).click({ modifiers: ['ControlOrMeta'] });
  await row(page, 9).click({ modifiers: ['ControlOrMeta'] });
  await expect(page.getByText('4 items selected')).toBeVisible();
  await page.keyboard.press('l');
  await page.getByRole('dialog').getByRole('button', { name: 'yes' }).click();
  await page.getByRole('button', { name: 'Label 4 items' }).click();
  await expect(page.getByText('4 items labelled')).toBeVisible();
  for (const [place, label] of [
    [1, 'no'],
    [3, 'yes'],
    [4, 'yes'],
    [6, 'yes'],
    [9, 'yes'],
  ] as const) {
    await expect(row(page, place)).toContainText(label);
  }
  await expect(row(page, 5)).toContainText('To do');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(row(page, 3)).toContainText('To do');
  await expect(row(page, 1)).toContainText('no');

  await page.getByRole('grid').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await expect(page.getByText('300 items selected')).toBeVisible();
  await page.keyboard.press('l');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'yes' })).toBeFocused();
  await page.keyboard.press('2');
  await expect(page.getByRole('button', { name: 'Label 300 items' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row(page, 5)).toContainText('no');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(row(page, 5)).toContainText('To do');
  await page.keyboard.press('Shift+ControlOrMeta+z');
  await expect(row(page, 5)).toContainText('no');
});

test('filters read as a sentence, stand in the address, and are there on the way back', async ({ page }) => {
  await createProject(page, [numberedTexts(120)], ['yes', 'no']);
  for (const key of ['1', '2', '1', 's']) await page.keyboard.press(key);
  await openItems(page);
  await page.keyboard.press('/');
  await page.keyboard.type('number 11');
  await count(page, '11 items');
  await page.getByRole('button', { name: 'Show all' }).click();
  await count(page, '120 items');

  await page.getByRole('button', { name: 'any class' }).click();
  await page.getByRole('dialog', { name: 'Class' }).getByRole('button', { name: 'yes' }).click();
  await count(page, '2 items');
  await page.getByRole('button', { name: 'any status' }).click();
  await page.getByRole('dialog', { name: 'Status' }).getByLabel('Completed').check();
  await page.keyboard.press('Escape');
  await count(page, 'completed');
  await expect(page).toHaveURL(/items\?status=completed&class=label:yes$/);

  await row(page, 2).dblclick();
  await expect(item(page)).toHaveText('This is text number 3.');
  await page.goBack();
  await count(page, '2 items');
  await page.getByRole('button', { name: 'Any class' }).click();
  await count(page, '3 items');
  await page.getByRole('button', { name: 'flagged only' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing fits this filter' })).toBeVisible();
  await page.getByRole('button', { name: 'Show all items' }).click();
  await count(page, '120 items');
});

test('by keyboard: to the last of 20,000 rows, and into the labeling screen', async ({ page }) => {
  await createProject(page, [numberedTexts(20_000)], ['yes', 'no']);
  await openItems(page);
  const grid = page.getByRole('grid');
  await expect(grid).toHaveAttribute('aria-rowcount', '20001');
  await grid.focus();
  await page.keyboard.press('End');
  await expect(row(page, 20_000)).toContainText('This is text number 20000.');
  await expect(row(page, 20_000)).toBeInViewport();
  expect(await page.locator('[role=row]').count()).toBeLessThan(60);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowUp');
  await expect(page.getByText('2 items selected')).toBeVisible();
  await page.keyboard.press('Home');
  await expect(row(page, 1)).toBeInViewport();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(item(page)).toHaveText('This is text number 2.');
  await page.keyboard.press('1');
  await expect(item(page)).toHaveText('This is text number 3.');
  await expect(page).toHaveURL(/label$/);
  await page.goto(`${page.url()}?item=gone`);
  await expect(page.getByText(/The project has no such item/)).toBeVisible();
});

test('sorts by each column', async ({ page }) => {
  await createProject(page, [numberedTexts(40)], ['b', 'a']);
  for (const key of ['1', '2', 's']) await page.keyboard.press(key);
  await openItems(page);
  await page.getByRole('button', { name: 'Changed' }).click();
  await expect(page.getByRole('columnheader', { name: 'Changed' })).toHaveAttribute('aria-sort', 'descending');
  await expect(row(page, 1)).toContainText('number 3.');
  await page.getByRole('button', { name: 'Item', exact: true }).click();
  await expect(row(page, 1)).toContainText('number 1.');
  await page.getByRole('button', { name: 'Item', exact: true }).click();
  await expect(row(page, 1)).toContainText('number 40.');
  await page.getByRole('button', { name: 'Status', exact: true }).click();
  await page.getByRole('button', { name: 'Status', exact: true }).click();
  await expect(row(page, 1)).toContainText('Skipped');
});

test('the list is accessible, with its filters and its dialog', async ({ page, expectAccessibleInThemes }) => {
  const files = [1, 2, 3].map((n) => ({ name: `${n}.png`, bytes: png(60, 40, [n * 60, 90, 200]) }));
  await createProject(page, files, ['yes', 'no']);
  await page.keyboard.press('1');
  await openItems(page);
  await expect(row(page, 1).locator('img')).toBeVisible();
  await row(page, 2).click();
  await expectAccessibleInThemes();
  await page.getByRole('button', { name: 'any status' }).click();
  await expectAccessibleInThemes();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Label…' }).click();
  await expectAccessibleInThemes();
});

test('@phone a compact list: a tap opens, the box selects', async ({ page, expectAccessible }) => {
  await createProject(page, [numberedTexts(50)], ['yes', 'no']);
  await openItems(page);
  await row(page, 2).locator('[data-check]').tap();
  await row(page, 4).locator('[data-check]').tap();
  await expect(page.getByText('2 items selected')).toBeVisible();
  await expectAccessible();
  await page.getByRole('button', { name: 'Select none' }).tap();
  await row(page, 3).locator('.item').tap();
  await expect(item(page)).toHaveText('This is text number 3.');
});
