import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { dropFile, zipped } from './support/datasets';
import { expect, test } from './support/test';

const DATA = process.env.CONCORD_DATA ?? '';
test.skip(DATA === '', 'needs the real data that CONCORD_DATA names');

interface CocoDocument {
  readonly images: readonly {
    readonly id: number;
    readonly file_name: string;
    readonly width: number;
    readonly height: number;
  }[];
  readonly categories: readonly { readonly id: number; readonly name: string }[];
  readonly annotations: readonly {
    readonly image_id: number;
    readonly category_id: number;
    readonly bbox: readonly number[];
  }[];
}

test('the boxes of BCCD go in as COCO, out as YOLO, in again and out as COCO, and stay where they are', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const folder = join(DATA, 'bccd');
  const given = await readVoc(folder);
  const photos = await Promise.all(
    given.images.map(async ({ file_name: name }) => [name, await readFile(join(folder, 'JPEGImages', name))] as const),
  );
  const coco = zipped({
    'annotations/instances_default.json': JSON.stringify(given),
    ...Object.fromEntries(photos.map(([name, bytes]) => [`images/${name}`, bytes])),
  });

  // Two of these boxes are as wide or as high as nothing.
  const whole = { ...given, annotations: given.annotations.filter(({ bbox }) => bbox[2]! > 0 && bbox[3]! > 0) };
  const counted = `${given.images.length} images, ${whole.annotations.length} boxes`;
  await found(page, 'bccd.zip', coco, `COCO: ${counted}, all labelled`);
  await expect(page.getByRole('row', { name: /instances_default\.json, line \d+.*no area/ })).toHaveCount(
    given.annotations.length - whole.annotations.length,
  );
  await page.getByRole('button', { name: 'Start labeling' }).click();
  expect(boxesOf(await exportedCoco(page))).toEqual(boxesOf(whole));

  const yolo = await download(page, /^YOLO/, 'with images');
  await found(page, 'again.zip', yolo, new RegExp(`^YOLO.*: ${counted}`));
  expect(boxesOf(await exportedCoco(page))).toEqual(boxesOf(whole));
});

/** Founds a project with final labels of what is dropped. */
async function found(page: Page, name: string, zip: Uint8Array, words: string | RegExp): Promise<void> {
  await page.goto('./#/new');
  await dropFile(page, name, zip);
  await expect(page.getByText(words)).toBeVisible();
  await page.getByRole('radio', { name: 'Final labels' }).check();
  await page.getByRole('button', { name: 'Start labeling' }).click();
  const report = page.getByRole('heading', { name: 'Imported' });
  await expect(report.or(page.getByRole('heading', { name: 'All items are labelled' }))).toBeVisible({
    timeout: 60_000,
  });
}

async function exportedCoco(page: Page): Promise<CocoDocument> {
  const bytes = await download(page, /^COCO/, 'without images');
  return JSON.parse(new TextDecoder().decode(bytes)) as CocoDocument;
}

async function download(page: Page, format: RegExp, images: 'with images' | 'without images'): Promise<Uint8Array> {
  await page.waitForURL(/#\/p\//);
  await page.goto(page.url().replace(/\/(label|export)(\?.*)?$/, '/export'));
  await page.getByRole('radio', { name: format }).check();
  await page.getByLabel('Include the image files').setChecked(images === 'with images');
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Export \d+ items/ }).click(),
  ]);
  return readFile(await saved.path());
}

/** PASCAL VOC as COCO: corners become origin and size. */
async function readVoc(folder: string): Promise<CocoDocument> {
  const names = ['RBC', 'WBC', 'Platelets'];
  const images: CocoDocument['images'][number][] = [];
  const annotations: CocoDocument['annotations'][number][] = [];
  for (const file of (await readdir(join(folder, 'Annotations'))).sort()) {
    const xml = await readFile(join(folder, 'Annotations', file), 'utf8');
    const number = (part: string, tag: string) => Number(new RegExp(`<${tag}>\\s*([-\\d.]+)`).exec(part)?.[1]);
    const id = images.length + 1;
    const size = { width: number(xml, 'width'), height: number(xml, 'height') };
    images.push({ id, file_name: /<filename>([^<]+)/.exec(xml)![1]!, ...size });
    for (const [object] of xml.matchAll(/<object>[\s\S]*?<\/object>/g)) {
      const [x, y] = [number(object, 'xmin'), number(object, 'ymin')];
      const bbox = [x, y, number(object, 'xmax') - x, number(object, 'ymax') - y];
      const category = names.indexOf(/<name>([^<]+)/.exec(object)![1]!) + 1;
      annotations.push({ image_id: id, category_id: category, bbox });
    }
  }
  const numbered = annotations.map((annotation, at) => ({ id: at + 1, ...annotation }));
  return { images, categories: names.map((name, at) => ({ id: at + 1, name })), annotations: numbered };
}

/** Each box with its image and class, to a hundredth of a pixel, in one order. */
function boxesOf({ images, categories, annotations }: CocoDocument): string[] {
  const files = new Map(images.map(({ id, file_name: name }) => [id, name.split('/').at(-1)]));
  const names = new Map(categories.map(({ id, name }) => [id, name]));
  return annotations
    .map(({ image_id: image, category_id: category, bbox }) =>
      [files.get(image), names.get(category), ...bbox.map((side) => side.toFixed(2).replace('-0.00', '0.00'))].join(
        ' ',
      ),
    )
    .sort();
}
