import { createProject, doneCount, item, numberedTexts } from './support/project';
import { expect, test } from './support/test';

test('a second tab waits, takes over on request, and the first one says so', async ({ page, context }) => {
  await createProject(page, [numberedTexts(20)], ['yes', 'no']);
  await page.keyboard.press('1');
  await expect.poll(() => doneCount(page)).toBe(1);

  const second = await context.newPage();
  await second.goto(page.url());
  await expect(second.getByRole('button', { name: 'Use here' })).toBeVisible();
  await page.keyboard.press('2');
  await expect.poll(() => doneCount(page)).toBe(2);

  await second.getByRole('button', { name: 'Use here' }).click();
  await expect(item(second)).toHaveAccessibleName('Item 3');
  await expect.poll(() => doneCount(second)).toBe(2);
  await expect(page.getByRole('button', { name: 'Use here' })).toBeVisible();

  await second.keyboard.press('1');
  await expect.poll(() => doneCount(second)).toBe(3);
  await page.getByRole('button', { name: 'Use here' }).click();
  await expect(item(page)).toHaveAccessibleName('Item 4');
  await expect.poll(() => doneCount(page)).toBe(3);
});

test('a tab that is frozen loses the project, and can write nothing when it wakes up', async ({ page, context }) => {
  await createProject(page, [numberedTexts(20)], ['yes', 'no']);
  await page.keyboard.press('1');
  await expect.poll(() => doneCount(page)).toBe(1);
  const session = await context.newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });

  const second = await context.newPage();
  await second.goto(page.url());
  await second.getByRole('button', { name: 'Use here' }).click();
  await expect(item(second)).toHaveAccessibleName('Item 2');
  await second.keyboard.press('2');
  await expect.poll(() => doneCount(second)).toBe(2);

  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await expect(page.getByRole('button', { name: 'Use here' })).toBeVisible();
});

test('a tab that is reloaded again and again is never taken for another one', async ({ page }) => {
  await createProject(page, [numberedTexts(20)], ['yes', 'no']);
  for (let n = 0; n < 8; n++) {
    await page.keyboard.press('1');
    await page.reload();
    await expect(item(page).or(page.getByRole('button', { name: 'Use here' }))).toBeVisible();
    await expect(page.getByRole('button', { name: 'Use here' })).toHaveCount(0);
  }
});
