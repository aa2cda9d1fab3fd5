import type { Page } from '@playwright/test';

/** A path on the disk, or a file made here. */
export type GivenFile =
  string | { readonly name: string; readonly text: string } | { readonly name: string; readonly bytes: Uint8Array };

/** Picks files on the new project page by its button. */
export async function chooseFiles(page: Page, files: readonly GivenFile[]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose files' }).click(),
  ]);
  const paths = files.filter((file) => typeof file === 'string');
  const made = files.filter((file) => typeof file !== 'string');
  if (paths.length > 0) await chooser.setFiles(paths);
  else {
    await chooser.setFiles(
      made.map((file) => ({
        name: file.name,
        mimeType: '',
        buffer: Buffer.from('text' in file ? file.text : file.bytes),
      })),
    );
  }
}

/**
 * Makes a project by the page that people use, and waits for its first item.
 *
 * @param url the app, for pages that do not know the base URL of the tests
 */
export async function createProject(
  page: Page,
  files: readonly GivenFile[],
  classes: readonly string[],
  url = '',
): Promise<void> {
  await page.goto(`${url}#/new`);
  await chooseFiles(page, files);
  await page.getByLabel('Classes').fill(classes.join('\n'));
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await page.waitForURL(/\/label/);
  await item(page).waitFor();
}

/** The region of the labeling screen that holds the item. */
export const item = (page: Page) => page.getByRole('region', { name: /^Item \d/ });

/** One text per row, numbered from 1. */
export const numberedTexts = (count: number): GivenFile => ({
  name: 'texts.csv',
  text: ['text', ...Array.from({ length: count }, (_, n) => `This is text number ${n + 1}.`)].join('\n'),
});

/** How many items the state line says are done: it counts only what is durable. */
export async function doneCount(page: Page): Promise<number> {
  const text = await page.locator('.figures').first().innerText();
  return Number(text.split('/')[0]?.replace(/\D/g, ''));
}
