import type { Page } from '@playwright/test';
import { ratedFile, type RatedProject } from '../../support/rated-project';

/** Opens a project that several people labelled, as one of its owners. */
export async function openRated(page: Page, rated: RatedProject): Promise<void> {
  await openAsViewer(page, rated);
  await page.evaluate(() => {
    location.hash = location.hash.replace(/\/label.*$/, '/settings');
  });
  await page.getByLabel('Recovery code').fill(rated.recoveryCode);
  await page.getByRole('button', { name: 'Become an owner' }).click();
  await page.getByRole('button', { name: 'Become an owner' }).waitFor({ state: 'detached' });
}

/** Opens it as somebody who is no member: they may look, and nothing else. */
async function openAsViewer(page: Page, rated: RatedProject): Promise<void> {
  const bytes = await ratedFile(rated);
  await page.goto('./');
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: /^(Open a file|Choose files)$/ }).click(),
  ]);
  await chooser.setFiles([{ name: 'rated.concord', mimeType: '', buffer: Buffer.from(bytes) }]);
  await page.waitForURL(/\/label/);
}

/** Goes to another page of the open project, as a link would. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((path) => {
    location.hash = location.hash.replace(/^(#\/p\/[^/?]+).*$/, `$1/${path}`);
  }, path);
}
