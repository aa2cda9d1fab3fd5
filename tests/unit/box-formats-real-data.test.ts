import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imageDimensionsFromData } from 'image-dimensions';
import { describe, expect, it } from 'vitest';
import { coco } from '#core/formats/coco/coco';
import type { ParseOptions } from '#core/formats/format';
import { detectFormat } from '#core/formats/registry';
import { yolo } from '#core/formats/yolo/yolo';
import { hashOf } from '#core/model/hash';
import { ok } from '#core/result';
import { plainBoxes, readFiles, type PlainBox } from '../support/box-files';
import { fileMap } from '../support/datasets';

const DATA = process.env.CONCORD_DATA ?? '';

const readImage: ParseOptions['readImage'] = async (_, file) => {
  const bytes = await file.bytes();
  const { width, height } = imageDimensionsFromData(bytes)!;
  return ok({ blob: hashOf(bytes), facts: { width, height, type: 'image/jpeg', size: bytes.length } });
};

const number = (xml: string, tag: string): number => Number(new RegExp(`<${tag}>(.*?)</${tag}>`).exec(xml)![1]);

interface Photo {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlainBox[];
}

/** The photos of BCCD with the boxes of their Pascal VOC files. */
async function bccd(): Promise<Photo[]> {
  const names = (await readdir(join(DATA, 'bccd/Annotations'))).map((file) => file.replace('.xml', '')).sort();
  return Promise.all(
    names.map(async (name) => {
      const xml = await readFile(join(DATA, `bccd/Annotations/${name}.xml`), 'utf8');
      const boxes = xml
        .split('<object>')
        .slice(1)
        .map((object): PlainBox => {
          const [x, y] = [number(object, 'xmin'), number(object, 'ymin')];
          const label = /<name>(.*?)<\/name>/.exec(object)![1]!;
          return [label, x, y, number(object, 'xmax') - x, number(object, 'ymax') - y];
        });
      const bytes = await readFile(join(DATA, `bccd/JPEGImages/${name}.jpg`));
      return { name, bytes, width: number(xml, 'width'), height: number(xml, 'height'), boxes };
    }),
  );
}

const LABELS = ['RBC', 'WBC', 'Platelets'];
/** As COCO numbers its own: not in order, and not from 1. */
const IDS = [90, 7, 3];

const hasArea = ([, , , width, height]: PlainBox): boolean => width > 0 && height > 0;

describe.skipIf(DATA === '')('the blood cells of BCCD', () => {
  it('come in by COCO, but for the boxes without an area', async () => {
    const photos = await bccd();
    const annotations = photos.flatMap(({ boxes }, image) =>
      boxes.map(([label, ...bbox]) => ({ image_id: image, category_id: IDS[LABELS.indexOf(label)], bbox })),
    );
    const document = {
      images: photos.map(({ name, width, height }, id) => ({ id, file_name: `${name}.jpg`, width, height })),
      annotations,
      categories: LABELS.map((name, at) => ({ id: IDS[at], name })),
    };
    const images = Object.fromEntries(photos.map(({ name, bytes }) => [`images/${name}.jpg`, bytes]));
    const json = { 'annotations/instances_default.json': JSON.stringify(document, null, 1) };
    const { items, schema, issues } = await readFiles(coco, { ...images, ...json }, { readImage });
    expect(items.map(({ label }) => plainBoxes(label, schema))).toEqual(
      photos.map(({ boxes }) => boxes.filter(hasArea)),
    );
    expect(issues).toHaveLength(annotations.filter(({ bbox }) => bbox[2] <= 0 || bbox[3] <= 0).length);
    expect(issues.length).toBeGreaterThan(0);
  });

  it('come in by YOLO', async () => {
    const photos = await bccd();
    const files = photos.flatMap(({ name, bytes, width, height, boxes }) => {
      const lines = boxes.map(([label, x, y, w, h]) =>
        [LABELS.indexOf(label), (x + w / 2) / width, (y + h / 2) / height, w / width, h / height].join(' '),
      );
      return [[`images/train/${name}.jpg`, bytes] as const, [`labels/train/${name}.txt`, lines.join('\r\n')] as const];
    });
    const yaml = `train: images/train\nval: images/train\nnames: [${LABELS.join(', ')}]\n`;
    const { items, schema, issues } = await readFiles(
      yolo,
      { ...Object.fromEntries<string | Uint8Array>(files), 'data.yaml': yaml },
      { readImage },
    );
    const near = ([label, ...numbers]: PlainBox) => [
      label,
      ...numbers.map((value) => expect.closeTo(value!, 9) as number),
    ];
    expect(items.map(({ label }) => plainBoxes(label, schema))).toEqual(
      photos.map(({ boxes }) => boxes.filter(hasArea).map(near)),
    );
    expect(issues.map(({ path }) => path.split(',')[0])).toEqual(
      photos.flatMap(({ name, boxes }) => boxes.filter((one) => !hasArea(one)).map(() => `labels/train/${name}.txt`)),
    );
  });
});

describe.skipIf(DATA === '')('Label Studio’s own JSON', () => {
  it('is neither COCO nor YOLO', async () => {
    for (const file of ['test_export_coco/data.json', 'test_export_yolo/data.json']) {
      const bytes = await readFile(join(DATA, 'labelstudio', file));
      expect(await detectFormat(fileMap(new Map([['data.json', bytes]])))).toBeNull();
    }
  });
});
