import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import {
  chooseFolder,
  cocoDocument,
  cocoFiles,
  dropFile,
  folderOf,
  picture,
  yoloFiles,
  zipped,
  type Files,
} from './support/datasets';
import { chooseFiles, createProject, doneCount, item } from './support/project';
import { expect, test } from './support/test';

const COCO_CLASSES = ['RBC', 'WBC', 'Platelets'];

/** Opens the list of items and looks at what each row says of its label. */
async function expectLabels(page: Page, labels: Readonly<Record<string, RegExp>>): Promise<void> {
  await page.waitForURL(/#\/p\//);
  await page.goto(page.url().replace(/\/(label|import|export)(\?.*)?$/, '/items'));
  for (const [name, label] of Object.entries(labels)) {
    await expect(page.getByRole('row').filter({ hasText: name })).toContainText(label);
  }
}

const refusedRow = (page: Page, path: string | RegExp) => page.getByRole('row').filter({ hasText: path });

test('COCO dropped as a zip is told what it is, and becomes final labels', async ({ page, expectAccessible }) => {
  await page.goto('./#/new');
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  await dropFile(page, 'cells.zip', zipped(cocoFiles()));
  await expect(page.getByText('COCO: 3 images, 4 boxes, all labelled')).toBeVisible();
  await page.getByRole('radio', { name: 'Final labels' }).check();
  await expectAccessible();
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await page.waitForURL(/\/label/);
  await expect.poll(() => doneCount(page)).toBe(3);
  await expectLabels(page, { '1.png': /RBC 2.*\+1/s, '2.png': /Platelets/, '3.png': /nothing of this kind/ });
});

test('COCO as a folder becomes suggestions, with its classes', async ({ page }) => {
  await page.goto('./#/new');
  await chooseFolder(page, await folderOf(cocoFiles()));
  await expect(page.getByText('COCO: 3 images, 4 boxes, all labelled')).toBeVisible();
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await expect(item(page)).toBeVisible();
  expect(await doneCount(page)).toBe(0);
  await expectLabels(page, { '1.png': /RBC 2.*proposed/s, '2.png': /Platelets.*proposed/s });
});

test('YOLO comes in with boxes in the same places', async ({ page }) => {
  await page.goto('./#/new');
  await chooseFolder(page, await folderOf(yoloFiles()));
  await expect(page.getByText(/^YOLO.*: 3 images, 4 boxes/)).toBeVisible();
  await page.getByRole('radio', { name: 'Final labels' }).check();
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await page.waitForURL(/\/label/);
  await expectLabels(page, { '1.png': /RBC 2.*\+1/s, '2.png': /Platelets/, '3.png': /nothing of this kind/ });
  const exported = await exportAs(page, /^COCO/, 3);
  const document = JSON.parse(exported) as ReturnType<typeof cocoDocument>;
  const boxes = document.annotations.map(({ bbox }) => bbox.map((side) => Math.round(side * 1e4) / 1e4));
  expect(boxes).toEqual(cocoDocument().annotations.map(({ bbox }) => bbox));
});

test('a data set can be taken as plain files, and as what it is after all', async ({ page, expectAccessible }) => {
  await page.goto('./#/new');
  await chooseFolder(page, await folderOf(cocoFiles()));
  await page.getByRole('button', { name: 'Take as plain files instead' }).click();
  await expect(page.getByText('3 images', { exact: true })).toBeVisible();
  await expectAccessible();
  await page.getByRole('button', { name: 'Take as COCO' }).click();
  await expect(page.getByText('COCO: 3 images, 4 boxes, all labelled')).toBeVisible();
});

test('labels without images go to the images of the project that have their names', async ({
  page,
  expectAccessible,
}) => {
  const images = [1, 2, 3].map((id) => ({ name: `${id}.png`, bytes: picture(id) }));
  await createProject(page, images, ['good']);
  const document = cocoDocument();
  document.images.push({ id: 4, file_name: 'elsewhere.png', width: 10, height: 10 });
  await page.getByRole('link', { name: 'Import' }).click();
  await chooseFiles(page, [{ name: 'instances.json', text: JSON.stringify(document, null, 1) }]);
  await expect(page.getByText('COCO: 4 images, 4 boxes, all labelled')).toBeVisible();
  await expect(page.getByText(`Its 3 classes: ${COCO_CLASSES.join(', ')}`)).toBeVisible();
  await expect(page.getByText('The images themselves are not among the files.')).toBeVisible();
  await expectAccessible();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: '3 items' })).toBeVisible();
  await expect(refusedRow(page, /instances\.json, line \d+/)).toContainText('elsewhere.png');
  await expectAccessible();
  await expectLabels(page, { '1.png': /RBC 2.*proposed/s, '2.png': /Platelets.*proposed/s });
});

test('what is wrong with COCO is told with file and line, and the rest comes in', async ({ page }) => {
  const document = cocoDocument();
  const [first] = document.annotations;
  document.annotations.push(
    { ...first!, bbox: [50, 50, 10, 10] },
    { ...first!, id: 5, image_id: 99 },
    { ...first!, id: 6, category_id: 7 },
    { ...first!, id: 7, bbox: [10, 10, 0, 5] },
    { ...first!, id: 8, bbox: [500, 500, 10, 10] },
  );
  document.images.push({ id: 4, file_name: 'missing.png', width: 100, height: 80 });
  document.images.push({ id: 1, file_name: 'again.png', width: 100, height: 80 });
  const files: Files = { ...cocoFiles(document), 'cells/images/2.png': new Uint8Array([1, 2, 3]) };
  await page.goto('./#/new');
  await dropFile(page, 'cells.zip', zipped(files));
  await page.getByRole('radio', { name: 'Final labels' }).check();
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible();
  await expect(page.getByText('2 items').first()).toBeVisible();
  for (const reason of [/id 1/, /99/, /category/, /no area/, /outside/, /missing\.png/, /2\.png.*cannot be shown/]) {
    await expect(refusedRow(page, reason).first(), String(reason)).toBeVisible();
  }
  await expect(refusedRow(page, /instances_default\.json, line \d+/).first()).toBeVisible();
});

test('what is wrong with YOLO is told with file and line, and the rest comes in', async ({ page }) => {
  const files: Files = {
    ...yoloFiles(),
    'cells/labels/train/2.txt': '9 0.5 0.5 0.1 0.1\n0 0.5 0.5 0.1 0.1 0.3 7\n0, 0.5, 0.5, 0.1, 0.1\n1 0.5 0.5 0.2 0.2',
  };
  await page.goto('./#/new');
  await chooseFolder(page, await folderOf(files));
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible();
  for (const line of [1, 2, 3]) {
    await expect(refusedRow(page, new RegExp(`labels/train/2\\.txt, line ${line}`))).toHaveCount(1);
  }
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await expectLabels(page, { '1.png': /RBC 2.*proposed/s, '2.png': /WBC.*proposed/s });
});

test('spans of JSON Lines come in with their texts', async ({ page }) => {
  const lines = [
    {
      text: 'Ada Lovelace was in London.',
      spans: [
        { start: 0, end: 12, label: 'PER' },
        { start: 20, end: 26, label: 'LOC' },
      ],
    },
    { text: 'Nobody was anywhere.', spans: [] },
    { text: 'Too short.', spans: [{ start: 4, end: 40, label: 'PER' }] },
  ];
  await page.goto('./#/new');
  await chooseFiles(page, [{ name: 'people.jsonl', text: lines.map((line) => JSON.stringify(line)).join('\n') }]);
  await expect(page.getByText(/: 3 texts, 2 spans/)).toBeVisible();
  await page.getByRole('radio', { name: 'Final labels' }).check();
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible();
  await expect(refusedRow(page, /people\.jsonl, line 3/)).toHaveCount(1);
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await expectLabels(page, { 'Ada Lovelace': /PER.*\+1/s, 'Nobody was': /nothing of this kind/ });
});

test('an export in JSON Lines brings everything back', async ({ page }) => {
  await createProject(
    page,
    [{ name: 'texts.csv', text: 'text,source\nIt works.,a\nIt fails.,b\nUnsure.,c\n' }],
    ['yes', 'no'],
  );
  await page.keyboard.press('1');
  await expect.poll(() => doneCount(page)).toBe(1);
  await page.keyboard.press('2');
  await expect.poll(() => doneCount(page)).toBe(2);
  const zip = await exportZip(page, /^JSON Lines/);

  await page.goto('./#/new');
  await dropFile(page, 'back.zip', zip);
  await expect(page.getByText('JSON Lines: 3 texts, 2 labelled')).toBeVisible();
  await page.getByRole('radio', { name: 'Final labels' }).check();
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await page.waitForURL(/\/label/);
  await expect.poll(() => doneCount(page)).toBe(2);
  const again = await exportZip(page, /^JSON Lines/);
  const [given, returned] = [recordsIn(zip), recordsIn(again)];
  const comparable = (records: readonly Record<string, unknown>[]) =>
    records.map(({ id, text, sources, label, status }) => ({ id, text, sources, label, status }));
  expect(comparable(returned)).toEqual(comparable(given));
});

test('the turns before a text come from a column of the table', async ({ page, expectAccessible }) => {
  const history = JSON.stringify([{ speaker: 'Bot', text: 'Shall I book it?' }]).replaceAll('"', '""');
  await page.goto('./#/new');
  await chooseFiles(page, [
    {
      name: 'turns.csv',
      text: `history,utterance,intent\n"${history}",Yes please.,agree\n"Bot: Cancel it?",Yes please.,agree\n`,
    },
  ]);
  await expect(page.getByLabel('What the column “history” is')).toHaveValue('context');
  await expectAccessible();
  await page.getByRole('textbox', { name: 'Entities' }).fill('time');
  await page.getByRole('button', { name: 'Start labeling' }).click();
  await expect(page.getByText('2 items imported.')).toBeVisible();
  await expect(page.getByText('Shall I book it?')).toBeVisible();
});

async function exportAs(page: Page, format: RegExp, items: number): Promise<string> {
  await page.goto(page.url().replace(/\/(label|items|import)(\?.*)?$/, '/export'));
  await page.getByRole('radio', { name: format }).check();
  const images = page.getByLabel('Include the image files');
  if (await images.isEnabled()) await images.uncheck();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: `Export ${items} items` }).click(),
  ]);
  return readFile(await saved.path(), 'utf8');
}

async function exportZip(page: Page, format: RegExp): Promise<Uint8Array> {
  await page.goto(page.url().replace(/\/(label|items|import)(\?.*)?$/, '/export'));
  await page.getByRole('radio', { name: format }).check();
  await page.getByRole('radio', { name: 'All' }).check();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export 3 items' }).click(),
  ]);
  return readFile(await saved.path());
}

/** The records of an export in JSON Lines. */
const recordsIn = (zip: Uint8Array): Record<string, unknown>[] =>
  strFromU8(unzipSync(zip)['items.jsonl']!)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
