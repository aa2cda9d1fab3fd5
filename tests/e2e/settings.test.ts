import type { Page } from '@playwright/test';
import { png } from './support/png';
import { createProject, doneCount, item, numberedTexts } from './support/project';
import { expect, test } from './support/test';

const CLASSES = ['Cat', 'Dog', 'Wolf'];

async function openSettings(page: Page): Promise<void> {
  const more = page.getByRole('button', { name: 'More', exact: true });
  if (await more.isVisible()) {
    await more.click();
    await page.getByRole('menuitem', { name: 'Settings' }).click();
  } else await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
}

const names = (page: Page) => page.getByRole('list', { name: 'Classes' }).getByLabel('Name');
const namesOf = (page: Page) =>
  names(page).evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
const more = async (page: Page, name: string, action: string) => {
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
};

test('classes are renamed, keyed, moved and described, and stay so after a reload', async ({
  page,
  expectAccessible,
}) => {
  await createProject(page, [numberedTexts(3)], CLASSES);
  await openSettings(page);

  await names(page).first().fill('House cat');
  await page.keyboard.press('Enter');
  await page.getByLabel('Key of House cat').fill('Q');
  await page.getByLabel('Description of House cat').fill('Any cat that lives with people');
  await page.getByLabel('Move Wolf').press('ArrowUp');
  await expect.poll(() => namesOf(page)).toEqual(['House cat', 'Wolf', 'Dog']);

  const grip = (await page.getByLabel('Move House cat').boundingBox())!;
  await page.mouse.move(grip.x + 5, grip.y + 10);
  await page.mouse.down();
  await page.mouse.move(grip.x + 5, grip.y + 92, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => namesOf(page)).toEqual(['Wolf', 'Dog', 'House cat']);

  await page.getByRole('button', { name: 'Colour of Wolf' }).click();
  await page.getByRole('button', { name: '#cc79a7' }).click();
  await expectAccessible();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();

  await page.reload();
  await expect.poll(() => namesOf(page)).toEqual(['Wolf', 'Dog', 'House cat']);
  await expect(page.getByLabel('Key of House cat')).toHaveValue('q');
  await expect(page.getByLabel('Description of House cat')).toHaveValue('Any cat that lives with people');
});

test('a name or key that is taken is refused where it was typed', async ({ page }) => {
  await createProject(page, [numberedTexts(3)], CLASSES);
  await openSettings(page);
  await names(page).first().fill('Dog');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('There is a class “Dog” already.');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alert')).toBeHidden();
  await expect(names(page).first()).toHaveValue('Cat');

  await page.getByLabel('Key of Cat').fill('2');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('“2” is the key of “Dog”.');
});

test('a class that is merged away takes its labels along, and undo brings it back', async ({ page }) => {
  await createProject(page, [numberedTexts(4)], CLASSES);
  for (const [index, key] of ['2', '3', '3'].entries()) {
    await page.keyboard.press(key);
    await expect.poll(() => doneCount(page)).toBe(index + 1);
  }
  await openSettings(page);

  await more(page, 'Wolf', 'Merge into another…');
  await expect(page.getByRole('dialog')).toContainText('2 items are labelled with it.');
  await page.getByLabel('The class that stays').selectOption('Dog');
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect.poll(() => namesOf(page)).toEqual(['Cat', 'Dog']);
  await expect(page.getByRole('list', { name: 'Classes' }).getByRole('listitem').nth(1)).toContainText('3');

  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(() => namesOf(page)).toEqual(CLASSES);
  await expect(page.getByRole('list', { name: 'Classes' }).getByRole('listitem').nth(2)).toContainText('2');

  await more(page, 'Dog', 'Remove…');
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect.poll(() => namesOf(page)).toEqual(['Cat', 'Wolf']);
  await page.getByText('1 removed class').click();
  await page.getByRole('button', { name: 'Bring back' }).click();
  await expect.poll(() => namesOf(page)).toEqual(['Cat', 'Wolf', 'Dog']);
});

test('a thousand pasted classes stay fluid', async ({ page }) => {
  await createProject(page, [numberedTexts(3)], CLASSES);
  await openSettings(page);
  await page.getByRole('button', { name: 'Add many' }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByLabel('Classes', { exact: true })
    .fill(Array.from({ length: 1000 }, (_, n) => `class ${n}`).join('\n'));
  await dialog.getByRole('button', { name: 'Add 1000' }).click();
  await page.getByLabel('Find a class').fill('class 999');
  await expect.poll(() => namesOf(page)).toEqual(['class 999']);
  await page.getByLabel('Find a class').fill('');
  await expect(names(page).first()).toHaveValue('Cat');
  // Only what is seen is drawn.
  expect(await names(page).count()).toBeLessThan(120);
  await page.getByRole('heading', { name: 'Guidelines' }).scrollIntoViewIfNeeded();
  await expect(names(page).last()).toHaveValue('class 999');
});

test('guidelines are rendered, and nothing in them runs or loads', async ({ page, faults }) => {
  // The purifier reads the text as a page of its own; that nothing could run there is told, too.
  faults.allow(/inline event handler violates .* The action has been blocked/);
  await createProject(page, [numberedTexts(3)], CLASSES);
  await openSettings(page);
  // A request for the image, or the alert, would fail the test.
  await page
    .getByLabel('Guidelines in Markdown')
    .fill(
      '# Cats\n\n<img src=x onerror="alert(1)"><script>alert(2)</script>[bad](javascript:alert(3)) ![a cat](https://example.com/cat.png)',
    );
  const preview = page.getByRole('region', { name: 'As it is shown' });
  await expect(preview.getByRole('heading', { name: 'Cats' })).toBeVisible();
  await expect(preview.getByRole('link', { name: 'Image: a cat' })).toHaveAttribute('rel', /noopener/);
  await expect(preview.locator('img, script, [href^="javascript:"]')).toHaveCount(0);
  await page.getByRole('heading', { name: 'Settings' }).click();
  await page.reload();
  await expect(page.getByLabel('Guidelines in Markdown')).toHaveValue(/^# Cats/);
});

test('images in guidelines are made small, kept with the project, and shown beside the item', async ({
  page,
  expectAccessible,
}) => {
  await createProject(page, [numberedTexts(3)], CLASSES);
  await openSettings(page);
  const source = page.getByLabel('Guidelines in Markdown');
  await source.fill('Look for whiskers.');
  await source.press('ControlOrMeta+A');
  await source.press('ControlOrMeta+B');
  await expect(source).toHaveValue('**Look for whiskers.**');
  await source.press('End');

  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Add images' }).click(),
  ]);
  const bytes = Buffer.from(png(3200, 400, [10, 120, 200]));
  await chooser.setFiles({ name: 'a_cat at night.png', mimeType: 'image/png', buffer: bytes });
  const preview = page.getByRole('region', { name: 'As it is shown' });
  const shown = preview.getByRole('img', { name: 'a cat at night' });
  await expect.poll(() => shown.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1600);
  await expect(source).toHaveValue(/\*\*\n\n!\[a cat at night\]\(blob:[a-z2-7]{52}\)/);
  // Its description is selected, to be typed over.
  await expect(source).toBeFocused();
  await page.keyboard.type('Whiskers');
  await expect(preview.getByRole('img', { name: 'Whiskers' })).toBeVisible();
  await expectAccessible();

  await page.getByRole('link', { name: 'Label', exact: true }).click();
  await item(page).waitFor();
  await page.getByRole('tab', { name: 'Guidelines' }).click();
  const beside = page.getByRole('complementary').getByRole('img', { name: 'Whiskers' });
  await expect.poll(() => beside.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1600);
});

test('what cannot be shown in guidelines says so', async ({ page }) => {
  await createProject(page, [numberedTexts(3)], CLASSES);
  await openSettings(page);
  const preview = page.getByRole('region', { name: 'As it is shown' });
  await page
    .getByLabel('Guidelines in Markdown')
    .fill(`![The ruler](blob:${'a'.repeat(52)}) and [a trap](blob:${'a'.repeat(52)})`);
  await expect(preview.getByText('The ruler (not on this device)')).toBeVisible();
  await expect(preview.locator('[href^="blob:"], [src^="blob:"]')).toHaveCount(0);

  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Add images' }).click(),
  ]);
  await chooser.setFiles({ name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no image at all') });
  await expect(page.getByText('broken.png: The image cannot be shown')).toBeVisible();
});

test('the recovery code is shown until it is kept, and the project can be deleted @phone', async ({
  page,
  expectAccessible,
}) => {
  await createProject(page, [numberedTexts(3)], CLASSES);
  await openSettings(page);
  await expectAccessible();
  await expect(page.locator('code')).toHaveText(/^([0-9A-Z]{4}-)+[0-9A-Z]+$/);
  await page.getByRole('button', { name: 'I keep it safe' }).click();
  await expect(page.locator('code')).toBeHidden();
  await page.getByRole('button', { name: 'Delete this project' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the project' }).click();
  await expect(page.getByRole('heading', { name: /Label images and texts/ })).toBeVisible();
});
