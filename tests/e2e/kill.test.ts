import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { itemId } from '#core/model/item';
import { projectIn } from '#core/project-file/project';
import { verifyProjectFile } from '#core/project-file/verify';
import { verify } from '#io/keys';
import { CHROMIUM_FLAGS, findChromium } from '../../tools/chromium.js';
import { filesOfAnotherOwner, type Said } from '../support/other-owner';
import { savedFile } from '../support/saved-file';
import { chooseFiles, createProject, item, numberedTexts } from './support/project';
import { expect, test } from './support/test';

/** `CONCORD_KILLS=500` for the long run. */
const KILLS = Number(process.env.CONCORD_KILLS ?? 40);
/** Every so many kills the whole browser dies instead of the tab alone. */
const BROWSER_EVERY = 10;
const CLASSES = ['alpha', 'beta', 'gamma'];

const ITEMS = 3_000;
/** Of the last items, which another owner answers; this one answers from the first on. */
const OTHERS = 1_000;
const OTHERS_FILES = 10;
const IMPORTED = 2_500;

const textOf = (n: number) => `This is text number ${n}.`;
const idOf = (n: number) => itemId({ kind: 'text', text: textOf(n) });

/** A browser on a profile that survives it. */
async function start(profile: string): Promise<BrowserContext> {
  const executablePath = findChromium();
  return chromium.launchPersistentContext(profile, {
    args: CHROMIUM_FLAGS,
    acceptDownloads: true,
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

async function killTab(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await Promise.race([session.send('Page.crash').catch(() => undefined), page.waitForEvent('crash')]);
  await page.close();
}

/** What the state line says: it counts only what is durable. */
async function figures(page: Page): Promise<{ done: number; items: number }> {
  const text = await page.locator('.figures').first().innerText();
  const [done = NaN, items = NaN] = text.split('/').map((figure) => Number(figure.replace(/\D/g, '')));
  return { done, items };
}

/** Saves the project file by its button; null when that took longer than `patience` milliseconds. */
async function save(page: Page, patience: number): Promise<string | null> {
  const download = page.waitForEvent('download', { timeout: patience }).catch(() => null);
  await page.getByRole('button', { name: 'Save project file' }).last().click();
  return (await download)?.path() ?? null;
}

test(`nothing acknowledged is lost by ${KILLS} kills while labeling, importing, saving and merging`, async ({
  baseURL,
}) => {
  const home = baseURL ?? '';
  test.setTimeout(60_000 + KILLS * 8_000);
  const folder = await mkdtemp(join(tmpdir(), 'concord-kill-'));
  const profile = join(folder, 'profile');
  let context = await start(profile);
  let state = 12345;
  const random = (bound: number) => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) % bound;
  try {
    let page = await context.newPage();
    await createProject(page, [numberedTexts(ITEMS)], CLASSES, home);
    const label = page.url();
    const place = (name: string) => label.replace(/label.*/, name);

    // Another owner works on the last items, and hands over a file now and then.
    await page.goto(place('settings'));
    const code = await page
      .locator('code')
      .filter({ hasText: /^[A-Z2-7-]+$/ })
      .innerText();
    const first = await save(page, 30_000);
    const { file } = await savedFile(first ?? '');
    const parts = Array.from({ length: OTHERS_FILES }, (_, part) =>
      Array.from({ length: OTHERS / OTHERS_FILES }, (_, n): Said => {
        const item = idOf(ITEMS - OTHERS + 1 + (part * OTHERS) / OTHERS_FILES + n);
        return { item, field: 'label', class: CLASSES[part % CLASSES.length]! };
      }),
    );
    const handedOver = await filesOfAnotherOwner(file, code, parts);
    const paths = await Promise.all(
      handedOver.map(async (blob, n) => {
        const path = join(folder, `other-${n}.concord`);
        await writeFile(path, Buffer.from(await blob.arrayBuffer()));
        return path;
      }),
    );
    await page.goto(label);
    await item(page).waitFor();

    /** Class number by item, as pressed; the keys go to the items in their order. */
    const pressed: number[] = [];
    let merged = 0;
    let items = ITEMS;

    const activities = {
      async label() {
        for (let keys = 1 + random(8); keys > 0; keys--) {
          const choice = random(CLASSES.length);
          await page.keyboard.press(String(choice + 1));
          pressed.push(choice);
          if (random(3) > 0) await page.waitForTimeout(random(25));
        }
        return figures(page);
      },
      async import() {
        await page.goto(place('import'));
        const rows = Array.from({ length: IMPORTED }, (_, n) => textOf(items + n + 1));
        await chooseFiles(page, [{ name: `more-${items}.csv`, text: ['text', ...rows].join('\n') }]);
        await page.getByRole('button', { name: 'Import', exact: true }).click();
        await page.waitForTimeout(random(600));
        return figures(page);
      },
      async save() {
        await page.goto(place('settings'));
        await page.getByRole('button', { name: 'Save project file' }).last().waitFor();
        const known = await figures(page);
        const path = await save(page, 1 + random(800));
        if (path !== null) {
          const project = await projectIn((await savedFile(path)).file, verify);
          expect(project.ok && project.value.projection.tally.items).toBe(known.items);
          expect(project.ok && project.value.projection.tally.statuses().completed).toBe(known.done);
        }
        return known;
      },
      async merge() {
        const known = await figures(page);
        const next = Math.min(OTHERS_FILES - 1, Math.floor((merged * OTHERS_FILES) / OTHERS) + random(2));
        await page.goto(home);
        const [chooser] = await Promise.all([
          page.waitForEvent('filechooser'),
          page.getByRole('button', { name: 'Open a file' }).click(),
        ]);
        await chooser.setFiles(paths[next]!);
        await page.waitForTimeout(random(1_200));
        const isMerged = page.url().includes('/label');
        const whole = pressed.length + ((next + 1) * OTHERS) / OTHERS_FILES;
        return { ...known, done: isMerged ? Math.max(known.done, whole) : known.done };
      },
    };
    const kinds = ['label', 'label', 'label', 'import', 'save', 'merge', 'merge'] as const;

    for (let kill = 1; kill <= KILLS; kill++) {
      const kind = kinds[random(kinds.length)]!;
      const acknowledged = await activities[kind]();
      await page.waitForTimeout(random(20));
      if (kill % BROWSER_EVERY === 0) {
        await killBrowser(context);
        context = await start(profile);
      } else await killTab(page);

      page = await context.newPage();
      await page.goto(label);
      await item(page).waitFor();
      const found = await figures(page);
      const when = `after kill ${kill}, while it was to ${kind}`;
      expect(found.done, `labels ${when}`).toBeGreaterThanOrEqual(acknowledged.done);
      expect(found.items, `items ${when}`).toBeGreaterThanOrEqual(acknowledged.items);
      // What was not acknowledged may be gone: the next key answers that item.
      if (kind === 'label') pressed.length = Math.min(pressed.length, found.done - merged);
      if (kind === 'merge') merged = found.done - pressed.length;
      if (kind === 'import') items = found.items;
      expect(found, when).toEqual({ done: pressed.length + merged, items });
      await expect(item(page), when).toHaveAccessibleName(`Item ${pressed.length + 1}`);
    }

    // Everything is there, signed, and says what was said.
    await page.goto(place('settings'));
    const last = await savedFile((await save(page, 30_000)) ?? '');
    const verified = await verifyProjectFile(last.files, verify);
    expect(verified).toMatchObject({ ok: true, value: { problems: [], counts: { items } } });
    const project = await projectIn(last.file, verify);
    if (!project.ok) throw new Error(project.error.message);
    const { projection } = project.value;
    for (const [n, choice] of pressed.entries()) {
      const said = projection.pool.read(projection.label(projection.find(idOf(n + 1))));
      expect(said, `item ${n + 1}`).toEqual({ label: [CLASSES[choice]] });
    }
  } finally {
    await context.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});
