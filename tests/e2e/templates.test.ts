import type { Page } from '@playwright/test';
import { png } from './support/png';
import { chooseFiles, doneCount, item, numberedTexts, type GivenFile } from './support/project';
import { expect, test } from './support/test';

const PICTURES: readonly GivenFile[] = [1, 2].map((n) => ({
  name: `cells-${n}.png`,
  bytes: png(120, 90, [230, 200, 200], [n, 0, 0]),
}));
const UTTERANCES: readonly GivenFile[] = [numberedTexts(3)];

/** Makes a project from a template, its lists filled, and waits for the first item. */
async function begin(
  page: Page,
  files: readonly GivenFile[],
  template: string,
  lists: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  await page.goto('./#/new');
  await chooseFiles(page, files);
  await expect(page.getByRole('button', { name: 'Start labeling' })).toBeEnabled();
  await page.getByRole('radio', { name: template, exact: true }).check();
  for (const [list, names] of Object.entries(lists))
    await page.getByRole('textbox', { name: list, exact: true }).fill(names.join('\n'));
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await page.waitForURL(/\/label/);
  await item(page).waitFor();
}

const classesOf = (page: Page, question: string) => page.getByRole('group', { name: question }).getByRole('button');

type Lists = Readonly<Record<string, readonly string[]>>;
/** Files, template, its lists as they are filled, and each question with its class buttons: key, then name. */
const JOURNEYS: readonly (readonly [files: readonly GivenFile[], template: string, lists: Lists, questions: Lists])[] =
  [
    [PICTURES, 'Image classification', { Classes: ['Clear', 'Blurred'] }, { Label: ['1Clear', '2Blurred'] }],
    [PICTURES, 'Boxes', { Classes: ['Red', 'White'] }, { Objects: ['1Red', '2White'] }],
    [UTTERANCES, 'Text classification', { Classes: ['Yes', 'No'] }, { Label: ['1Yes', '2No'] }],
    [UTTERANCES, 'Text spans', { Classes: ['Number', 'Thing'] }, { Entities: ['1Number', '2Thing'] }],
    [
      UTTERANCES,
      'Intent and entities',
      { Intents: ['Ask', 'Tell'], Entities: ['Number', 'Thing'] },
      { Intent: ['1Ask', '2Tell'], Entities: ['3Number', '4Thing'] },
    ],
  ];

for (const [files, template, lists, questions] of JOURNEYS) {
  test(`${template}: from files to the first item`, async ({ page, expectAccessible }) => {
    await begin(page, files, template, lists);
    for (const [question, classes] of Object.entries(questions))
      await expect(classesOf(page, question)).toHaveText(
        classes.map((name) => new RegExp(`^\\s*${name[0]!}\\s*${name.slice(1)}`)),
      );
    if (files === PICTURES) await expect(item(page).locator('canvas').first()).toBeVisible();
    await expectAccessible();
  });
}

test('templates for other files are dimmed and say why; the one that fits is guessed @phone', async ({
  page,
  expectAccessible,
}) => {
  await page.goto('./#/new');
  await expect(page.getByRole('radio', { name: 'Image classification' })).toBeChecked();
  await chooseFiles(page, UTTERANCES);
  await expect(page.getByRole('radio', { name: 'Text classification' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Boxes' })).toBeDisabled();
  await expect(page.getByRole('radio', { name: 'Boxes' })).toHaveAccessibleDescription(
    'Needs images; these are texts.',
  );
  await expectAccessible();
});

test('a template is chosen by keyboard alone, and its list says what is missing', async ({ page }) => {
  await page.goto('./#/new');
  await chooseFiles(page, UTTERANCES);
  await page.getByRole('radio', { name: 'Text classification' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Text spans' })).toBeChecked();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Intent and entities' })).toBeFocused();
  await page.getByRole('textbox', { name: 'Intents' }).focus();
  await page.keyboard.type('Ask');
  await page.getByRole('button', { name: 'Start labeling' }).press('Enter');
  await expect(page.getByRole('alert')).toHaveText('Type at least one entity.');
  await expect(page.getByRole('textbox', { name: 'Entities' })).toBeFocused();
  await page.keyboard.type('Number');
  await page.getByRole('button', { name: 'Start labeling' }).press('Enter');
  await expect(item(page)).toContainText('This is text number 1.');
});

test('a card moves while it is pointed at, and keeps still where motion is not wanted', async ({ page }) => {
  const moving = () =>
    page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
  await page.goto('./#/new');
  await page.getByRole('radio', { name: 'Boxes' }).hover();
  await expect.poll(moving).toBeGreaterThan(0);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect.poll(moving).toBe(0);
});

test('a question is added, ordered, removed and brought back with its answers, also after a reload', async ({
  page,
  expectAccessible,
}) => {
  await begin(page, UTTERANCES, 'Text classification', { Classes: ['Yes', 'No'] });
  await page.keyboard.press('1');
  await expect.poll(() => doneCount(page)).toBe(1);
  await page.getByRole('link', { name: 'Settings' }).click();

  await page.getByRole('button', { name: 'Ask another question' }).click();
  await page.getByRole('menuitem', { name: /^Text spans/ }).click();
  const spans = page.getByRole('region', { name: 'Question Text spans' });
  await expect(spans.getByLabel('Question', { exact: true })).toBeFocused();
  await page.keyboard.type('Entities');
  await page.keyboard.press('Enter');
  const entities = page.getByRole('region', { name: 'Question Entities' });
  await entities.getByLabel('Name of a new class').fill('Number');
  await page.keyboard.press('Enter');
  await expect(entities.getByLabel('Key of Number')).toHaveValue('3');
  await entities.getByLabel('Key of Number').fill('1');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('“1” is the key of “Yes”.');
  await entities.getByLabel('Key of Number').fill('s');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('“s” skips the item, so no class can have it.');
  await page.keyboard.press('Escape');
  await expectAccessible();

  const order = page.getByRole('list', { name: 'Questions in the order in which they are asked' });
  await page.getByLabel('Move the question Entities').press('ArrowUp');
  await expect(order.getByRole('listitem')).toHaveText([/Entities/, /Label/]);

  await page.getByRole('region', { name: 'Question Label' }).getByLabel('Remove the question').click();
  await expect(page.getByRole('dialog')).toContainText('None is lost');
  await page.getByRole('button', { name: 'Remove the question' }).last().click();
  await expect(page.getByRole('region', { name: 'Question Label' })).toBeHidden();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();

  await page.reload();
  await page.getByText('1 removed question').click();
  await page.getByRole('button', { name: 'Bring back the question Label' }).click();
  const label = page.getByRole('region', { name: 'Question Label' });
  await expect(label.getByRole('listitem').first()).toContainText('1');
  await page.getByRole('link', { name: 'Items' }).click();
  await expect(page.getByRole('row', { name: /text number 1/ })).toContainText('Yes');
});
