import type { Page } from '@playwright/test';
import { Others, inviteLink, joinBy, labelOne } from './support/peers';
import { createProject, item, numberedTexts } from './support/project';
import { expect, test as base } from './support/test';

const test = base.extend<{ others: Others }>({
  others: async ({ browser, faults, baseURL }, use) => {
    const others = new Others(browser, faults, baseURL!);
    await use(others);
    await others.close();
  },
});
test.slow();

const SOON = { timeout: 30_000 };
const invites = (page: Page) => page.getByRole('region', { name: 'Invites' }).getByRole('listitem');
const members = (page: Page) => page.getByRole('region', { name: 'Members' }).getByRole('listitem');

test('an invite is made, shown again and withdrawn by keyboard alone', async ({ page, context, expectAccessible }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await createProject(page, [numberedTexts(3)], ['cat', 'dog']);
  await page.keyboard.press('Shift+P');
  await expect(page.getByRole('heading', { name: 'Label together' })).toBeVisible();
  await expectAccessible();

  await page.getByRole('button', { name: 'Invite people' }).focus();
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Invite people' });
  await expect(form).toBeVisible();
  await expectAccessible();
  // Who founded the project without saying a name says it now.
  await form.getByLabel('Your name').focus();
  await page.keyboard.type('Ada');
  await form.getByRole('radio', { name: 'Annotator' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(form).toContainText('As a reviewer, you label items and decide');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await expect(form.getByRole('radio', { name: '30 days' })).toBeChecked();
  await page.keyboard.press('Tab');
  await page.keyboard.type('the lab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowUp');
  await expect(form.getByLabel('How many people should label each item?')).toHaveValue('2');
  await page.keyboard.press('Enter');

  const ready = page.getByRole('dialog', { name: 'The invite is ready' });
  await expect(ready.getByText('This link works on this machine only')).toBeVisible();
  await expect(ready.getByRole('img', { name: 'QR code of the invite link' })).toBeVisible();
  await expectAccessible();
  const link = await ready.getByLabel('Link', { exact: true }).inputValue();
  expect(link).toMatch(/^http:\/\/[^#]+\/#\/join\/[a-z2-7]{300,500}$/);
  await ready.getByRole('button', { name: 'Copy link' }).focus();
  await page.keyboard.press('Enter');
  await expect(ready.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await ready.getByRole('button', { name: 'Copy as message' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('Ada invites you to “texts”');
  await page.keyboard.press('Escape');

  await expect(invites(page)).toContainText(['Reviewer']);
  await expect(invites(page)).toContainText(['the lab']);
  await expect(invites(page)).toContainText(['nobody joined yet']);
  await page.reload();
  await page.getByRole('button', { name: 'Show link' }).focus();
  await page.keyboard.press('Enter');
  await expect(ready.getByLabel('Link', { exact: true })).toHaveValue(link);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Withdraw' }).focus();
  await page.keyboard.press('Enter');
  const asked = page.getByRole('dialog', { name: 'Withdraw this invite?' });
  await expect(asked).toContainText('Nobody joined by it yet');
  await expectAccessible();
  await asked.getByRole('button', { name: 'Withdraw it' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('1 withdrawn invite').click();
  await expect(invites(page)).toContainText(['Withdrawn']);
  await expect(page.getByRole('button', { name: 'Show link' })).toHaveCount(0);

  // The second invite asks less.
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await expect(form.getByLabel('How many people')).toHaveCount(0);
  await expect(form.getByLabel('Your name')).toHaveCount(0);
});

test('a date that is over makes no invite', async ({ page }) => {
  await createProject(page, [numberedTexts(3)], ['cat', 'dog']);
  await page.keyboard.press('Shift+P');
  await page.getByRole('button', { name: 'Invite people' }).click();
  const form = page.getByRole('dialog', { name: 'Invite people' });
  await form.getByLabel('Your name').fill('Ada');
  await form.getByRole('radio', { name: 'Date' }).check();
  await form.getByLabel('Good until the end of').fill('2020-02-29');
  await expect(form.getByRole('alert')).toHaveText('This day is over.');
  await expect(form.getByRole('button', { name: 'Make the link' })).toBeDisabled();
});

test('a member gets another role, is removed, and gets a role back', async ({ page, others, expectAccessible }) => {
  await createProject(page, [numberedTexts(6)], ['cat', 'dog']);
  const link = await inviteLink(page);
  const ben = await others.page();
  await joinBy(ben, link, 'Ben');
  await expect(item(ben)).toBeVisible(SOON);
  await labelOne(ben);

  const row = members(page).filter({ hasText: 'Ben' });
  await expect(row).toContainText('1 label', SOON);
  await expect(row).toContainText('here now');
  await expect(invites(page)).toContainText(['joined: Ben']);
  await expectAccessible();
  await page.getByRole('button', { name: /^2 here/ }).click();
  await expect(page.getByRole('dialog', { name: 'Who is here' })).toContainText('held by 1 other too');
  await expectAccessible();
  await page.keyboard.press('Escape');

  await row.getByRole('combobox', { name: 'Role of Ben' }).selectOption('Viewer');
  await expect(ben.getByText('You can look, not label, here.')).toBeVisible(SOON);
  await row.getByRole('combobox', { name: 'Role of Ben' }).selectOption('Annotator');
  await expect(ben.getByRole('button', { name: /cat/ }).first()).toBeVisible(SOON);

  // Who thinks better of it changes nothing.
  await row.getByRole('combobox', { name: 'Role of Ben' }).selectOption('Owner');
  await page.getByRole('dialog', { name: 'Make Ben an owner?' }).getByRole('button', { name: 'Cancel' }).click();
  await expect(row.getByRole('combobox', { name: 'Role of Ben' })).toHaveValue('annotator');

  await row.getByRole('button', { name: 'Remove Ben' }).click();
  const asked = page.getByRole('dialog', { name: 'Remove Ben?' });
  await expectAccessible();
  await asked.getByRole('radio', { name: /Set it aside/ }).check();
  await asked.getByRole('button', { name: 'Remove Ben' }).click();
  await expect(members(page)).toHaveCount(1);
  await expect(page.locator('.figures').first()).toHaveText('0 / 6');
  await expect(ben.getByText('You were removed from this project.').first()).toBeVisible(SOON);

  await page.getByText('1 person was removed').click();
  const removed = page.getByRole('region', { name: 'Removed members' }).getByRole('listitem');
  await removed.getByRole('combobox', { name: 'Role of Ben' }).selectOption('Annotator');
  await expect(members(page)).toHaveCount(2);
  await expect(page.locator('.figures').first()).toHaveText('1 / 6');
});

test('a member sees who is there, and no invites', async ({ page, others }) => {
  await createProject(page, [numberedTexts(3)], ['cat', 'dog']);
  const link = await inviteLink(page);
  const ben = await others.page();
  await joinBy(ben, link, 'Ben');
  await expect(item(ben)).toBeVisible(SOON);
  await ben.keyboard.press('Shift+P');
  await expect(members(ben)).toHaveCount(2);
  await expect(members(ben).first()).toContainText('Owner');
  await expect(ben.getByRole('combobox')).toHaveCount(0);
  await expect(ben.getByRole('button', { name: /Invite/ })).toHaveCount(0);
  await expect(ben.getByRole('heading', { name: 'Invites' })).toHaveCount(0);
});

test('two of one name are told apart', async ({ page, others }) => {
  await createProject(page, [numberedTexts(3)], ['cat', 'dog']);
  const link = await inviteLink(page);
  for (let n = 0; n < 2; n++) await joinBy(await others.page(), link, 'Ben');
  const bens = members(page).filter({ hasText: 'Ben' });
  await expect(bens).toHaveCount(2, SOON);
  const marks = await bens.locator('.mark').allTextContents();
  expect(new Set(marks).size).toBe(2);
});

test('invites are made on a phone @phone', async ({ page, expectAccessible }) => {
  await createProject(page, [numberedTexts(3)], ['cat', 'dog']);
  await page.getByRole('link', { name: 'People' }).tap();
  await page.getByRole('button', { name: 'Invite people' }).tap();
  await page.getByLabel('Your name').fill('Ada');
  await page.getByRole('button', { name: 'Make the link' }).tap();
  const ready = page.getByRole('dialog', { name: 'The invite is ready' });
  const code = ready.getByRole('img', { name: 'QR code of the invite link' });
  await code.scrollIntoViewIfNeeded();
  // Modules of two device pixels and more are read by any phone.
  expect((await code.boundingBox())?.width).toBeGreaterThan(200);
  await expectAccessible();
  for (const button of await page.getByRole('dialog').getByRole('button').all()) {
    const box = await button.boundingBox();
    if (box) expect(box.height, await button.innerText()).toBeGreaterThanOrEqual(44);
  }
  await ready.getByRole('button', { name: 'Done' }).tap();
  await page.getByRole('button', { name: 'More', exact: true }).tap();
  await page.getByRole('menuitem', { name: 'Import' }).tap();
  await expect(page).toHaveURL(/\/import$/);
});
