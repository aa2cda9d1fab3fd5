import type { Page } from '@playwright/test';
import { toBase32 } from '#core/model/base32';
import { sha256 } from '#core/model/hash';
import type { Invitation } from '#core/peers/invitation';
import { inviteLink as linkOf, readInvitation } from '#core/peers/invite-link';
import { Others, inviteLink, joinBy } from './support/peers';
import { createProject, item, numberedTexts } from './support/project';
import { expect, test as base } from './support/test';

interface Invited {
  others: Others;
  /** An invite to a project of the page's, whose owner is gone. */
  link: string;
}

const test = base.extend<Invited>({
  others: async ({ browser, faults, baseURL }, use) => {
    const others = new Others(browser, faults, baseURL!);
    await use(others);
    await others.close();
  },
  link: async ({ page }, use) => {
    await createProject(page, [numberedTexts(3)], ['cat', 'dog']);
    const link = await inviteLink(page);
    await page.goto('about:blank');
    await use(link);
  },
});
test.slow();

/** Everything that the browser remembers of where the tab was. */
async function remembered(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const { entries } = await session.send('Page.getNavigationHistory');
  const told = await page.evaluate(() => [
    location.href,
    document.title,
    document.referrer,
    JSON.stringify(history.state),
  ]);
  return [...entries.flatMap(({ url, title }) => [url, title]), ...told].join('\n');
}

const opened = (link: string): Invitation => {
  const read = readInvitation(link);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
};

/** A link by the frame that all versions share, which a later version wrote. */
function newerLink(app: string): string {
  const body = Uint8Array.of(2, 0, 28, ...new Uint8Array(20));
  const domain = new TextEncoder().encode('concord-invite-link-v1\0');
  return `${app}#/join/${toBase32(Uint8Array.of(...body, ...sha256(Uint8Array.of(...domain, ...body)).subarray(0, 5)))}`;
}

test('the secret leaves the address and the history at once, and survives a reload', async ({ link, others }) => {
  const secret = link.split('#/join/')[1]!;
  const ben = await others.page();
  await ben.goto('about:blank');
  await ben.goto(link);
  await expect(ben.getByRole('heading', { name: 'texts' })).toBeVisible();
  await expect(ben).toHaveURL(/#\/join$/);
  expect(await remembered(ben)).not.toContain(secret.slice(0, 24));

  await ben.reload();
  await expect(ben.getByRole('heading', { name: 'texts' })).toBeVisible();
  await expect(ben).toHaveTitle('Join · Concord');
  await ben.getByLabel('Your name').fill('Ben');
  await ben.getByRole('button', { name: 'Start' }).click();
  await ben.waitForURL(/\/label/);
  expect(await remembered(ben)).not.toContain(secret.slice(0, 24));
  expect(await ben.evaluate(() => JSON.stringify([sessionStorage, localStorage]))).not.toContain(secret.slice(0, 24));

  await ben.goBack();
  await expect(ben).not.toHaveURL(/join/);
});

test('a link that is pasted over another page is taken out of the address too', async ({ link, others }) => {
  const ben = await others.page();
  await ben.goto('./#/settings');
  await expect(ben.getByRole('heading', { name: 'Keys' })).toBeVisible();
  await ben.evaluate((address) => (location.href = address), link);
  await expect(ben.getByRole('heading', { name: 'texts' })).toBeVisible();
  expect(await remembered(ben)).not.toContain(link.slice(-24));
});

for (const [what, made, says] of [
  ['cut', (link: string) => link.slice(0, -30), 'The end of this invite link is missing.'],
  ['mistyped', (link: string) => `${link.slice(0, -1)}${link.endsWith('q') ? 'a' : 'q'}`, 'This is not an invite link'],
  ['of something else', (_: string, app: string) => `${app}#/join/hello`, 'This is not an invite link'],
  ['of a newer version', (_: string, app: string) => newerLink(app), 'made by a newer version of Concord'],
  [
    'expired',
    (link: string, app: string) => {
      const invitation = opened(link);
      const expires = Date.now() - 86_400_000;
      return linkOf(app, { ...invitation, certificate: { ...invitation.certificate, expires } });
    },
    'This invite has expired.',
  ],
] as const) {
  test(`a link that is ${what} says so, and is not kept`, async ({ link, others, baseURL }) => {
    const ben = await others.page();
    await ben.goto(made(link, baseURL!));
    await expect(ben.getByRole('alert')).toContainText(says);
    expect(await remembered(ben)).toMatch(/#\/join\n/);
    if (what === 'of a newer version') {
      await ben.getByRole('button', { name: 'Reload this page' }).click();
      await expect(ben.getByRole('alert')).toContainText(says);
      return;
    }
    await ben.getByLabel('Another link').fill(link);
    await ben.getByRole('button', { name: 'Open it' }).click();
    await expect(ben.getByRole('heading', { name: 'texts' })).toBeVisible();
  });
}

test('a link whose role was raised on the way joins nothing', async ({ link, others, baseURL }) => {
  const invitation = opened(link);
  const forged = linkOf(baseURL!, { ...invitation, certificate: { ...invitation.certificate, role: 'reviewer' } });
  const eve = await others.page();
  await eve.goto(forged);
  await eve.getByLabel('Your name').fill('Eve');
  await eve.getByRole('button', { name: 'Start' }).click();
  await expect(eve.getByRole('alert')).toContainText('not signed by whom it names');
  await eve.goto('./');
  await expect(eve.getByRole('link', { name: 'texts' })).toHaveCount(0);
});

test('who is a member already goes to the project', async ({ page, link }) => {
  await page.goto(link);
  await expect(page.getByText('This project is on this device already.')).toBeVisible();
  await page.getByRole('button', { name: 'Open the project' }).click();
  await expect(item(page)).toContainText('This is text');
});

for (const [device, options] of [
  ['', {}],
  [' @phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
] as const) {
  test(`who joins while nobody is there waits calmly, and finds the way on${device}`, async ({ link, others }) => {
    const ben = await others.page(options);
    await joinBy(ben, link, 'Ben');
    await expect(ben.getByRole('heading', { name: 'Waiting for somebody who has the project' })).toBeVisible();
    await expect(ben.getByRole('navigation', { name: 'Where you are' })).toContainText('texts');
    await ben.getByRole('link', { name: 'open it here' }).click();
    await expect(ben).toHaveURL(/\/import$/);
    await ben.goto('./');
    await expect(ben.getByRole('link', { name: /texts/ })).toBeVisible();
  });
}

test('guidelines are read before the first item, once', async ({ page, others }) => {
  await createProject(page, [numberedTexts(3)], ['cat', 'dog']);
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByLabel('Guidelines in Markdown').fill('# Cats\n\nWhiskers are a *cat*.');
  const link = await inviteLink(page);

  const ben = await others.page();
  await joinBy(ben, link, 'Ben');
  await expect(ben.getByRole('heading', { name: 'Read this first' })).toBeVisible({ timeout: 30_000 });
  await expect(ben.getByText('Whiskers are a cat.')).toBeVisible();
  await ben.getByRole('button', { name: 'Start labeling' }).click();
  await expect(item(ben)).toContainText('This is text', { timeout: 30_000 });
  await ben.reload();
  await expect(item(ben)).toContainText('This is text');
});
