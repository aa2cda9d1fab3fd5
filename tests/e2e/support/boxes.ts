import type { Page } from '@playwright/test';
import { chooseFiles, item, type GivenFile } from './project';

/**
 * Makes a project with a field of boxes by the page that people use, and waits for its first image.
 *
 * @param options.turned whether boxes can be turned
 */
export async function createBoxProject(
  page: Page,
  files: readonly GivenFile[],
  classes: readonly string[],
  options: { readonly turned?: boolean; readonly url?: string } = {},
): Promise<void> {
  await page.goto(`${options.url ?? ''}#/new`);
  await chooseFiles(page, files);
  await page.getByRole('radio', { name: 'Boxes' }).check();
  await page.getByLabel('Classes').fill(classes.join('\n'));
  if (options.turned === true) {
    await page.getByText('More', { exact: true }).click();
    await page.getByLabel('Boxes can be turned').check();
  }
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await page.waitForURL(/\/label/);
  await item(page).waitFor();
}

/** The image that is drawn on. */
export const easel = (page: Page) => page.getByRole('application');

/** The rows of the list of regions, which must be unfolded. */
export const rows = (page: Page) => page.getByRole('grid', { name: 'Boxes' }).getByRole('row');

/** Where pixels of an image of this size are on the screen while all of it is seen. */
export async function onScreen(
  page: Page,
  image: { readonly width: number; readonly height: number },
): Promise<(x: number, y: number) => { x: number; y: number }> {
  const box = await easel(page).boundingBox();
  if (!box) throw new Error('No image is on the screen.');
  // As `ImageStage` fits an image: with 12 pixels around it, enlarged at most eight times.
  const scale = Math.min((box.width - 24) / image.width, (box.height - 24) / image.height, 8);
  const left = box.x + (box.width - image.width * scale) / 2;
  const top = box.y + (box.height - image.height * scale) / 2;
  return (x, y) => ({ x: left + x * scale, y: top + y * scale });
}
