import { randomBytes } from 'node:crypto';
import { chooseFiles, createProject, doneCount, item, numberedTexts } from './support/project';
import { expect, test } from './support/test';

test('a full disk in the middle of an import keeps what was stored, and says what to do', async ({
  page,
  context,
  baseURL,
}) => {
  await page.goto('');
  const session = await context.newCDPSession(page);
  // Before the first write: Chromium remembers for half a minute how much room there was.
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(baseURL ?? '').origin, quotaSize: 4_000_000 });
  await createProject(page, [numberedTexts(50)], ['yes', 'no']);
  await page.keyboard.press('1');
  await expect.poll(() => doneCount(page)).toBe(1);

  await page.goto(page.url().replace(/label.*/, 'import'));
  // The store compresses: only noise fills it.
  const rows = Array.from({ length: 20_000 }, () => randomBytes(300).toString('base64'));
  await chooseFiles(page, [{ name: 'long.csv', text: ['text', ...rows].join('\n') }]);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText('The disk has no room left for this browser.').first()).toBeVisible();

  // What was there is there, with whole batches of the import behind it.
  await page.goto(page.url().replace(/import.*/, 'label'));
  await item(page).waitFor();
  await page.reload();
  await expect(item(page)).toHaveAccessibleName('Item 2');
  await expect.poll(() => doneCount(page)).toBe(1);
  const total = Number((await page.locator('.figures').first().innerText()).split('/')[1]?.replace(/\D/g, ''));
  expect(total).toBeGreaterThan(50);
  expect(total).toBeLessThan(20_050);
  expect((total - 50) % 1_000).toBe(0);
});
