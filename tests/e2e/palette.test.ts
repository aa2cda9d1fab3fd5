import type { Page } from '@playwright/test';
import { createProject, doneCount, item, numberedTexts } from './support/project';
import { expect, test } from './support/test';

const search = (page: Page) => page.getByRole('combobox', { name: /Find a page/ });

async function open(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await expect(search(page)).toBeFocused();
}

/** Types into the palette and takes the option that is named first. */
async function take(page: Page, typed: string, option: RegExp | string): Promise<void> {
  await open(page);
  await search(page).fill(typed);
  await expect(page.getByRole('listbox').getByRole('option', { selected: true })).toHaveAccessibleName(option);
  await page.keyboard.press('Enter');
  await expect(search(page)).toBeHidden();
}

test('the palette reaches commands, classes, items, pages, sections, formats and projects', async ({ page }) => {
  await createProject(page, [numberedTexts(12)], ['cat', 'dog']);

  await take(page, 'skip', /^Skip/);
  await expect.poll(() => doneCount(page)).toBe(1);
  await take(page, 'dog', /^dog/);
  await expect.poll(() => doneCount(page)).toBe(2);

  await take(page, 'this is text number 11', /number 11/);
  await expect(item(page)).toContainText('This is text number 11.');
  const id = /item=(\w{26})/.exec(page.url())?.[1] ?? '';
  await page.keyboard.press('k');
  await expect(item(page)).toContainText('number 10');
  await take(page, id.slice(0, 12), /number 11/);
  await expect(item(page)).toContainText('This is text number 11.');

  await take(page, 'recovery', /^Recovery code/);
  await expect(page.getByRole('heading', { name: 'Recovery code' })).toBeFocused();
  await take(page, 'theme: d', /^Theme: dark/);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await take(page, 'export as csv', /CSV/);
  await expect(page.getByRole('radio', { name: /^CSV/ })).toBeChecked();

  // Elsewhere than on the labeling screen, a class lists its items: also where the list is open already.
  await take(page, 'dog', /^dog/);
  await expect(page).toHaveURL(/items\?class=/);
  await expect(page.getByRole('row', { name: /dog/ })).toHaveCount(1);
  await take(page, 'cat', /^cat/);
  await expect(page.getByText('Nothing fits this filter')).toBeVisible();

  await take(page, 'new pro', /^New project/);
  await expect(page).toHaveURL(/#\/new$/);
  await take(page, 'texts', /^texts/);
  await expect(item(page)).toBeVisible();
});

test('the palette is driven by keys, and by what was used last', async ({ page }) => {
  await createProject(page, [numberedTexts(3)], ['cat', 'dog']);
  await take(page, 'flag', /^Flag/);
  await open(page);
  // Nothing is typed: what was used last stands first.
  await expect(page.getByRole('option', { selected: true })).toHaveAccessibleName(/^Flag/);
  const options = page.getByRole('option');
  await page.keyboard.press('End');
  await expect(options.last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Home');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  const active = await search(page).getAttribute('aria-activedescendant');
  await expect(options.first()).toHaveAttribute('id', active ?? '');
  await search(page).fill('zzzz');
  await expect(page.getByText('Nothing is called that.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(search(page)).toBeHidden();
  // Its own key closes it, too, and the work has its keys again.
  await open(page);
  await page.keyboard.press('ControlOrMeta+k');
  await expect(search(page)).toBeHidden();
  await page.keyboard.press('j');
  await expect(item(page)).toContainText('number 2');
});

test('the palette opens from a field in which one types, and from a button', async ({ page }) => {
  await page.goto('./#/settings');
  await page.getByLabel('Your name').fill('Ada');
  await open(page);
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('Your name')).toBeFocused();
  await expect(page.getByLabel('Your name')).toHaveValue('Ada');
  await page.getByRole('button', { name: 'Find anything', exact: true }).click();
  await expect(search(page)).toBeFocused();
});

test('a phone reaches the palette and the other pages by “More” @phone', async ({ page }) => {
  await createProject(page, [numberedTexts(3)], ['cat', 'dog']);
  await page.getByRole('button', { name: 'More' }).tap();
  await page.getByRole('menuitem', { name: 'Find anything' }).tap();
  await search(page).fill('export');
  await page
    .getByRole('option', { name: /^Export/ })
    .first()
    .tap();
  await expect(page).toHaveURL(/\/export$/);
  await page.getByRole('button', { name: 'More' }).tap();
  await page.getByRole('menuitem', { name: 'This device' }).tap();
  await expect(page.getByRole('heading', { name: 'Keys' })).toBeVisible();
});
