import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { createProject, item, numberedTexts } from './support/project';
import { expect, test } from './support/test';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on the page as it is; more than the tests of single screens ask for. */
async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG_22_AA).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

/** What can be opened over a page; `close` leaves the page as it was. */
interface Layer {
  readonly name: string;
  open(page: Page): Promise<void>;
}
const palette: Layer = {
  name: 'palette',
  open: async (page) => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox', { name: /Find a page/ }).fill('ca');
    await expect(page.getByRole('option').first()).toBeVisible();
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

const PAGES: readonly { readonly path: string; readonly shows: string; readonly layers: readonly Layer[] }[] = [
  { path: '/label', shows: 'This is text', layers: [palette, help, pressing('file state', /Where this project is/)] },
  { path: '/items', shows: 'This is text', layers: [pressing('filter', /any status/), help] },
  { path: '/import', shows: 'files', layers: [] },
  { path: '/export', shows: 'Format', layers: [palette] },
  { path: '/settings', shows: 'Guidelines', layers: [pressing('delete', 'Delete this project')] },
];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const device of ['', ' @phone']) {
    test(`every page and what opens over it is accessible, ${colorScheme}${device}`, async ({ page }) => {
      test.slow();
      await page.emulateMedia({ colorScheme });
      const found: Record<string, string[]> = {};
      const look = async (what: string) => {
        const list = await violations(page);
        if (list.length > 0) found[what] = list;
      };

      await page.goto('./');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await look('first visit');
      await page.goto('./#/new');
      await expect(page.getByLabel('Classes')).toBeVisible();
      await look('new project');
      await page.goto('./#/nowhere');
      await expect(page.getByText('There is no such page.')).toBeVisible();
      await look('no page');

      await createProject(page, [numberedTexts(6)], ['cat', 'dog']);
      await item(page).waitFor();
      const base = page.url().replace(/\/label.*$/, '');
      for (const { path, shows, layers } of PAGES) {
        await page.goto(`${base}${path}`);
        await expect(page.getByText(shows).first()).toBeVisible();
        await look(path);
        for (const layer of layers) {
          await layer.open(page);
          await look(`${path}, ${layer.name}`);
          await page.keyboard.press('Escape');
        }
      }
      if (device !== '') {
        await page.getByRole('button', { name: 'More', exact: true }).tap();
        await look('more');
        await page.keyboard.press('Escape');
      }
      await page.goto('./#/settings');
      await expect(page.getByRole('heading', { name: 'Keys' })).toBeVisible();
      await look('this device');
      await page.goto('./#/');
      await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible();
      await look('projects');
      expect(found).toEqual({});
    });
  }
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
