import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** The rules whose outcome hangs on colours. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe finds on the page as it is now. */
export const violationsAsShown = (page: Page): Promise<string[]> => looked(page, (axe) => axe.withTags(WCAG_22_AA));

/**
 * The same, in the light theme and in the dark one.
 *
 * @param beyond further rules, by axe's tags: `best-practice`
 */
export async function violations(page: Page, beyond: readonly string[] = []): Promise<string[]> {
  await inTheme(page, 'light');
  const found = await looked(page, (axe) => axe.withTags([...WCAG_22_AA, ...beyond]));
  await inTheme(page, 'dark');
  found.push(...(await looked(page, (axe) => axe.withRules(OF_COLOURS))));
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  return found;
}

/** Colours on their way from one theme to the other are those of neither: without motion, they are there with the next frame. */
async function inTheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.evaluate(
    () => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(() => shown(undefined)))),
  );
}

async function looked(page: Page, rules: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  // No page of Concord has frames, for which axe would open a page of its own every time.
  const { violations } = await rules(new AxeBuilder({ page }).setLegacyMode()).analyze();
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(' ')).join(', ')})`,
  );
}
