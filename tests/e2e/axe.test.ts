import type { Page } from '@playwright/test';
import { violations } from './support/accessibility';
import { createProject, item, numberedTexts } from './support/project';
import { expect, test } from './support/test';

/** What can be opened over a page; Escape closes it. */
interface Layer {
  readonly name: string;
  open(page: Page): Promise<void>;
}
const palette: Layer = {
  name: 'palette',
  open: async (page) => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox', { name: /Find a page/ }).fill('ca');
    await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
  },
};
const help: Layer = {
  name: 'help',
  open: async (page) => {
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  },
};
const pressing = (name: string, button: string | RegExp, role: 'button' | 'link' = 'button'): Layer => ({
  name,
  open: (page) => page.getByRole(role, { name: button }).first().click(),
});

/** Where a phone has what its bar has no room for. */
const more: Layer = {
  name: 'more',
  open: async (page) => {
    const button = page.getByRole('button', { name: 'More', exact: true });
    if (await button.isVisible()) await button.tap();
  },
};

const PAGES: readonly { readonly path: string; readonly shows: string; readonly layers: readonly Layer[] }[] = [
  { path: '/label', shows: 'This is text', layers: [palette, help, pressing('file state', /Where this project is/)] },
  { path: '/items', shows: 'This is text', layers: [pressing('filter', /any status/), help] },
  { path: '/people', shows: 'Label together', layers: [pressing('invite', 'Invite people')] },
  { path: '/activity', shows: 'added 6 items', layers: [pressing('details', 'More about this')] },
  { path: '/import', shows: 'files', layers: [more] },
  { path: '/export', shows: 'Format', layers: [palette] },
  { path: '/snapshots', shows: 'No snapshot yet', layers: [] },
  { path: '/settings', shows: 'Guidelines', layers: [pressing('delete', 'Delete this project')] },
];

for (const device of ['', ' @phone']) {
  test.describe(`is accessible in both themes${device}:`, () => {
    // Each look takes a second or two on a small machine.
    test.slow();

    test('every page without a project', async ({ page }) => {
      await page.goto('./');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await violations(page, ['best-practice']), 'first visit').toEqual([]);
      await page.goto('./#/new');
      await expect(page.getByLabel('Classes')).toBeVisible();
      expect(await violations(page, ['best-practice']), 'new project').toEqual([]);
      await page.goto('./#/join');
      await expect(page.getByLabel('Invite link')).toBeVisible();
      expect(await violations(page, ['best-practice']), 'join').toEqual([]);
      await page.goto('./#/nowhere');
      await expect(page.getByText('There is no such page.')).toBeVisible();
      expect(await violations(page, ['best-practice']), 'no page').toEqual([]);
      await page.goto('./#/settings');
      await expect(page.getByRole('heading', { name: 'Keys' })).toBeVisible();
      expect(await violations(page, ['best-practice']), 'this device').toEqual([]);
    });

    for (const { path, shows, layers } of PAGES) {
      test(`${path} and what opens over it`, async ({ page }) => {
        await createProject(page, [numberedTexts(6)], ['cat', 'dog']);
        await item(page).waitFor();
        const address = page.url().replace(/\/label.*$/, path);
        // The router loads the page anew where only the part behind # is another: so it is left before.
        await page.goto('about:blank');
        await page.goto(address);
        await expect(page.getByText(shows).first()).toBeVisible();
        expect(await violations(page, ['best-practice']), path).toEqual([]);
        for (const layer of layers) {
          await layer.open(page);
          expect(await violations(page, ['best-practice']), layer.name).toEqual([]);
          await page.keyboard.press('Escape');
        }
      });
    }
  });
}

test('the keyboard reaches the work first, and every page says what it is', async ({ page }) => {
  await createProject(page, [numberedTexts(3)], ['cat', 'dog']);
  const base = page.url().replace(/\/label.*$/, '');
  await page.goto(`${base}/export`);
  await expect(page).toHaveTitle('Export · texts');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Jump to the work' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.goto('./#/settings');
  await expect(page).toHaveTitle('This device · Concord');
});
