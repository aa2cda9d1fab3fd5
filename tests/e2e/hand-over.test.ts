import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { concord } from '../support/command-line';
import { chooseFiles, doneCount, item, numberedTexts } from './support/project';
import { expect, test } from './support/test';

const CONFIG = `
project: {name: tickets, task_type: text_classification, classes: [bug, wish, question]}
quality: {min_annotators_per_sample: 1}
export: {format: csv}
`;

/** What a command that succeeds prints. */
async function told(folder: string, ...words: string[]): Promise<unknown> {
  const { status, stdout, stderr } = await concord(folder, ...words, '--json');
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout);
}

test('a project founded on the command line is labelled in the app, verified and exported there', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'concord-hand-over-'));
  const path = (name: string) => join(folder, name);
  try {
    await writeFile(path('config.yaml'), CONFIG);
    const founded = await told(folder, 'init', '--config', 'config.yaml', '--out', 'new.concord');
    const { recoveryCode } = founded as { readonly recoveryCode: string };

    await page.goto('/');
    await chooseFiles(page, [path('new.concord')]);
    await page.waitForURL(/#\/p\//);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByLabel('Recovery code').fill(recoveryCode);
    await page.getByRole('button', { name: 'Become an owner' }).click();
    await page.getByRole('heading', { name: 'Classes' }).waitFor();
    await page.getByRole('link', { name: 'Import' }).click();
    await chooseFiles(page, [numberedTexts(5)]);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('link', { name: 'Label' }).first().click();
    await item(page).waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('3');
    await expect.poll(() => doneCount(page)).toBe(2);
    await page.getByRole('link', { name: 'Settings' }).click();
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save project file' }).last().click(),
    ]);
    await saved.saveAs(path('done.concord'));

    expect(await told(folder, 'verify', 'done.concord')).toMatchObject({
      counts: { authors: 2, items: 5, annotations: 2 },
      problems: [],
    });
    await told(folder, 'export', 'done.concord', '--out', 'out');
    const [table = ''] = await readdir(path('out'));
    expect(await readFile(join(folder, 'out', table), 'utf8')).toMatch(/number 1\..*bug[^]*number 2\..*question/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
