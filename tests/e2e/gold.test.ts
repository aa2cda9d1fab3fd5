import type { Page } from '@playwright/test';
import { DEFAULT_SETTINGS } from '#core/model/project';
import { ratedProject, singleChoice, textRecords, type Rating } from '../support/rated-project';
import { Others, inviteLink, joinBy, meets } from './support/peers';
import { createProject, item, numberedTexts } from './support/project';
import { goTo, openRated } from './support/rated';
import { expect, test as base } from './support/test';

const test = base.extend<{ others: Others }>({
  others: async ({ browser, faults, baseURL }, use) => {
    const others = new Others(browser, faults, baseURL!);
    await use(others);
    await others.close();
  },
});
test.slow();

const SOON = { timeout: 30_000 };
const answers = (page: Page) => page.getByRole('region', { name: /known answer/ }).getByRole('listitem');

/** Calls a command by its name, as whoever does not know its keys. */
async function call(page: Page, command: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: /Find a page/ }).fill(command);
  await page.keyboard.press('Enter');
}

/** Labels the item on the screen with the class of this key, and says that this is known. */
async function setKnown(page: Page, key: string): Promise<void> {
  const shown = await item(page).getAttribute('aria-label');
  await page.keyboard.press(key);
  await expect(page.getByRole('region', { name: shown!, exact: true })).toBeHidden();
  await page.keyboard.press('k');
  await expect(page.getByRole('region', { name: shown!, exact: true })).toBeVisible();
  await call(page, 'This answer is known');
  await expect(page.getByText('Known from now on')).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.getByRole('region', { name: shown!, exact: true })).toBeHidden();
}

test('what is known tells who is right; who is not is paused, and let go on', async ({ page, expectAccessible }) => {
  const records = textRecords(['Hoots at night.', 'Sings at dawn.', 'Flies by day.', 'Turns its head around.']);
  await openRated(
    page,
    await ratedProject({
      people: [{ name: 'Ben' }, { name: 'Dan' }],
      records,
      schema: singleChoice(['owl', 'lark']),
      ratings: records.flatMap((_, n): Rating[] => [
        { by: 0, item: n, values: { label: ['owl'] } },
        { by: 1, item: n, values: { label: ['lark'] } },
      ]),
      settings: { minAnnotators: 3, gold: { ...DEFAULT_SETTINGS.gold, least: 2 } },
    }),
  );
  await goTo(page, 'gold');
  await expect(page.getByRole('heading', { name: 'No answer is known yet' })).toBeVisible();
  await expectAccessible();
  await page.getByRole('link', { name: 'Label', exact: true }).first().click();
  await item(page).waitFor();
  await setKnown(page, '1');
  await setKnown(page, '1');
  await call(page, 'Gold');
  await expect(answers(page)).toHaveCount(2);
  await expect(answers(page).first()).toContainText('owl');
  await expect(answers(page).first()).toContainText('1 of 2 right');

  const dan = page.getByRole('region', { name: 'Annotators' }).getByRole('listitem').filter({ hasText: 'Dan' });
  await expect(dan).toContainText('Paused: 0 of 2 known answers were right', SOON);
  await expectAccessible();
  await page.getByRole('button', { name: 'Let Dan go on' }).focus();
  await page.keyboard.press('Enter');
  await expect(dan).toContainText('No known answer given yet');
  await expect(page.getByRole('listitem').filter({ hasText: 'Ben' })).toContainText('2 of 2 right, 100 %');

  await answers(page).first().getByRole('button').click();
  await page.getByRole('menuitem', { name: 'Take back' }).click();
  await expect(answers(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(answers(page)).toHaveCount(2);
});

test('a newcomer practises, is told how they did, and begins; paused, they read why', async ({ page, others }) => {
  await createProject(page, [numberedTexts(12)], ['cat', 'dog']);
  await setKnown(page, '1');
  await setKnown(page, '1');
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByLabel('Items to practise on first').fill('2');
  await page.keyboard.press('Enter');
  await call(page, 'Gold');
  await page.getByRole('button', { name: 'Prepare practice' }).click();
  const dialog = page.getByRole('dialog', { name: 'Prepare practice' });
  await expect(dialog).toContainText('cannot be taken back');
  await dialog.getByRole('button', { name: 'Use 2 items' }).click();
  await expect(answers(page).filter({ hasText: 'to practise on' })).toHaveCount(2);

  const link = await inviteLink(page);
  const ben = await others.page();
  await joinBy(ben, link, 'Ben');
  await meets(ben, 2);
  const practice = ben.getByText(/^Practice \d of 2$/);
  await expect(practice).toHaveText('Practice 0 of 2', SOON);
  await ben.keyboard.press('2');
  await expect(ben.getByText('The answer would have been cat.')).toBeVisible();
  await expect(practice).toHaveText('Practice 1 of 2');
  await ben.keyboard.press('1');
  await expect(ben.getByRole('heading', { name: 'Try once more' })).toBeVisible();
  await expect(ben.getByText('1 of 2 were right, and 2 have to be.')).toBeVisible();
  await ben.keyboard.press('Enter');
  await item(ben).waitFor();
  await ben.keyboard.press('1');
  await expect(practice).toHaveText('Practice 1 of 2');
  await ben.keyboard.press('1');
  await expect(ben.getByRole('heading', { name: 'You are ready' })).toBeVisible();
  await ben.keyboard.press('Enter');
  await item(ben).waitFor();
  await ben.keyboard.press('1');
  await expect(practice).toHaveCount(0);

  await call(page, 'Gold');
  await page.getByRole('button', { name: 'Pause Ben' }).click();
  await expect(ben.getByRole('heading', { name: 'You are paused' })).toBeVisible(SOON);
  await page.getByRole('button', { name: 'Let Ben go on' }).click();
  await expect(item(ben)).toBeVisible(SOON);
});
