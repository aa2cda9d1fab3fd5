import type { Page } from '@playwright/test';
import { Others, inviteLink, joinBy, labelAll, labelOne, meets, silenceTabs } from './support/peers';
import { png } from './support/png';
import { createProject, doneCount, item, numberedTexts } from './support/project';
import { expect, test as base } from './support/test';

const test = base.extend<{ others: Others }>({
  others: async ({ browser, faults, baseURL }, use) => {
    const others = new Others(browser, faults, baseURL!);
    await use(others);
    await others.close();
  },
});

// Up to eight browsers on two cores: one test after the other.
test.describe.configure({ mode: 'default', timeout: 240_000 });
test.beforeEach(({ context }) => silenceTabs(context));

const SOON = { timeout: 60_000 };
const everybodyCounts = async (pages: readonly Page[], done: number) => {
  for (const page of pages) await expect.poll(() => doneCount(page), SOON).toBe(done);
};
const toLabel = (page: Page) => page.getByRole('link', { name: 'Label', exact: true }).click();

test('somebody opens a link, labels, and both see what the other does', async ({ page, others }) => {
  await createProject(page, [numberedTexts(6)], ['cat', 'dog']);
  const link = await inviteLink(page);

  const ben = await others.page();
  await joinBy(ben, link, 'Ben');
  await expect(item(ben)).toContainText('This is text number', SOON);
  await labelOne(ben);
  await everybodyCounts([page], 1);
  await toLabel(page);
  await labelOne(page);
  await everybodyCounts([ben], 2);
  await meets(page, 2);

  await page.getByRole('link', { name: 'People' }).click();
  const row = page.getByRole('region', { name: 'Members' }).getByRole('listitem').filter({ hasText: 'Ben' });
  await expect(row).toContainText('1 label');
});

test('photos come to a phone in the order of its queue', async ({ page, others }) => {
  const photos = Array.from({ length: 12 }, (_, n) => ({
    name: `photo-${String(n).padStart(2, '0')}.png`,
    bytes: png(400 + n, 300, [n * 20, 120, 200 - n * 10]),
  }));
  await createProject(page, photos, ['cat', 'dog']);
  const link = await inviteLink(page);

  const phone = await others.page({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await joinBy(phone, link, 'Cleo');
  for (let done = 1; done <= photos.length; done++) {
    await expect(phone.locator('canvas').first()).toBeVisible(SOON);
    await phone.getByRole('button', { name: /cat/ }).first().tap();
    await everybodyCounts([phone], done);
  }
  await everybodyCounts([page], photos.length);
});

test('four people label every item twice, nobody an item that two others have done', async ({ page, others }) => {
  const COUNT = 16;
  await createProject(page, [numberedTexts(COUNT)], ['cat', 'dog']);
  const link = await inviteLink(page, { annotators: 2 });
  await toLabel(page);
  const people = [page];
  for (const name of ['Ben', 'Cleo', 'Dan']) {
    const other = await others.page();
    await joinBy(other, link, name);
    people.push(other);
  }
  for (const person of people) await meets(person, 4);

  const labelled = await Promise.all(people.map((person) => labelAll(person)));
  await everybodyCounts(people, COUNT);
  const total = labelled.reduce((sum, count) => sum + count, 0);
  // Each claims what is before them; what is pressed within the time that a claim takes may be one too many for each of them.
  expect(total).toBeGreaterThanOrEqual(2 * COUNT);
  expect(total).toBeLessThanOrEqual(2 * COUNT + people.length);
});

test('eight browsers join by one link at the same moment, and all have everything', async ({ page, others }) => {
  await createProject(page, [numberedTexts(24)], ['cat', 'dog']);
  const link = await inviteLink(page);
  await toLabel(page);
  const seven = await Promise.all(Array.from({ length: 7 }, () => others.page()));
  await Promise.all(seven.map((other, n) => joinBy(other, link, `Person ${n + 2}`)));
  const people = [page, ...seven];
  for (const person of people) await meets(person, 8);
  await Promise.all(people.map((person) => labelAll(person)));
  await everybodyCounts(people, 24);
});

test('what was done alone is joined when people meet again', async ({ page, others }) => {
  await createProject(page, [numberedTexts(8)], ['cat', 'dog']);
  const link = await inviteLink(page);
  await toLabel(page);
  const ben = await others.page();
  await joinBy(ben, link, 'Ben');
  await meets(ben, 2);
  const address = page.url();

  // The owner is gone; Ben works on, leaves, comes back alone.
  await page.goto('about:blank');
  await expect(ben.getByRole('button', { name: /^Only you/ })).toBeVisible(SOON);
  await labelOne(ben);
  await everybodyCounts([ben], 1);
  await ben.reload();
  await labelOne(ben);
  await everybodyCounts([ben], 2);

  await page.goto(address);
  await everybodyCounts([page], 2);
  await labelOne(page);
  await everybodyCounts([ben], 3);
});

test('a newcomer joins while the owner is away, from whoever is there', async ({ page, others }) => {
  await createProject(page, [numberedTexts(8)], ['cat', 'dog']);
  const link = await inviteLink(page);
  await toLabel(page);
  const ben = await others.page();
  await joinBy(ben, link, 'Ben');
  await expect(item(ben)).toBeVisible(SOON);
  await meets(ben, 2);
  await page.goto('about:blank');

  const cleo = await others.page();
  await joinBy(cleo, link, 'Cleo');
  await expect(item(cleo)).toContainText('This is text number', SOON);
  await labelOne(cleo);
  await everybodyCounts([ben], 1);
});

test('who was removed hears nothing more, and nothing more of theirs counts', async ({ page, others }) => {
  await createProject(page, [numberedTexts(8)], ['cat', 'dog']);
  const link = await inviteLink(page);
  await toLabel(page);
  const ben = await others.page();
  await joinBy(ben, link, 'Ben');
  await expect(item(ben)).toBeVisible(SOON);
  await labelOne(ben);
  await everybodyCounts([page], 1);

  await page.getByRole('link', { name: 'People' }).click();
  await page.getByRole('button', { name: 'Remove Ben' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove Ben' }).click();
  await expect(ben.getByText(/You were removed/).first()).toBeVisible(SOON);
  // What he did until then was kept.
  await everybodyCounts([page], 1);

  await expect(page.getByRole('button', { name: /^Only you/ })).toBeVisible(SOON);
  await toLabel(page);
  await labelOne(page);
  await everybodyCounts([page], 2);
  await ben.reload();
  await expect(ben.getByRole('button', { name: /^(Removed|Only you)/ })).toBeVisible(SOON);
  expect(await doneCount(ben)).toBe(1);
});

test('a withdrawn link lets nobody in', async ({ page, others }) => {
  await createProject(page, [numberedTexts(4)], ['cat', 'dog']);
  const link = await inviteLink(page);
  const ben = await others.page();
  await joinBy(ben, link, 'Ben');
  await meets(page, 2);
  await page.getByRole('button', { name: /^Withdraw/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw it' }).click();
  await expect(page.getByText('1 withdrawn invite')).toBeVisible();
  await toLabel(page);

  const eve = await others.page();
  await joinBy(eve, link, 'Eve');
  await expect(eve.getByRole('button', { name: /^Not let in/ })).toBeVisible(SOON);
  await expect(item(eve)).toHaveCount(0);
  // Ben was let in before.
  for (const person of [page, ben]) await meets(person, 2);
});

test('a browser that dies in the middle is missed, and comes back with what it had saved', async ({ page, others }) => {
  await createProject(page, [numberedTexts(400)], ['cat', 'dog']);
  const link = await inviteLink(page);
  await toLabel(page);
  const ben = await others.page();
  await joinBy(ben, link, 'Ben');
  await expect(item(ben)).toBeVisible(SOON);
  for (let done = 1; done <= 5; done++) {
    await labelOne(ben);
    await everybodyCounts([ben], done);
  }
  const address = ben.url();
  const devtools = await ben.context().newCDPSession(ben);
  const crashed = ben.waitForEvent('crash');
  void devtools.send('Page.crash').catch(() => undefined);
  await crashed;
  const again = await ben.context().newPage();
  await again.goto(address);
  await everybodyCounts([again, page], 5);
  await meets(page, 2);
});
