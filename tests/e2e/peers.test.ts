import { Others, inviteLink, joinBy, labelOne, silenceTabs } from './support/peers';
import { createProject, doneCount, item, numberedTexts } from './support/project';
import { pngFile } from './support/png';
import { expect, test as base } from './support/test';

const test = base.extend<{ others: Others }>({
  others: async ({ browser, faults, baseURL }, use) => {
    const others = new Others(browser, faults, baseURL!);
    await use(others);
    await others.close();
  },
});

// Several browsers on two cores.
test.describe.configure({ timeout: 120_000 });
test.beforeEach(({ context }) => silenceTabs(context));

test('somebody opens a link, labels, and both see what the other does', async ({ page, others }) => {
  await createProject(page, [numberedTexts(6)], ['cat', 'dog']);
  const link = await inviteLink(page);
  await page.getByRole('link', { name: 'Label' }).click();

  const ben = await others.page();
  await joinBy(ben, link, 'Ben');
  await expect(item(ben)).toContainText('This is text number', { timeout: 30_000 });
  await labelOne(ben);
  await expect.poll(() => doneCount(page), { timeout: 15_000 }).toBe(1);
  await labelOne(page);
  await expect.poll(() => doneCount(ben), { timeout: 15_000 }).toBe(2);

  await page.getByRole('link', { name: 'People' }).click();
  await expect(page.getByRole('region', { name: 'Members' })).toContainText('Ben');
});
