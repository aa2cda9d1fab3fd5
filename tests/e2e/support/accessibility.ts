import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules whose outcome hangs on colours. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe finds on the page as it is now, in the light theme and in the dark one. */
export async function violations(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const found = await looked(page, (axe) => axe.withTags(WCAG_22_AA));
  await page.emulateMedia({ colorScheme: 'dark' });
  return [...found, ...(await looked(page, (axe) => axe.withRules(OF_COLOURS)))];
}

async function looked(page: Page, rules: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  // No page of Concord has frames, for which axe would open a page of its own every time.
  const { violations } = await rules(new AxeBuilder({ page }).setLegacyMode()).analyze();
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(' ')).join(', ')})`,
  );
}
