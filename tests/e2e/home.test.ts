import { expect, test } from './support/test';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the first page opens and is accessible, ${colorScheme}`, async ({ page, expectAccessible }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto('./');
    await expect(page.locator('html[data-ready]')).toBeAttached();
    await expect(page).toHaveTitle(/Concord/);
    await expectAccessible();
  });
}
