import type { Browser, BrowserContext, Page } from '@playwright/test';
import { startServer } from '../../bin/server.js';
import type { Faults } from './support/faults';
import { inviteLink, joinBy, meets, Others } from './support/peers';
import { createProject, item, numberedTexts } from './support/project';
import { StaticHost } from './support/static-host';
import { expect, test } from './support/test';

// Several browsers on two cores.
test.describe.configure({ timeout: 180_000 });

// How browsers find each other: through the app's own server, after it was gone, by codes with no server, over relayed channels.

/** What a page says when its server does not answer. */
const UNANSWERED = /WebSocket connection to|Failed to load resource|ERR_CONNECTION_REFUSED/;

interface Place {
  readonly owner: Page;
  /** Of an invite for annotators. */
  readonly link: string;
  readonly others: Others;
}

/** A project of some texts at an address of the app, with an invite. */
async function sharedProject(browser: Browser, faults: Faults, url: string): Promise<Place> {
  const others = new Others(browser, faults, url);
  const owner = await others.page();
  await createProject(owner, [numberedTexts(12)], ['good', 'bad'], url);
  return { owner, link: await inviteLink(owner), others };
}

/** What the People page says of connections. */
const connections = (page: Page) => page.getByRole('status').filter({ hasText: 'Connected to' });

async function openPeople(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'People' }).click();
}

test('whoever is connected stays so while the meeting point is gone; newcomers meet once it is back', async ({
  browser,
  faults,
}) => {
  faults.allow(UNANSWERED);
  const first = await startServer({ folder: 'build', port: 0 });
  const { owner, link, others } = await sharedProject(browser, faults, first.url);
  const early = await others.page();
  await joinBy(early, link, 'Early');
  await meets(owner, 2);

  first.stop();
  await openPeople(owner);
  await expect(owner.getByText('You are connected to 1 device, and stay so.')).toBeVisible();
  await item(early).waitFor();
  await early.keyboard.press('1');
  await expect(owner.locator('.figures').first()).toContainText('1 / 12');

  const second = await startServer({ folder: 'build', port: Number(new URL(first.url).port) });
  try {
    expect(second.url).toBe(first.url);
    const late = await others.page();
    await joinBy(late, link, 'Late');
    await meets(late, 3);
    await meets(early, 3);
  } finally {
    await others.close();
    second.stop();
  }
});

test.describe('with no server', () => {
  let host: StaticHost;
  let place: Place;

  test.beforeEach(async ({ browser, faults }) => {
    host = await StaticHost.start('build', '/app/');
    place = await sharedProject(browser, faults, host.url);
  });
  test.afterEach(() => place.others.close().finally(() => host.stop()));

  test('two devices meet by codes, one pasted and one seen by a camera', async () => {
    const { owner, link, others } = place;
    const guest = await others.page();
    await joinBy(guest, link, 'Guest');
    await openPeople(owner);
    await openPeople(guest);
    await expect(guest.getByText('There is no meeting point')).toBeVisible();

    await owner.getByRole('button', { name: 'Connect by a code…' }).click();
    await owner.getByRole('button', { name: 'Show the first code here' }).click();
    const offer = owner.getByLabel('First pairing code, as text');
    await expect(offer).toHaveValue(/^CONCORD-PAIR:[A-Z2-7]+$/);

    await guest.getByRole('button', { name: 'Connect by a code…' }).click();
    await guest.getByRole('button', { name: 'The other device shows it' }).click();
    await guest.getByLabel('First code of the other device').fill(await offer.inputValue());
    await guest.getByRole('button', { name: 'Connect', exact: true }).click();
    const answer = await guest.getByRole('img', { name: 'Answer' }).screenshot();
    await holdToCamera(owner, answer);
    await owner.getByRole('button', { name: 'Scan it' }).click();

    await expect(owner.getByText('The two devices are connected.')).toBeVisible({ timeout: 20_000 });
    await expect(guest.getByText('The two devices are connected.')).toBeVisible();
    await owner.getByRole('button', { name: 'Done' }).click();
    await guest.getByRole('button', { name: 'Done' }).click();
    await guest.getByRole('link', { name: 'Label', exact: true }).click();
    await item(guest).waitFor();
    await guest.keyboard.press('1');
    await expect(owner.locator('.figures').first()).toContainText('1 / 12');
  });

  test('a code that is none, cut, of another step or of another project says so', async () => {
    const { owner } = place;
    await openPeople(owner);
    await owner.getByRole('button', { name: 'Connect by a code…' }).click();
    await owner.getByRole('button', { name: 'Show the first code here' }).click();
    const shown = owner.getByLabel('First pairing code, as text');
    await expect(shown).toHaveValue(/^CONCORD-PAIR:/);
    const offer = await shown.inputValue();
    const wrong = async (code: string, words: RegExp) => {
      await owner.getByLabel('Answer of the other device').fill(code);
      await owner.getByRole('button', { name: 'Connect', exact: true }).click();
      await expect(owner.getByRole('alert')).toHaveText(words);
    };
    await wrong('hello', /does not begin with CONCORD-PAIR:/);
    await wrong(offer.slice(0, -9), /its end is missing/);
    await wrong(offer, /the answer of the other device is needed/);

    const other = await place.others.page();
    await createProject(other, [numberedTexts(3)], ['a', 'b'], host.url);
    await inviteLink(other);
    await other.getByRole('button', { name: 'Connect by a code…' }).click();
    await other.getByRole('button', { name: 'The other device shows it' }).click();
    await other.getByLabel('First code of the other device').fill(offer);
    await other.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(other.getByRole('alert')).toHaveText(/belongs to another project/);
  });
});

test('where channels cannot be handed to the worker, the page relays', async ({ browser, faults, baseURL }) => {
  const { owner, link, others } = await sharedProject(browser, faults, baseURL!);
  const guest = await others.page();
  await refuseTransfers(guest.context());
  await joinBy(guest, link, 'Guest');
  await meets(guest, 2);
  await item(guest).waitFor();
  await guest.keyboard.press('1');
  await expect(owner.locator('.figures').first()).toContainText('1 / 12');
  await others.close();
});

test('four people who join at the same moment are all connected to each other', async ({
  browser,
  faults,
  baseURL,
}) => {
  const { owner, link, others } = await sharedProject(browser, faults, baseURL!);
  const guests = await Promise.all(
    ['Ann', 'Ben', 'Cleo', 'Dan'].map(async (name) => {
      const page = await others.page();
      const posted = await notePosts(page.context());
      await page.goto(link);
      await page.getByLabel('Your name').fill(name);
      return { page, posted };
    }),
  );
  await Promise.all(guests.map(({ page }) => page.getByRole('button', { name: 'Start' }).click()));
  for (const page of [owner, ...guests.map((guest) => guest.page)]) {
    await openPeople(page);
    await expect(connections(page)).toContainText('Connected to 4 devices', { timeout: 30_000 });
  }
  // What y-webrtc would tell other tabs of the browser goes by the room's name.
  for (const { posted } of guests) expect(posted.filter((channel) => channel.startsWith('concord-'))).toEqual([]);
  await others.close();
});

/** Has the page's camera see a picture. */
async function holdToCamera(page: Page, picture: Buffer): Promise<void> {
  await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = Object.assign(document.createElement('canvas'), { width: 800, height: 600 });
    const context = canvas.getContext('2d')!;
    setInterval(() => {
      context.fillStyle = 'grey';
      context.fillRect(0, 0, 800, 600);
      context.drawImage(bitmap, 160, 60, 480, 480);
    }, 50);
    navigator.mediaDevices.getUserMedia = () => Promise.resolve(canvas.captureStream());
  }, picture.toString('base64'));
}

/** As in a browser that cannot transfer data channels. */
const refuseTransfers = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    for (const { prototype } of [MessagePort, Worker]) {
      const post = Reflect.get(prototype, 'postMessage') as (...given: unknown[]) => void;
      prototype.postMessage = function (message: unknown, transfer?: unknown) {
        if (Array.isArray(transfer) && transfer.some((given) => given instanceof RTCDataChannel))
          throw new DOMException('not transferable', 'DataCloneError');
        post.call(this, message, transfer ?? []);
      };
    }
  });

/** Names of the BroadcastChannels that a context's pages post to. */
async function notePosts(context: BrowserContext): Promise<readonly string[]> {
  const posted: string[] = [];
  await context.exposeFunction('noteBroadcast', (name: string) => posted.push(name));
  await context.addInitScript(() => {
    const { noteBroadcast } = globalThis as unknown as { noteBroadcast: (name: string) => void };
    BroadcastChannel.prototype.postMessage = function () {
      noteBroadcast(this.name);
    };
  });
  return posted;
}
