import type { Locator, Page } from '@playwright/test';
import { DEFAULT_SETTINGS } from '#core/model/project';
import { ratedProject, singleChoice, textRecords, type Rating } from '../support/rated-project';
import { goTo, openRated } from './support/rated';
import { expect, test } from './support/test';

/** Ben, Cleo and Dan say something of the first three birds; of the fourth they agree. */
const SAID = [
  ['owl', 'owl', 'lark'],
  ['lark', 'owl', 'lark'],
  ['owl', 'lark', 'lark'],
  ['owl', 'owl', 'owl'],
] as const;

const birds = () =>
  ratedProject({
    people: [{ name: 'Ben' }, { name: 'Cleo' }, { name: 'Dan' }],
    records: textRecords(['Hoots at night.', 'Sings at dawn.', 'Flies by day.', 'Turns its head around.']),
    schema: singleChoice(['owl', 'lark', 'wren']),
    ratings: SAID.flatMap((said, item) => said.map((id, by): Rating => ({ by, item, values: { label: [id] } }))),
    settings: {
      minAnnotators: 3,
      workflow: { ...DEFAULT_SETTINGS.workflow, furtherAnnotators: 0, review: 0 },
    },
  });

const openReview = async (page: Page) => {
  await openRated(page, await birds());
  await goTo(page, 'review?which=disputed');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('texts.csv');
};

const rows = (page: Page): Locator => page.getByRole('list', { name: 'Queue' }).getByRole('button');
const card = (page: Page, name: string): Locator => page.getByRole('button', { name: new RegExp(`^\\S* ?${name}`) });

test('three items are decided by keyboard, and each decision can be undone', async ({ page }) => {
  await openReview(page);
  await expect(rows(page)).toHaveCount(3);

  const shown = async () => (await page.locator('header h1').innerText()).slice(-2);
  const first = await shown();
  await page.keyboard.press('2');
  await expect(card(page, 'Cleo')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Enter');
  await expect.poll(shown).not.toBe(first);

  const second = await shown();
  await page.keyboard.press('c');
  await expect(card(page, 'Consensus')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Enter');
  await expect.poll(shown).not.toBe(second);

  // The third is what nobody said: it is written.
  await page.keyboard.press('e');
  await expect(page.getByRole('region', { name: 'Change the answer' })).toBeVisible();
  await page.keyboard.press('3');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Nothing is disputed' })).toBeVisible();
  await expect(page.getByText('0 items')).toBeVisible();

  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByText('Undone: resolve')).toBeVisible();
  await expect(page.locator('header .badge')).toHaveText('Disputed');
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(page.locator('header .badge')).toHaveText('Completed');

  await goTo(page, 'items?status=completed');
  await expect(page.getByRole('row').filter({ hasText: 'wren' })).toHaveCount(1);
  await expect(page.getByRole('row').filter({ hasText: 'Completed' })).toHaveCount(4);
});

test('an item is sent back with a word for its annotators, and accepted after all', async ({
  page,
  expectAccessible,
}) => {
  await openReview(page);
  await expectAccessible();
  const name = await page.locator('header h1').innerText();
  await page.keyboard.press('r');
  await page.keyboard.type('Look at the hour.');
  await page.keyboard.press('Enter');
  await expect(page.locator('header h1')).not.toHaveText(name);
  await page.keyboard.press('k');
  await expect(page.locator('header .badge')).toHaveText('In progress');
  const talk = page.getByRole('region', { name: 'Comments' });
  await expect(talk).toContainText('Look at the hour.');
  await expect(talk).toContainText('sent it back');

  await page.keyboard.press('a');
  await expect(page.locator('header h1')).not.toHaveText(name);
  await page.keyboard.press('k');
  await expect(page.locator('header .badge')).toHaveText('Completed');
});

test('@phone one answer is looked at after the other, by thumb', async ({ page, expectAccessible }) => {
  await openReview(page);
  await expect(page.getByRole('tab')).toHaveCount(4);
  await page.getByRole('tab', { name: 'Dan' }).tap();
  await card(page, 'Dan').tap();
  await expect(card(page, 'Dan')).toHaveAttribute('aria-pressed', 'true');
  await expectAccessible();
  for (const button of await page.locator('.bar').getByRole('button').all()) {
    const box = await button.boundingBox();
    expect(Math.min(box!.width, box!.height)).toBeGreaterThanOrEqual(44);
  }
  const name = await page.locator('header h1').innerText();
  await page.getByRole('button', { name: 'Decide' }).tap();
  await expect(page.locator('header h1')).not.toHaveText(name);
});
