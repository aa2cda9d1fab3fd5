import type { Page } from '@playwright/test';
import { expect, test } from './support/test';
import { goTo, openRated } from './support/rated';
import { ratedProject, singleChoice, textRecords, type Rating } from '../support/rated-project';

// Signing what four people said, and four looks of axe, take their time on a small machine.
test.slow();

const SOON = { timeout: 20_000 };
const CLASSES = ['cat', 'dog', 'bird'];
const PEOPLE = ['Ben', 'Chidi', 'Dora', 'Emil'];
const ITEMS = 60;

/**
 * Ben, Chidi and Dora answer all items alike, but Dora every tenth otherwise; Emil says cat to a half of them, and is quick about it.
 */
function ratings(): Rating[] {
  const truth = (item: number) => item % CLASSES.length;
  const said = (by: number, item: number): number => {
    if (by === 2 && item % 10 === 0) return (truth(item) + 1) % CLASSES.length;
    return by === 3 && item % 2 === 0 ? 0 : truth(item);
  };
  return Array.from({ length: ITEMS * PEOPLE.length }, (_, n) => {
    const [by, item] = [n % PEOPLE.length, Math.floor(n / PEOPLE.length)];
    return { by, item, values: { label: [CLASSES[said(by, item)]!] }, leadMs: by === 3 ? 150 : 2_000 };
  });
}

async function openQuality(page: Page): Promise<void> {
  const rated = await ratedProject({
    people: PEOPLE.map((name) => ({ name })),
    records: textRecords(Array.from({ length: ITEMS }, (_, n) => `This is text ${n}`)),
    schema: singleChoice(CLASSES),
    ratings: ratings(),
    settings: { minAnnotators: 4 },
    perCommit: 100,
  });
  await openRated(page, rated);
  await goTo(page, 'quality');
  await expect(sentence(page)).toBeVisible(SOON);
}

const sentence = (page: Page) => page.getByText(/^Agreement is (good|fair|poor): alpha/);
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

test('says how far people agree, and every figure opens what it was made of', async ({ page, expectAccessible }) => {
  await openQuality(page);
  await expect(sentence(page)).toHaveText(
    /^Agreement is \w+: alpha 0\.\d\d \(0\.\d\d-0\.\d\d\) over 60 items by 4 people\.$/,
  );
  // Ben and Chidi never differ: kappa is 1, whatever the classes are.
  const pairs = panel(page, 'Pairs of people');
  await expect(pairs.getByRole('link', { name: /^Ben and Chidi: 1\.00/ })).toBeVisible();
  await panel(page, 'Over time')
    .getByRole('button', { name: /^Show as table/ })
    .click();
  await expect(panel(page, 'Over time').getByRole('row').last()).toContainText('240');
  await expectAccessible();

  await pairs
    .getByRole('link', { name: /^Ben and Emil: 0\.\d\d .* over 60 items$/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/review\?which=disagreed&authors=[a-z2-7]+,[a-z2-7]+$/);
  await page.goBack();

  // Of 60 items Dora says another class of 6; of 30 that Emil calls cat, 20 are something else.
  const mixed = panel(page, 'Which classes are mixed up');
  await mixed
    .getByRole('link', { name: /^One said cat, the other bird/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/review\?which=disagreed&classes=label:cat:bird$/);
  await page.goBack();

  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Figures as JSON' }).click();
  expect((await saved).suggestedFilename()).toMatch(/\.json$/);
});

test('says of each person how far to trust them, by keyboard alone', async ({ page, expectAccessible }) => {
  await openQuality(page);
  const people = panel(page, 'People');
  // Who is least like the consensus comes first.
  await people.getByRole('button', { name: 'Consensus' }).focus();
  await page.keyboard.press('Enter');
  await expect(people.getByRole('columnheader', { name: /^Consensus/ })).toHaveAttribute('aria-sort', 'ascending');
  await expect(people.getByRole('rowheader').first()).toContainText('Emil');
  await people.getByRole('link', { name: 'Emil' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Emil' })).toBeVisible();
  await expect(page.getByText(/60 labels/)).toBeVisible();
  await expect(panel(page, 'What they mix up most').getByRole('row').nth(1)).toContainText('cat');
  await expectAccessible();
  await page.getByRole('link', { name: 'Their work' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/review\?which=annotated&authors=[a-z2-7]+$/);
});

test('fits a phone @phone', async ({ page, expectAccessible }) => {
  await openQuality(page);
  await expect(page.getByRole('img', { name: /^alpha went from/ })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await expectAccessible();
  await goTo(page, 'people');
  await expect(page.getByRole('link', { name: /^Labels of Ben: \d+ % agreed/ })).toBeVisible(SOON);
  await expectAccessible();
});

test('says what is missing while one person has answered, and lets several be asked', async ({ page }) => {
  const rated = await ratedProject({
    people: [{ name: 'Ben' }],
    records: textRecords(['one', 'two', 'three']),
    schema: singleChoice(CLASSES),
    ratings: [{ by: 0, item: 0, values: { label: ['cat'] } }],
  });
  await openRated(page, rated);
  await goTo(page, 'quality');
  await expect(page.getByText('Agreement cannot be said yet: one person has answered, 1 item so far.')).toBeVisible(
    SOON,
  );
  await goTo(page, 'settings#quality');
  await page.getByLabel('People per item').fill('2');
  await page.keyboard.press('Enter');
  await page.getByRole('radio', { name: '10 %' }).check();
  await page.getByText('More', { exact: true }).last().click();
  await page.getByLabel('Consensus model').selectOption('Dawid-Skene');
  await page.getByLabel('Warn below').fill('0.6');
  await page.keyboard.press('Enter');
  await page.reload();
  await expect(page.getByRole('radio', { name: '10 %' })).toBeChecked();
  await page.getByText('More', { exact: true }).last().click();
  await expect(page.getByLabel('Consensus model')).toHaveValue('dawid-skene');
  await expect(page.getByLabel('Warn below')).toHaveValue('0.6');
  await expect(page.getByLabel('Look after every')).toHaveValue('200');
});
