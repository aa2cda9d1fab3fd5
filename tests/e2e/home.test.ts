import { createProject, numberedTexts } from './support/project';
import { expect, test } from './support/test';

test('the first page opens and is accessible', async ({ page, expectAccessibleInThemes }) => {
  await page.goto('./');
  await expect(page.locator('html[data-ready]')).toBeAttached();
  await expect(page).toHaveTitle(/Concord/);
  await expect(page.getByRole('heading', { name: /Label images and texts/ })).toBeVisible();
  await expectAccessibleInThemes();
});

test('projects are listed, opened and deleted', async ({ page, expectAccessibleInThemes }) => {
  await createProject(page, [numberedTexts(12)], ['yes']);
  await page.getByRole('link', { name: 'Projects' }).click();
  const row = page.getByRole('link', { name: /texts/ });
  await expect(row).toContainText('0 / 12');
  await expectAccessibleInThemes();

  await row.click();
  await expect(page).toHaveURL(/\/label$/);
  await page.getByRole('link', { name: 'Projects' }).click();
  await page.getByRole('button', { name: 'More for texts' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await expectAccessibleInThemes();
  await page.getByRole('button', { name: 'Delete the project' }).click();
  await expect(page.getByRole('heading', { name: /Label images and texts/ })).toBeVisible();
});

test('the theme is kept, against what the system says', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('./');
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.getByRole('button', { name: /^Theme/ }).click();
  await page.getByRole('menuitem', { name: 'Dark' }).click();
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await ground()).toBe(dark);
});

test('an address that leads nowhere says so', async ({ page, faults }) => {
  faults.allow(/Not found/);
  await page.goto('./#/nowhere');
  await expect(page.getByText('There is no such page.')).toBeVisible();
  await page.goto('./#/p/unknown/label');
  await expect(page.getByText('This project is not on this device.')).toBeVisible();
});

test('where browsers give no safe storage, the page says so and does nothing', async ({ page, expectAccessible }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'isSecureContext', { value: false });
  });
  await page.goto('./');
  await expect(page.getByRole('heading', { name: 'Concord needs a secure address' })).toBeVisible();
  await expectAccessible();
});
