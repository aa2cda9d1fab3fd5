import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM_FLAGS, findChromium } from '../../tools/chromium.js';
import { createProject, doneCount, item, numberedTexts } from './support/project';
import { expect, test } from './support/test';

const KILLS = 50;
/** Every so many kills the whole browser dies instead of the tab alone. */
const BROWSER_EVERY = 10;
const CLASSES = ['alpha', 'beta', 'gamma'];

/** A browser on a profile that survives it. */
async function start(profile: string): Promise<BrowserContext> {
  const executablePath = findChromium();
  return chromium.launchPersistentContext(profile, {
    args: CHROMIUM_FLAGS,
    ...(executablePath === null ? {} : { executablePath }),
  });
}

/** Ends the browser as a machine ends it that loses its power. */
async function killBrowser(context: BrowserContext): Promise<void> {
  const session = await context.browser()?.newBrowserCDPSession();
  const found = await session?.send('SystemInfo.getProcessInfo');
  const pid = found?.processInfo.find(({ type }) => type === 'browser')?.id;
  if (pid === undefined) throw new Error('The browser does not say which process it is.');
  const closed = new Promise((resolve) => context.once('close', resolve));
  process.kill(pid, 'SIGKILL');
  await closed;
}

async function openTab(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

test('every label that was shown as done is found again after 50 kills', async ({ baseURL }) => {
  test.setTimeout(400_000);
  const profile = await mkdtemp(join(tmpdir(), 'concord-kill-'));
  let context = await start(profile);
  try {
    let page = await openTab(context, baseURL ?? '');
    await createProject(page, [numberedTexts(1_000)], CLASSES, baseURL);
    const address = page.url();
    /** Class number by item, as pressed; the keys go to the items in their order. */
    const pressed: number[] = [];
    let state = 12345;
    const random = (bound: number) => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) % bound;

    for (let kill = 1; kill <= KILLS; kill++) {
      let acknowledged = await doneCount(page);
      const keys = 1 + random(8);
      for (let i = 0; i < keys; i++) {
        const choice = random(CLASSES.length);
        await page.keyboard.press(String(choice + 1));
        pressed.push(choice);
        if (random(3) > 0) await page.waitForTimeout(random(25));
        acknowledged = await doneCount(page);
      }
      await page.waitForTimeout(random(20));
      if (kill % BROWSER_EVERY === 0) {
        await killBrowser(context);
        context = await start(profile);
      } else {
        const session = await page.context().newCDPSession(page);
        await Promise.race([session.send('Page.crash').catch(() => undefined), page.waitForEvent('crash')]);
        await page.close();
      }
      page = await openTab(context, address);
      await item(page).waitFor();
      const found = await doneCount(page);
      expect(found, `labels after kill ${kill}`).toBeGreaterThanOrEqual(acknowledged);
      expect(found).toBeLessThanOrEqual(pressed.length);
      // What was not acknowledged may be gone: the next key answers that item.
      pressed.length = found;
      await expect(item(page)).toHaveAccessibleName(`Item ${found + 1}`);
    }

    await page.goto(address.replace(/label.*/, 'items'));
    const rows = page.getByRole('row').filter({ hasText: 'texts.csv' });
    for (const [n, choice] of pressed.slice(0, 8).entries())
      await expect(rows.nth(n)).toContainText(CLASSES[choice] ?? '');
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
