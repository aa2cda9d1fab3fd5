import type { Page } from '@playwright/test';
import { chooseFiles, createProject, item, numberedTexts } from './support/project';
import { expect, test } from './support/test';

const shows = (page: Page, text: number) => expect(item(page)).toHaveText(`This is text number ${text}.`);
const chosen = (page: Page, name: string) =>
  expect(page.getByRole('button', { name, exact: true, pressed: true })).toBeVisible();

test('by keyboard alone: label, skip, go back, change, undo, redo, and find it all after a reload', async ({
  page,
}) => {
  await createProject(page, [numberedTexts(20)], ['yes', 'no', 'maybe']);
  await page.keyboard.press('1');
  await shows(page, 2);
  await page.keyboard.press('2');
  await page.keyboard.press('s');
  await shows(page, 4);

  await page.keyboard.press('k');
  await shows(page, 3);
  await expect(page.getByText('Skipped', { exact: true })).toBeVisible();
  await page.keyboard.press('k');
  await chosen(page, 'no');
  await page.keyboard.press('3');
  await shows(page, 4);

  await page.keyboard.press('ControlOrMeta+z');
  await shows(page, 2);
  await chosen(page, 'no');
  await page.keyboard.press('ControlOrMeta+z');
  await shows(page, 3);
  await page.keyboard.press('Shift+ControlOrMeta+z');
  await shows(page, 3);
  await page.keyboard.press('ControlOrMeta+y');
  await shows(page, 2);
  await chosen(page, 'maybe');

  await expect(page.locator('.figures').first()).toContainText('3 / 20');
  await page.reload();
  await shows(page, 4);
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await shows(page, 2);
  await chosen(page, 'maybe');
});

test('a key that is held down labels one item, and the page says what was done to those who listen', async ({
  page,
}) => {
  await createProject(page, [numberedTexts(20)], ['yes', 'no']);
  await page.keyboard.down('1');
  for (let repeat = 0; repeat < 5; repeat++) await page.keyboard.down('1');
  await page.keyboard.up('1');
  await shows(page, 2);
  await expect(
    page.locator('[aria-live=polite]', { hasText: 'Saved: yes. Item 2: This is text number 2.' }),
  ).toBeAttached();
});

test('a note is a draft at once, goes with the answer, and stands in the history', async ({ page }) => {
  await createProject(page, [numberedTexts(5)], ['yes', 'no']);
  await page.keyboard.press('n');
  await page.keyboard.type('1 or 2?');
  await shows(page, 1);
  await page.reload();
  await expect(page.getByLabel('Note on this item')).toHaveValue('1 or 2?');
  await page.keyboard.press('f');
  await page.keyboard.press('1');
  await shows(page, 2);
  await expect(page.getByLabel('Note on this item')).toBeHidden();
  await page.keyboard.press('k');
  await page.keyboard.press('g');
  await page.getByRole('tab', { name: 'History' }).click();
  const history = page.getByRole('tabpanel');
  await expect(history).toContainText('labelled it yes');
  await expect(history).toContainText('1 or 2?');
  await expect(history).toContainText('flagged it: Needs another look');
  await page.getByRole('tab', { name: 'Details' }).click();
  await expect(history).toContainText('texts.csv, row 1');
});

test('among many classes they are found by typing, and the recent ones by a digit', async ({
  page,
  expectAccessible,
}) => {
  const names = Array.from({ length: 40 }, (_, at) => `topic ${String.fromCharCode(97 + (at % 26))}${at} sort`);
  await createProject(page, [numberedTexts(30)], [...names, 'card arrival', 'card payment fee', 'arrival of a card']);
  const search = page.getByRole('combobox', { name: /^Search 43 classes/ });
  await expect(search).toBeFocused();
  await page.keyboard.type('arr card');
  await expect(page.getByRole('option')).toHaveText([/^\s*arrival of a card/, /^\s*card arrival/]);
  await expectAccessible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await shows(page, 2);
  await page.keyboard.type('fee');
  await page.keyboard.press('Enter');
  await shows(page, 3);
  await expect(search).toHaveValue('');
  await page.keyboard.press('1');
  await shows(page, 4);
  await page.keyboard.press('Alt+k');
  await expect(page.getByRole('option', { selected: true })).toHaveText(/card arrival/);
  await page.keyboard.press('Alt+j');
  await page.keyboard.press('Alt+s');
  await shows(page, 5);
  await page.keyboard.press('ControlOrMeta+z');
  await shows(page, 4);
  await page.keyboard.press('Escape');
  await page.keyboard.press('s');
  await shows(page, 5);
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
});

test('every key of the screen is listed', async ({ page, expectAccessible }) => {
  await createProject(page, [numberedTexts(3)], ['yes', 'no']);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  for (const line of ['yes 1', 'no 2', 'Skip S', 'Next item J', 'Previous item K', 'Flag F', 'Note N', 'All keys ?']) {
    await expect(help.locator('dl > div').filter({ hasText: line })).toBeVisible();
  }
  await expectAccessible();
  await page.keyboard.press('s');
  await page.keyboard.press('Escape');
  await shows(page, 1);
  await page.keyboard.press('s');
  await shows(page, 2);
});

test('the end of the queue says what to do next', async ({ page, expectAccessible }) => {
  await createProject(page, [numberedTexts(2)], ['yes', 'no']);
  await page.keyboard.press('1');
  await page.keyboard.press('s');
  await expect(page.getByRole('heading', { name: 'All items are labelled' })).toBeVisible();
  await expect(page.getByText('2 items answered, 1 of them skipped.')).toBeVisible();
  await expectAccessible();
  await page.keyboard.press('k');
  await shows(page, 2);
  await page.keyboard.press('2');
  await expect(page.getByRole('link', { name: 'Export' }).last()).toBeVisible();
});

test('the screen is accessible, with its panel', async ({ page, expectAccessibleInThemes }) => {
  await createProject(page, [numberedTexts(5)], ['yes', 'no', 'maybe']);
  await page.keyboard.press('1');
  await page.keyboard.press('k');
  await page.keyboard.press('f');
  for (const tab of ['Guidelines', 'Details', 'History']) {
    if (tab === 'Guidelines') await page.keyboard.press('g');
    else await page.getByRole('tab', { name: tab }).click();
    await expectAccessibleInThemes();
  }
  await page.reload();
  await expect(page.getByRole('tab', { name: 'History', selected: true })).toBeVisible();
});

test('@phone by thumb: everything is a button of 44 pixels, the panel is a sheet', async ({
  page,
  expectAccessible,
}) => {
  await createProject(page, [numberedTexts(5)], ['yes', 'no', 'maybe']);
  for (const button of await page.locator('.bar').getByRole('button').all()) {
    if (!(await button.isVisible())) continue;
    const box = (await button.boundingBox())!;
    expect(Math.min(box.width, box.height), await button.innerText()).toBeGreaterThanOrEqual(44);
  }
  await page.getByRole('button', { name: 'no', exact: true }).tap();
  await shows(page, 2);
  await page.getByRole('button', { name: 'Skip' }).tap();
  await page.getByRole('button', { name: 'Previous item' }).tap();
  await shows(page, 2);
  await page.getByRole('button', { name: 'Undo' }).tap();
  await expect(page.getByText('To do')).toBeVisible();
  await page.getByRole('button', { name: 'Guidelines and details' }).tap();
  await expect(page.getByRole('dialog', { name: 'About this item' })).toBeVisible();
  await expectAccessible();
  await page.getByRole('button', { name: 'Fold away' }).tap();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('several classes are a draft until Enter, also over a reload', async ({ page }) => {
  await page.goto('./#/new');
  await chooseFiles(page, [numberedTexts(5)]);
  await page.getByLabel('Classes').fill('red\ngreen\nblue');
  await page.getByRole('radio', { name: /several/i }).check();
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await shows(page, 1);
  await page.keyboard.press('3');
  await page.keyboard.press('1');
  await page.keyboard.press('2');
  await page.keyboard.press('ControlOrMeta+z');
  await chosen(page, 'blue');
  await expect(page.getByText('not submitted')).toBeVisible();
  await page.reload();
  await shows(page, 1);
  await chosen(page, 'blue');
  await chosen(page, 'red');
  await expect(page.getByRole('button', { name: 'green', exact: true, pressed: false })).toBeVisible();
  await page.keyboard.press('Enter');
  await shows(page, 2);
  await page.keyboard.press('Enter');
  await shows(page, 3);
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await expect(page.getByText('Completed')).toBeVisible();
  await chosen(page, 'red');
});
