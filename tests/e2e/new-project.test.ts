import { chooseFiles, createProject, item, numberedTexts } from './support/project';
import { expect, test } from './support/test';

const ANIMALS = {
  name: 'animals.csv',
  text: 'id,sentence,kind\n1,It meows.,cat\n2,It barks.,dog\n3,It meows.,cat\n',
};

test('columns are understood, can be changed, and labels become suggestions', async ({ page, expectAccessible }) => {
  await page.goto('./#/new');
  await chooseFiles(page, [ANIMALS]);
  await expect(page.getByText('1 table')).toBeVisible();
  await expect(page.getByLabel('Project name')).toHaveValue('animals');
  await expect(page.getByLabel('What the column “sentence” is')).toHaveValue('text');
  await page.getByLabel('What the column “kind” is').selectOption('Label');
  await expectAccessible();

  await page.getByRole('button', { name: 'Start labeling' }).click();
  await expect(item(page)).toContainText('It meows.');
  await expect(page.getByText('2 items imported, 1 duplicate kept once.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Accept cat' })).toBeVisible();
});

test('without a class nothing starts, and the field says why @phone', async ({ page, expectAccessible }) => {
  await page.goto('./#/new');
  await chooseFiles(page, [numberedTexts(3)]);
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await expect(page.getByRole('alert')).toHaveText('Type at least one class.');
  await expect(page.getByLabel('Classes')).toBeFocused();
  await expectAccessible();
});

test('a list on one line comes apart when it is pasted', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('./#/new');
  await page.evaluate(() => navigator.clipboard.writeText('cat, dog;  wolf'));
  await page.getByLabel('Classes').focus();
  await page.keyboard.press('ControlOrMeta+V');
  await expect(page.getByRole('textbox', { name: 'Classes' })).toHaveValue('cat\ndog\nwolf');
  await expect(page.getByRole('list', { name: 'Classes with their keys' }).getByRole('listitem')).toHaveText([
    '1cat',
    '2dog',
    '3wolf',
  ]);
});

test('what is refused is told with its row before the work begins', async ({ page }) => {
  await page.goto('./#/new');
  await chooseFiles(page, [{ name: 'texts.csv', text: 'text,n\nfirst,1\nsecond,2,too many\nthird,3\n' }]);
  await page.getByLabel('Classes').fill('yes\nno');
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible();
  await expect(page.getByRole('row', { name: /texts\.csv.*3 cells; the header names 2 columns/ })).toBeVisible();

  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the list' }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe('refused.csv');
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await expect(item(page)).toContainText('first');
});

test('files dropped on the list of projects start a new one', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  const transfer = await page.evaluateHandle(() => {
    const made = new DataTransfer();
    made.items.add(new File(['one\n\ntwo\n'], 'lines.txt', { type: 'text/plain' }));
    return made;
  });
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
  await expect(page.getByText('Drop to start a new project')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await expect(page).toHaveURL(/#\/new$/);
  await expect(page.getByText('1 text file')).toBeVisible();
  await page.getByRole('radio', { name: 'Each line is an item' }).check();
  await page.getByLabel('Classes').fill('yes');
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await expect(page.getByText('2 items imported.')).toBeVisible();
});

test('a cancelled import keeps what it has added, or the project is thrown away', async ({ page }) => {
  await page.goto('./#/new');
  const rows = Array.from({ length: 120_000 }, (_, n) => `Text number ${n} of a long table that takes a while.`);
  await chooseFiles(page, [{ name: 'many.csv', text: ['text', ...rows].join('\n') }]);
  await page.getByLabel('Classes').fill('yes');
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'Cancelled' })).toBeVisible();
  await page.getByRole('button', { name: 'Delete this project' }).click();
  await expect(page.getByRole('heading', { name: /Label images and texts/ })).toBeVisible();
});

test('items are added to a project that has some', async ({ page, expectAccessible }) => {
  await createProject(page, [numberedTexts(2)], ['yes']);
  await page.getByRole('link', { name: 'Import' }).click();
  await expectAccessible();
  await chooseFiles(page, [numberedTexts(3)]);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('definition').first()).toHaveText('1 item');
  await expect(page.getByText('2, found by content and kept once')).toBeVisible();
  await expect(page.getByText('0 / 3')).toBeVisible();
});
