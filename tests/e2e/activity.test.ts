import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { createProject, doneCount, item, numberedTexts } from './support/project';
import { expect, test } from './support/test';

/** The sentences on the page, each without what stands beside it. */
const sentences = (page: Page) => page.getByRole('list', { name: 'What happened' }).getByRole('listitem').locator('p');

/** Labels a text, skips one and takes that back, labels all at once, and asks for two annotations. */
async function work(page: Page): Promise<void> {
  await createProject(page, [numberedTexts(6)], ['cat', 'dog']);
  await page.keyboard.press('1');
  await expect(item(page)).toHaveAccessibleName('Item 2');
  await page.keyboard.press('s');
  await expect(item(page)).toHaveAccessibleName('Item 3');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(item(page)).toHaveAccessibleName('Item 2');
  await expect.poll(() => doneCount(page)).toBe(1);
  await page.keyboard.press('Shift+I');
  await page.getByRole('grid').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('l');
  await page.getByRole('dialog').getByRole('button', { name: 'dog' }).click();
  await page.getByRole('button', { name: 'Label 6 items' }).click();
  await expect.poll(() => doneCount(page)).toBe(6);
  await page.keyboard.press('Shift+S');
  const annotators = page.getByLabel('People per item');
  await annotators.fill('2');
  await annotators.press('Enter');
  await expect.poll(() => doneCount(page)).toBe(0);
  await annotators.blur();
}

const DONE = [
  'asked for 2 annotations of each item',
  'labelled 6 items',
  'took back their answer to texts.csv #2',
  'skipped texts.csv #2',
  'labelled texts.csv #1 as cat',
  'added 6 items',
];

/** What the sentences on the page say was done, without who did it. */
const done = async (page: Page) =>
  (await sentences(page).allInnerTexts()).map((text) => text.replace(/^Owner /, '').replaceAll(/\s+/g, ' '));

test('what was done stands there as sentences, newest first; of many at once, as one that opens', async ({ page }) => {
  await work(page);
  await page.keyboard.press('Shift+A');
  await expect(page).toHaveTitle(/^Activity/);
  await expect(sentences(page).first()).toContainText('asked for 2 annotations');
  expect((await done(page)).slice(0, DONE.length)).toEqual(DONE);
  await expect(page.getByRole('img', { name: 'Signed, and it counts' })).toHaveCount((await done(page)).length);

  await page.getByRole('listitem').filter({ hasText: 'labelled 6 items' }).getByRole('button').click();
  const details = page.getByRole('dialog', { name: 'What happened' });
  await expect(details).toContainText('It counts.');
  await expect(details).toContainText('checked now on this device');
  await expect(details.getByRole('listitem')).toHaveText(
    Array.from({ length: 6 }, (_, at) => new RegExp(`^labelled texts.csv #${at + 1}\\s+as dog$`)),
  );
  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();
  await page.getByRole('link', { name: 'texts.csv #2' }).first().click();
  await expect(item(page)).toHaveAccessibleName('Item 2');
});

test('it is filtered by kind and by person', async ({ page }) => {
  await work(page);
  await page.keyboard.press('Shift+A');
  const kinds = page.getByRole('group', { name: 'What is shown' });
  await kinds.getByRole('button', { name: 'Labels' }).click();
  await expect(sentences(page)).toHaveCount(4);
  expect(await done(page)).toEqual(DONE.slice(1, 5));
  await kinds.getByRole('button', { name: 'Items' }).click();
  await expect(sentences(page)).toHaveCount(5);
  await kinds.getByRole('button', { name: 'Project' }).click();
  await expect(sentences(page).first()).toContainText('asked for 2 annotations of each item');
  for (const kind of ['Labels', 'Items', 'Project']) await kinds.getByRole('button', { name: kind }).click();
  await kinds.getByRole('button', { name: 'Reviews' }).click();
  await expect(page.getByText('Nothing of this kind')).toBeVisible();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect(sentences(page).last()).toContainText('founded the project');
  await kinds.getByRole('combobox', { name: 'By whom' }).selectOption({ label: 'Owner (you)' });
  await expect(sentences(page).last()).toContainText('founded the project');
});

test('the audit trail holds every event, oldest first, with all that it says', async ({ page }) => {
  await work(page);
  await page.keyboard.press('Shift+A');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Audit trail' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('texts-activity.jsonl');
  const text = await readFile(await download.path(), 'utf8');
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown> & { readonly event: Record<string, unknown> });
  const types = lines.map(({ type }) => type);
  expect(types[0]).toBe('project.founded');
  expect(types.slice(types.indexOf('annotation.submitted'))).toEqual([
    ...['annotation.submitted', 'item.skipped', 'annotation.withdrawn'],
    ...Array.from({ length: 6 }, () => 'annotation.submitted'),
    'settings.changed',
  ]);
  expect(lines.every(({ standing, name }) => standing === 'counts' && name === 'Owner')).toBe(true);
  expect(lines.at(-1)!.event).toEqual({ settings: { minAnnotators: 2 } });
  const labelled = lines.filter(({ type }) => type === 'annotation.submitted').map(({ event }) => event);
  expect(labelled.map(({ values }) => Object.values(values as Record<string, unknown>))).toEqual([
    [['cat']],
    ...Array.from({ length: 6 }, () => [['dog']]),
  ]);
  expect(labelled.map(({ from }) => from)).toEqual(['person', ...Array.from({ length: 6 }, () => 'bulk')]);
});

test('@phone it is reached from More, and is read without scrolling sideways', async ({ page }) => {
  await createProject(page, [numberedTexts(3)], ['cat', 'dog']);
  await page.getByRole('button', { name: 'More', exact: true }).tap();
  await page.getByRole('menuitem', { name: 'Activity' }).tap();
  await expect(sentences(page).first()).toContainText('added 3 items');
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
