import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import papaparse from 'papaparse';
import { chooseFiles, createProject, doneCount, item } from './support/project';
import { expect, test } from './support/test';

const DATA = process.env.CONCORD_DATA ?? '';
test.skip(DATA === '', 'needs the real data that CONCORD_DATA names');

test('the 10,003 questions of banking77 come in with their 77 intents, and go out as they came', async ({ page }) => {
  const source = join(DATA, 'banking77/train.csv');
  await page.goto('./#/new');
  await chooseFiles(page, [source]);
  await page.getByRole('radio', { name: 'Final labels' }).check();
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await page.waitForURL(/\/label/);
  await expect.poll(() => doneCount(page), { timeout: 15_000 }).toBe(10_003);

  await page.getByRole('navigation').getByRole('link', { name: 'Export' }).click();
  await page.getByRole('radio', { name: 'CSV' }).check();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Export 10,003 items/ }).click(),
  ]);
  const read = async (path: string) =>
    papaparse.parse<Record<string, string>>(await readFile(path, 'utf8'), { header: true, skipEmptyLines: true }).data;
  const [given, exported] = [await read(source), await read(await download.path())];
  expect(exported).toHaveLength(10_003);
  const classes = new Set(exported.map((row) => row['Label'] ?? row['label']));
  expect(classes.size).toBe(77);
  for (const n of [0, 1, 5_000, 10_002]) {
    expect(exported[n]?.['text']).toBe(given[n]?.['text']);
    expect(exported[n]?.['Label'] ?? exported[n]?.['label']).toBe(given[n]?.['category']);
  }
});

test('the blood cells of BCCD are shown, labelled by keys and found again', async ({ page }) => {
  const folder = join(DATA, 'bccd/JPEGImages');
  const files = (await readdir(folder)).map((name) => join(folder, name));
  await createProject(page, files, ['normal', 'unusual']);
  await expect(page.getByRole('img', { name: 'BloodImage_00000.jpg' })).toBeVisible();
  for (let n = 0; n < files.length; n++) {
    await expect(item(page)).toHaveAccessibleName(`Item ${n + 1}`);
    await page.keyboard.press(n % 3 === 0 ? '2' : '1');
  }
  await expect.poll(() => doneCount(page)).toBe(files.length);
  await page.reload();
  await expect.poll(() => doneCount(page)).toBe(files.length);
});
