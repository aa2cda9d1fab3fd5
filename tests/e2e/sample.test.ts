import type { Page } from '@playwright/test';
import { keptOffline } from './support/offline';
import { doneCount, item } from './support/project';
import { expect, test } from './support/test';

const card = (page: Page) => page.getByRole('dialog', { name: /./ }).filter({ hasText: /\d of 6/ });
const step = (page: Page, number: number) => expect(card(page)).toContainText(`${number} of 6`);

async function trySample(page: Page): Promise<void> {
  await page.goto('./');
  await page.getByRole('button', { name: 'Try the sample' }).click();
  await expect(item(page)).toHaveAccessibleName('Item 1');
  await step(page, 1);
}

test('from the first page to a labelled item in the tour, by keyboard only', async ({ page }) => {
  await page.goto('./');
  await expect(page.locator('html[data-ready]')).toBeAttached();
  const sample = page.getByRole('button', { name: 'Try the sample' });
  for (let presses = 0; presses < 10 && !(await sample.evaluate((one) => one === document.activeElement)); presses++)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(item(page)).toHaveAccessibleName('Item 1');
  await step(page, 1);
  const before = await doneCount(page);

  // The first proposal is right: accepting it tells how answers are given.
  await page.keyboard.press('Enter');
  await expect(item(page)).toHaveAccessibleName('Item 2');
  await expect.poll(() => doneCount(page)).toBe(before + 1);
  await step(page, 3);

  // The ferry is framed as a fishing boat.
  const fishing = page.getByRole('button', { name: 'Fishing boat', exact: true });
  for (let boxes = 0; boxes < 6 && (await fishing.getAttribute('aria-pressed')) !== 'true'; boxes++)
    await page.keyboard.press('Tab');
  await page.keyboard.press('6');
  await expect(page.getByRole('button', { name: 'Ferry', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await step(page, 4);
  await page.keyboard.press('g');
  await step(page, 5);
  await page.keyboard.press('Control+z');
  await step(page, 6);
  await page.getByRole('button', { name: 'Done' }).focus();
  await page.keyboard.press('Enter');
  await expect(card(page)).toBeHidden();
  // The work has the focus again.
  await page.keyboard.press('j');
  await expect(item(page)).toHaveAccessibleName('Item 3');
});

test('the tour by touch @phone', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Try the sample' }).tap();
  await step(page, 1);
  await card(page).getByRole('button', { name: 'Next' }).tap();
  await expect(card(page)).toContainText('Answer with a tap');
  await page.getByRole('button', { name: /^Accept/ }).tap();
  await expect(item(page)).toHaveAccessibleName('Item 2');
  await step(page, 3);
  for (const number of [4, 5, 6]) {
    await card(page).getByRole('button', { name: 'Next' }).tap();
    await step(page, number);
    const box = await card(page).boundingBox();
    const window = page.viewportSize();
    expect(box && window && box.x >= 0 && box.y >= 0 && box.x + box.width <= window.width).toBe(true);
    expect(box && window && box.y + box.height <= window.height).toBe(true);
  }
  await card(page).getByRole('button', { name: 'Done' }).tap();
  await expect(card(page)).toBeHidden();
  await page.getByRole('button', { name: 'Skip', exact: true }).tap();
  await expect(item(page)).toHaveAccessibleName('Item 3');
});

test('the tour is left at any time and does not come back, until it is asked for', async ({ page }) => {
  await trySample(page);
  await page.keyboard.press('Escape');
  await expect(card(page)).toBeHidden();
  await page.reload();
  await expect(item(page)).toHaveAccessibleName('Item 1');
  await expect(card(page)).toBeHidden();
  await page.getByRole('link', { name: 'Projects' }).click();
  await page.getByRole('button', { name: 'Try the sample' }).click();
  await expect(item(page)).toHaveAccessibleName('Item 1');
  await expect(card(page)).toBeHidden();

  await page.keyboard.press('?');
  await page.getByRole('button', { name: 'Take the tour', exact: true }).click();
  await step(page, 1);
  await card(page).getByRole('button', { name: 'Leave the tour' }).click();
  await expect(card(page)).toBeHidden();
});

test('the tour goes on after a reload, and ends where its last step leads', async ({ page }) => {
  await trySample(page);
  await card(page).getByRole('button', { name: 'Next' }).click();
  await step(page, 2);
  await page.reload();
  await step(page, 2);
  for (const number of [3, 4, 5, 6]) {
    await card(page).getByRole('button', { name: 'Next' }).click();
    await step(page, number);
  }
  await page.getByRole('link', { name: 'Items' }).click();
  await expect(page.getByText('180 items')).toBeVisible();
  await page.getByRole('link', { name: 'Label', exact: true }).click();
  await expect(item(page)).toBeVisible();
  await expect(card(page)).toBeHidden();
});

test('the tour is accessible', async ({ page, expectAccessibleInThemes }) => {
  // Six looks, each at both themes.
  test.slow();
  await trySample(page);
  for (const number of [2, 3, 4, 5, 6]) {
    await expectAccessibleInThemes();
    await card(page).getByRole('button', { name: 'Next' }).click();
    await step(page, number);
  }
  await expectAccessibleInThemes();
});

test('there is one sample, made again only where it was deleted', async ({ page }) => {
  await trySample(page);
  const address = page.url();
  await page.getByRole('link', { name: 'Projects' }).click();
  await page.getByRole('button', { name: 'Try the sample' }).click();
  await expect(item(page)).toBeVisible();
  expect(page.url()).toBe(address);

  await page.getByRole('link', { name: 'Projects' }).click();
  await page.getByRole('button', { name: /^More for Sample/ }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete the project' }).click();
  await page.getByRole('button', { name: 'Try the sample' }).click();
  await expect(item(page)).toBeVisible();
  expect(page.url()).not.toBe(address);
});

test('the sample is made without a network, guidelines and tour included', async ({ page, context }) => {
  await page.goto('./');
  await keptOffline(page);
  await context.setOffline(true);
  await page.reload();
  await page.getByRole('button', { name: 'Try the sample' }).click();
  await expect(item(page)).toHaveAccessibleName('Item 1');
  await step(page, 1);
  await expect(page.getByRole('heading', { name: 'Harbour watch' })).toBeVisible();
});

test('the sample shows every tool: boxes, turned boxes, words, a dialogue', async ({ page }) => {
  await trySample(page);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Items' }).click();
  await expect(page.getByText('180 items')).toBeVisible();
  await page.getByRole('searchbox').or(page.getByPlaceholder('any text')).first().fill('That would do nicely');
  await page.getByText('That would do nicely').first().dblclick();
  await expect(page.getByRole('group', { name: 'Earlier turns' })).toContainText('Can the Bosun have a berth');
});
