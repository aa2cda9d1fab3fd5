import type { Browser, BrowserContext, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Faults } from './faults';
import { item } from './project';

export interface Invited {
  readonly role?: 'Annotator' | 'Reviewer' | 'Viewer';
  /** People who should label each item: asked at the first invite. */
  readonly annotators?: number;
}

/** Makes an invite on the People page, as an owner does, and gives its link. */
export async function inviteLink(page: Page, { role = 'Annotator', annotators }: Invited = {}): Promise<string> {
  await page.getByRole('link', { name: 'People' }).click();
  await page.getByRole('button', { name: /^Invite( people)?$/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite people' });
  const name = dialog.getByLabel('Your name');
  if (await name.isVisible()) await name.fill('Ada');
  await dialog.getByRole('radio', { name: role }).check();
  if (annotators !== undefined) await dialog.getByLabel('How many people').fill(String(annotators));
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const ready = page.getByRole('dialog', { name: 'The invite is ready' });
  const link = await ready.getByLabel('Link', { exact: true }).inputValue();
  await ready.getByRole('button', { name: 'Done' }).click();
  return link;
}

/** Opens a link as somebody does who was sent it, and starts under a name. */
export async function joinBy(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Start' }).click();
  await page.waitForURL(/\/label/);
}

/** Other people's browsers: contexts that share nothing, in which no BroadcastChannel carries anything. */
export class Others {
  readonly #browser: Browser;
  readonly #faults: Faults;
  readonly #url: string;
  readonly #contexts: BrowserContext[] = [];

  constructor(browser: Browser, faults: Faults, url: string) {
    this.#browser = browser;
    this.#faults = faults;
    this.#url = url;
  }

  async page(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context = await this.#browser.newContext({ baseURL: this.#url, ...options });
    this.#contexts.push(context);
    this.#faults.watch(context, new URL(this.#url).origin);
    await silenceTabs(context);
    return context.newPage();
  }

  async close(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => context.close()));
  }
}

/** What tabs of one browser say to each other goes nowhere: whatever arrives came over WebRTC. */
export const silenceTabs = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    BroadcastChannel.prototype.postMessage = () => undefined;
  });

/** Waits until somebody's state line says that so many people are here, themselves among them. */
export const meets = (page: Page, people: number): Promise<void> =>
  expect(page.getByRole('button', { name: new RegExp(`^${people} here\\b`) })).toBeVisible({ timeout: 60_000 });

/** Answers with the first class, and waits until it is saved. */
export async function labelOne(page: Page): Promise<void> {
  await item(page).waitFor();
  await page.keyboard.press('1');
}

/** Answers whatever comes, until nothing is left that others are not at; gives how many items were answered. */
export async function labelAll(page: Page): Promise<number> {
  const over = page.getByRole('region', { name: 'Work', exact: true });
  for (let count = 0; ; count++) {
    await expect(item(page).or(over)).toBeVisible();
    if (await over.isVisible()) return count;
    const before = await item(page).getAttribute('aria-label');
    await page.keyboard.press('1');
    await expect(page.getByRole('region', { name: before!, exact: true })).toBeHidden();
  }
}
