import { describe, expect, it } from 'vitest';
import { coco } from '#core/formats/coco/coco';
import { JsonRecordReader } from '#core/formats/coco/json-records';
import { detectFormat } from '#core/formats/registry';
import { MAX_REGIONS } from '#core/fields/regions';
import { hashOf } from '#core/model/hash';
import type { Box, Values } from '#core/model/annotation';
import type { Schema } from '#core/model/schema';
import { box, boxField, picture, pictureItem, plainBoxes, readFiles } from '../support/box-files';
import { datasetOf, entryOf, fileMap, text, utf8, written } from '../support/datasets';
import { expectGolden } from '../support/golden';
import { goldenBoxes } from '../support/golden-boxes';

describe('golden files, which pycocotools read', () => {
  it.each([
    ['coco/split', { isSplit: true }, {}],
    ['coco/things', { isSplit: false }, { field: 'things' }],
  ] as const)('%s', async (folder, how, options) => {
    await expectGolden(folder, await written(coco, await goldenBoxes(how), options));
  });
});

/** One image of 100 x 80 pixels, and whatever else the JSON holds; each record on a line of its own. */
const instances = (annotations: readonly unknown[], more: object = {}): string => {
  const lists: Record<string, readonly unknown[]> = {
    images: [{ id: 1, file_name: 'a.png', width: 100, height: 80 }],
    annotations,
    categories: [{ id: 1, name: 'cat', supercategory: 'animal' }],
    ...more,
  };
  const written = Object.entries(lists).map(([key, list]) => {
    const records = list.map((record) => (typeof record === 'string' ? record : JSON.stringify(record)));
    return `"${key}":[\n${records.join(',\n')}\n]`;
  });
  return `{${written.join(',\n')}}`;
};

const A = { 'images/a.png': picture(100, 80) };
const JSON_PATH = 'annotations/instances_default.json';
const annotation = (more: object = {}) => ({ id: 1, image_id: 1, category_id: 1, bbox: [1, 2, 3, 4], ...more });

const readInstances = (annotations: readonly unknown[], more: object = {}) =>
  readFiles(coco, { ...A, [JSON_PATH]: instances(annotations, more) });

describe('reading', () => {
  it('takes boxes exactly as they are, from category ids in any order', async () => {
    const { items, schema, issues } = await readInstances(
      [
        annotation({ category_id: 90, bbox: [0.1, 1 / 3, 12.345678901234567, 4] }),
        annotation({ id: 7, category_id: 3 }),
      ],
      {
        categories: [
          { id: 90, name: 'tooth brush' },
          { id: 3, name: 'car' },
          { id: 44, name: 'unused' },
        ],
      },
    );
    expect(issues).toEqual([]);
    expect(schema.fields).toMatchObject([{ kind: 'box', rotatable: false }]);
    expect(schema.fields[0]!.classes.map(({ name }) => name)).toEqual(['tooth brush', 'car', 'unused']);
    expect(items).toMatchObject([{ status: 'completed', sources: [{ file: 'images/a.png' }], split: null }]);
    expect(plainBoxes(items[0]!.label, schema)).toEqual([
      ['tooth brush', 0.1, 1 / 3, 12.345678901234567, 4],
      ['car', 1, 2, 3, 4],
    ]);
  });

  it('knows a turned box by its four corners, and no other polygon', async () => {
    // A rectangle of 20 x 10 around (50, 40), turned by atan(3/4): its half sides are (8, 6) and (-3, 4).
    const corners = [45, 30, 61, 42, 55, 50, 39, 38];
    const bounds = [39, 30, 22, 20];
    const { items, schema, said } = await readInstances([
      annotation({ id: 1, bbox: bounds, segmentation: [corners] }),
      annotation({ id: 2, bbox: bounds, segmentation: [[45, 30, 39, 38, 55, 50, 61, 42]] }),
      annotation({ id: 3, bbox: [1, 2, 30, 40], segmentation: [[1, 2, 31, 2, 31, 42, 1, 42]] }),
      annotation({ id: 4, bbox: bounds, segmentation: [[45, 30, 61, 42, 55, 50, 39, 36]] }),
      annotation({ id: 5, bbox: [0, 0, 100, 80], segmentation: [corners] }),
    ]);
    const boxes = plainBoxes(items[0]!.label, schema)!;
    expect(boxes[0]).toEqual(['cat', 40, 35, 20, 10, expect.closeTo((Math.atan(3 / 4) * 180) / Math.PI, 10)]);
    expect(boxes[1]).toEqual(boxes[0]);
    expect(boxes.slice(2)).toEqual([
      ['cat', 1, 2, 30, 40],
      ['cat', 39, 30, 22, 20],
      ['cat', 0, 0, 100, 80],
    ]);
    expect(schema.fields).toMatchObject([{ rotatable: true }]);
    expect(said).toEqual([`${JSON_PATH}: ${adjusted('2 annotations have outlines; only their boxes were read')}`]);
  });

  it('takes files with scores for predictions, and results beside them', async () => {
    const results = [
      { image_id: 1, category_id: 1, bbox: [5, 5, 10, 10], score: 0.25 },
      { image_id: 9, category_id: 1, bbox: [5, 5, 10, 10], score: 1 },
      { image_id: 1, category_id: 1, bbox: [5, 5, 10, 10], score: 87 },
    ];
    const { items, said } = await readFiles(coco, {
      ...A,
      [JSON_PATH]: instances([annotation()]),
      'detr-50.json': `[${results.map((result) => JSON.stringify(result)).join(',\n')}]`,
    });
    expect(items[0]!.label).not.toBeNull();
    expect(items[0]!.predictions).toMatchObject([
      {
        model: 'detr-50',
        confidence: null,
        values: { objects: [{ x: 5, y: 5, width: 10, height: 10, confidence: 0.25 }] },
      },
    ]);
    expect(said).toEqual([
      `detr-50.json, line 3: ${leftOut('its score is 87, not between 0 and 1 (annotation without an id of image 1)')}`,
      `detr-50.json, line 2: ${leftOut('there is no image with the id 9')}`,
    ]);

    const scored = await readInstances([annotation({ score: 0.5 })]);
    expect(scored.items).toMatchObject([
      { status: 'pre-annotated', label: null, predictions: [{ model: 'instances_default' }] },
    ]);
  });

  it('tells images without boxes from images that nobody labelled', async () => {
    const empty = await readInstances([]);
    expect(empty.items).toMatchObject([{ status: 'completed', label: { objects: [] } }]);
    const [head] = instances([]).split(',\n"annotations"');
    const listed = await readFiles(coco, { ...A, 'image_info.json': `${head!}}` });
    expect(listed.items).toMatchObject([{ status: 'pending', label: null }]);
    const damaged = await readInstances([annotation({ bbox: [1, 2, 0, 4] })]);
    expect(damaged.items).toMatchObject([{ status: 'pending', label: null }]);
  });

  it('finds images where tools put them', async () => {
    const listing = (fileName: string) =>
      instances([annotation()], { images: [{ id: 1, file_name: fileName, width: 100, height: 80 }] });
    const cases: readonly (readonly [
      json: string,
      fileName: string,
      files: readonly string[],
      found: string | null,
    ])[] = [
      ['annotations/instances_train2017.json', '1.jpg', ['train2017/1.jpg', 'val2017/1.jpg'], 'train2017/1.jpg'],
      ['annotations/instances_val.json', '1.jpg', ['images/train/1.jpg', 'images/val/1.jpg'], 'images/val/1.jpg'],
      ['result.json', 'images/1.jpg', ['images/1.jpg'], 'images/1.jpg'],
      ['valid/_annotations.coco.json', '1.jpg', ['valid/1.jpg', 'train/1.jpg'], 'valid/1.jpg'],
      ['a.json', 'C:\\photos\\1.jpg', ['deep/down/1.jpg'], 'deep/down/1.jpg'],
      ['a.json', './x/1.jpg', ['b/x/1.jpg', 'b/y/1.jpg'], 'b/x/1.jpg'],
      ['a.json', 'e\u0301.jpg', ['images/\u00e9.jpg'], 'images/\u00e9.jpg'],
      ['a.json', '1.jpg', ['b/1.jpg', 'c/1.jpg'], null],
      ['a.json', '2.jpg', ['b/1.jpg'], null],
    ];
    for (const [json, fileName, paths, found] of cases) {
      const files = Object.fromEntries(paths.map((path) => [path, picture(100, 80, path)]));
      const { items, issues } = await readFiles(coco, { ...files, [json]: listing(fileName) });
      expect([fileName, items.map(({ sources }) => sources[0]!.file)]).toEqual([
        fileName,
        found === null ? [] : [found],
      ]);
      expect([fileName, issues.length]).toEqual([fileName, found === null ? 1 : 0]);
    }
  });

  it('reads the parts of a split set, each with ids of its own', async () => {
    const part = (fileName: string) =>
      instances([annotation()], { images: [{ id: 1, file_name: fileName, width: 100, height: 80 }] });
    const { items, issues } = await readFiles(coco, {
      'train/a.png': picture(100, 80, 'a'),
      'val/b.png': picture(100, 80, 'b'),
      'annotations/instances_train.json': part('a.png'),
      'annotations/instances_val.json': part('b.png'),
    });
    expect(issues).toEqual([]);
    expect(items.map(({ split, label }) => [split, (label!['objects'] as Box[]).length])).toEqual([
      ['train', 1],
      ['val', 1],
    ]);
  });

  it('finds images elsewhere where the files do not hold them', async () => {
    const bytes = picture(100, 80);
    const facts = { width: 100, height: 80, type: 'image/png', size: bytes.length };
    const { items, issues } = await readFiles(
      coco,
      { [JSON_PATH]: instances([annotation()]) },
      { findImage: (path) => Promise.resolve(path === 'a.png' ? { facts, blob: hashOf(bytes) } : null) },
    );
    expect(issues).toEqual([]);
    expect(items).toMatchObject([
      { content: { file: null, facts }, sources: [{ file: 'a.png' }], status: 'completed' },
    ]);
  });
});

const leftOut = (reason: string) => `This was left out: ${reason}.`;
/** An annotation that is no box is also named by its ids: a file may well be a single line. */
const unshaped = (reason: string) => leftOut(`${reason} (annotation 1 of image 1)`);
const adjusted = (reason: string) => `This was read otherwise than it is written: ${reason}.`;

describe('bad records are named by file, line and reason, and the rest is read', () => {
  // The first annotation stands in line 5, behind the one image.
  it.each<readonly [what: string, record: unknown, message: string]>([
    ['no area', annotation({ bbox: [1, 2, 0, 4] }), unshaped('a box has no area')],
    ['negative area', annotation({ bbox: [1, 2, 3, -4] }), unshaped('a box has no area')],
    ['outside', annotation({ bbox: [100, 2, 3, 4] }), leftOut('a box lies outside the image (in a.png: 100, 2, 3, 4)')],
    ['beyond any image', annotation({ bbox: [1, 2, 1e9, 4] }), unshaped('a box is larger than any image')],
    ['null', annotation({ bbox: [1, null, 3, 4] }), unshaped('the y of its bbox is null, not a number')],
    ['a text', annotation({ bbox: [1, 2, '3', 4] }), unshaped('the width of its bbox is "3", not a number')],
    [
      'five numbers',
      annotation({ bbox: [1, 2, 3, 4, 5] }),
      unshaped('its bbox has 5 numbers, not the four of x, y, width and height'),
    ],
    ['a map', annotation({ bbox: { x: 1 } }), unshaped('its bbox is {"x":1}, not a list')],
    [
      'NaN, as Python writes it',
      '{"id":1,"image_id":1,"category_id":1,"area":NaN,"bbox":[1,2,NaN,4]}',
      unshaped('the width of its bbox is "NaN", not a number'),
    ],
    [
      'Infinity',
      '{"id":1,"image_id":1,"category_id":1,"bbox":[-Infinity,2,3,4]}',
      unshaped('the x of its bbox is "-Infinity", not a number'),
    ],
    ['neither box nor outline', annotation({ bbox: undefined }), unshaped('it has neither a bbox nor a polygon')],
    [
      'a mask only',
      annotation({ bbox: [], segmentation: { counts: 'abc', size: [80, 100] } }),
      unshaped('it has no bbox, only a mask (RLE)'),
    ],
    [
      'a crowd',
      annotation({ iscrowd: 1, segmentation: { counts: [1, 2], size: [80, 100] } }),
      unshaped('it marks a crowd (iscrowd), which is not the box of one thing'),
    ],
    ['a missing image', annotation({ image_id: 5 }), leftOut('there is no image with the id 5')],
    ['an unknown category', annotation({ category_id: 90 }), leftOut('there is no category with the id 90')],
    ['no image id', annotation({ image_id: null }), leftOut('it has no image_id')],
    ['no category id', annotation({ category_id: undefined }), unshaped('it has no category_id')],
    ['no object', '[1, 2, 3]', leftOut('it is not an object')],
  ])('%s', async (_, record, message) => {
    const { items, schema, said } = await readInstances([record, annotation({ id: 2, bbox: [10, 10, 5, 5] })]);
    expect(said).toEqual([`${JSON_PATH}, line 5: ${message}`]);
    expect(plainBoxes(items[0]!.label, schema)).toEqual([['cat', 10, 10, 5, 5]]);
  });

  it('a record that is no JSON', async () => {
    const { items, said } = await readInstances(['{"id":1,"image_id":1,}', annotation({ id: 2 })]);
    expect(said).toEqual([expect.stringContaining(`${JSON_PATH}, line 5: This was left out: it is not valid JSON (`)]);
    expect(items[0]!.label).toMatchObject({ objects: [{ x: 1 }] });
  });

  it('a polygon without a bbox', async () => {
    const { items, schema, said } = await readInstances([
      annotation({
        bbox: null,
        segmentation: [
          [10, 20, 30, 25, 15, 60],
          [40, 20, 50, 25, 45, 70],
        ],
      }),
    ]);
    expect(plainBoxes(items[0]!.label, schema)).toEqual([['cat', 10, 20, 40, 50]]);
    expect(said[0]).toBe(`${JSON_PATH}, line 5: ${adjusted('it has no bbox; the box around its polygons was taken')}`);
  });

  it('repeated ids: of images and categories the first counts, of annotations no box is lost', async () => {
    const { items, schema, said } = await readInstances(
      [annotation(), annotation({ bbox: [9, 9, 9, 9] }), annotation()],
      {
        images: [
          { id: 1, file_name: 'a.png', width: 100, height: 80 },
          { id: 1, file_name: 'b.png', width: 100, height: 80 },
        ],
        categories: [
          { id: 1, name: 'cat' },
          { id: 1, name: 'dog' },
          { id: 2, name: 'cat' },
        ],
      },
    );
    expect(said).toEqual([
      `${JSON_PATH}, line 3: ${leftOut('the image id 1 is that of line 2 too')}`,
      `${JSON_PATH}, line 7: ${adjusted('the annotation id 1 is that of line 6 too; both boxes were kept')}`,
      `${JSON_PATH}, line 8: ${leftOut('the annotation id 1 is that of line 6 too, with the same box')}`,
      `${JSON_PATH}, line 12: ${leftOut('the category id 1 is that of line 11 too')}`,
      `${JSON_PATH}, line 13: ${adjusted('two categories are called “cat”; this one is “cat 2”')}`,
    ]);
    expect(plainBoxes(items[0]!.label, schema)).toEqual([
      ['cat', 1, 2, 3, 4],
      ['cat', 9, 9, 9, 9],
    ]);
  });

  it('images: absent, listed twice, without a name, of another size', async () => {
    const image = (id: number, more: object = {}) => ({ id, file_name: 'a.png', width: 100, height: 80, ...more });
    const { items, said } = await readInstances([annotation()], {
      images: [
        image(1, { width: 50 }),
        image(2, { file_name: 'absent.png' }),
        image(3),
        image(4, { file_name: 7 }),
        { file_name: 'x' },
      ],
    });
    expect(items).toHaveLength(1);
    expect(items[0]!.content).toMatchObject({ facts: { width: 100, height: 80 } });
    expect(said).toEqual([
      `${JSON_PATH}, line 5: ${leftOut('image 4 has no file_name')}`,
      `${JSON_PATH}, line 6: ${leftOut('the image has no id')}`,
      `${JSON_PATH}, line 2: ${adjusted('its image has 100 × 80 pixels, not 50 × 80')}`,
      `${JSON_PATH}, line 3: ${leftOut('its image absent.png is not among the files')}`,
      `${JSON_PATH}, line 4: ${leftOut(`its image a.png is that of ${JSON_PATH}, line 2 too`)}`,
    ]);
  });

  it('more boxes than an image can have', async () => {
    const many = Array.from({ length: MAX_REGIONS + 5 }, (_, index) => annotation({ id: index }));
    const { items, said } = await readInstances(many);
    expect(items[0]!.label!['objects']).toHaveLength(MAX_REGIONS);
    expect(said).toEqual([
      `${JSON_PATH}, line ${5 + MAX_REGIONS}: ${leftOut('an image can have 20,000 boxes; this is one more, and so are those that follow')}`,
    ]);
  });

  it('a file that ends in the middle, and lists that are none', async () => {
    const whole = instances([annotation(), annotation({ id: 2 })]);
    const cut = whole.slice(0, whole.indexOf('"id":2'));
    const { items, said } = await readFiles(coco, { ...A, [JSON_PATH]: cut });
    expect(items).toHaveLength(1);
    expect(said).toEqual([
      `${JSON_PATH}, line 6: This is not valid JSON: it ends in the middle.`,
      `${JSON_PATH}, line 5: ${leftOut('there is no category with the id 1')}`,
    ]);
    const map = await readFiles(coco, { ...A, [JSON_PATH]: whole.replace('{', '{"categories": {"1": "cat"},\n') });
    expect(map.said).toEqual([`${JSON_PATH}, line 1: ${leftOut('“categories” is not a list')}`]);
  });

  it('ids as texts, and ids that floats do not hold', async () => {
    const { items, issues } = await readInstances(
      [
        '{"id":"x","image_id":"1","category_id":9007199254740993,"bbox":[1,2,3,4]}',
        '{"id":"y","image_id":1,"category_id":9007199254740992,"bbox":[5,2,3,4]}',
      ],
      { categories: ['{"id":9007199254740992,"name":"cat"}', '{"id":9007199254740993,"name":"dog"}'] },
    );
    expect(issues).toEqual([]);
    expect(items[0]!.label).toMatchObject({ objects: [{ class: 'dog' }, { class: 'cat' }] });
  });
});

describe('writing', () => {
  const schema: Schema = { version: 1, fields: [boxField('b', 'Boxes', false, 'cat')], guidelines: '' };
  const labelled = (label: Values | null) =>
    pictureItem('in/a.png', picture(10, 10), { width: 10, height: 10 }, { label });

  it('keeps images without boxes, and numbers everything from 1', async () => {
    const dataset = datasetOf('set', schema, [
      pictureItem('e.png', picture(9, 9), { width: 9, height: 9 }, { label: { b: [] } }),
      labelled({ b: [box('7', 'cat', 1, 2, 3, 4), box('8', 'cat', 1, 2, 3, 5)] }),
    ]);
    const files = await written(coco, dataset, {});
    expect([...files.keys()]).toEqual([JSON_PATH, 'images/e.png', 'images/a.png']);
    expect(JSON.parse(text(files.get(JSON_PATH)))).toMatchObject({
      licenses: [],
      categories: [{ id: 1, name: 'cat', supercategory: 'Boxes' }],
      images: [
        { id: 1, file_name: 'e.png', width: 9, height: 9 },
        { id: 2, file_name: 'a.png', width: 10, height: 10 },
      ],
      annotations: [
        { id: 1, image_id: 2, category_id: 1, bbox: [1, 2, 3, 4], area: 12, iscrowd: 0, segmentation: [] },
        { id: 2, image_id: 2, category_id: 1, bbox: [1, 2, 3, 5], area: 15, iscrowd: 0, segmentation: [] },
      ],
    });
  });

  it('is read again without its images, by their hashes, unless these were tampered with', async () => {
    const files = await written(coco, datasetOf('set', schema, [labelled({ b: [box('1', 'cat', 1, 2, 3, 4)] })]), {});
    const json = text(files.get(JSON_PATH));
    const { items, issues } = await readFiles(coco, { [JSON_PATH]: json });
    expect(issues).toEqual([]);
    expect(items).toMatchObject([
      { id: labelled(null).id, content: { file: null }, sources: [{ file: 'in/a.png' }], label: { boxes: [{ x: 1 }] } },
    ]);
    const forged = await readFiles(coco, { [JSON_PATH]: json.replace(/"blob":"./, '"blob":"_') });
    expect(forged.items).toEqual([]);
    expect(forged.issues).toHaveLength(1);
  });

  it('says that classes of an image become boxes over all of it', async () => {
    const { schema: golden } = await goldenBoxes({ isSplit: false });
    const [option] = coco.options(golden);
    expect(option!.choices.map(({ label }) => label)).toEqual(['All', 'Things', 'Parts', 'Scene']);
    const saying = (options: object) =>
      coco
        .losses(golden, { ...options })
        .map(({ what, why }) => `${what} ${why}`)
        .join('\n');
    expect(saying({})).toContain('annotation over the whole image');
    expect(saying({ field: 'things' })).not.toContain('annotation over the whole image');
    expect(saying({ field: 'things' })).toContain('“Scene” (choice)');
  });
});

describe('what is no COCO', () => {
  it.each<readonly [string, string]>([
    ['a list of records', '[{"text": "a", "label": "b"}]'],
    ['results alone', '[{"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "score": 0.5}]'],
    ['an album', '{"images": [{"url": "https://a.example"}], "annotations": []}'],
    ['a configuration', '{"name": "x", "scripts": {"a": "b"}}'],
    ['a list of categories', '{"categories": ["a", "b"]}'],
    ['nothing', ''],
  ])('%s', async (_, json) => {
    expect(await coco.detect(fileMap(new Map([['a.json', utf8(json)]])))).toBe(false);
  });

  it('is told from YOLO and image folders', async () => {
    const files = new Map([
      ['a/instances.json', utf8(instances([]))],
      ['a/b/1.png', picture(1, 1)],
    ]);
    expect((await detectFormat(fileMap(files)))?.id).toBe('coco');
  });
});

describe('taking JSON apart', () => {
  const DOCUMENT = `{"info": {"a": "]}\\"", "b": [1]},
 "images": [ {"id": 1, "s": "\\\\"},
 {"id": 2}, 3, "x,]", null ],
 "empty": [],
 "n": -1.5e3, "annotations": [[1, [2]],
{"a": {"b": {}}}]}`;

  it('gives the same records however the text is cut', () => {
    const expected = [
      ['info', 'value', 1, '{"a": "]}\\"", "b": [1]}'],
      ['images', 'member', 2, '{"id": 1, "s": "\\\\"}'],
      ['images', 'member', 3, '{"id": 2}'],
      ['images', 'member', 3, '3'],
      ['images', 'member', 3, '"x,]"'],
      ['images', 'member', 3, 'null'],
      ['n', 'value', 5, '-1.5e3'],
      ['annotations', 'member', 5, '[1, [2]]'],
      ['annotations', 'member', 6, '{"a": {"b": {}}}'],
    ];
    for (let size = 1; size <= DOCUMENT.length; size++) {
      const reader = new JsonRecordReader();
      const records = [];
      for (let at = 0; at < DOCUMENT.length; at += size) records.push(...reader.read(DOCUMENT.slice(at, at + size)));
      reader.end();
      expect(records.map(({ key, role, line, text: json }) => [key, role, line, json!.trim()])).toEqual(expected);
      expect(reader.flaw).toBeNull();
      expect([...reader.lists]).toEqual(['images', 'empty', 'annotations']);
    }
  });

  it('says where a document is none', () => {
    const flaw = (json: string) => {
      const reader = new JsonRecordReader();
      reader.read(json);
      reader.end();
      return reader.flaw;
    };
    expect(flaw('{"a": [1,\n2')).toEqual({ line: 2, reason: 'it ends in the middle' });
    expect(flaw('')).toEqual({ line: 1, reason: 'it ends in the middle' });
    expect(flaw('hello')).toEqual({ line: 1, reason: 'it is neither an object nor a list' });
    expect(flaw('{"a" 1}')).toEqual({ line: 1, reason: 'a colon was expected' });
    expect(flaw('{"a": }')).toEqual({ line: 1, reason: 'a value was expected' });
    expect(flaw('{"a": [1}')).toEqual({ line: 1, reason: 'a list was expected to go on' });
    expect(flaw('{a: 1}')).toEqual({ line: 1, reason: 'a key was expected' });
  });

  it('reads a file of any size record by record', async () => {
    const head = utf8('{"images":[{"id":1,"file_name":"a.png"}],"categories":[{"id":1,"name":"cat"}],"annotations":[');
    const record = utf8(`${JSON.stringify({ ...annotation(), iscrowd: 1, padding: 'x'.repeat(10_000) })},`);
    async function* chunks() {
      yield head;
      for (let n = 0; n < 300; n++) yield await Promise.resolve(record);
      yield utf8('{"image_id":1,"category_id":1,"bbox":[1,2,3,4]}]}');
    }
    const file = { ...entryOf(head), size: 3_000_000, chunks };
    const { items, issues } = await readFiles(coco, { ...A, 'a.json': file });
    expect(issues).toHaveLength(300);
    expect(items[0]!.label).toMatchObject({ objects: [{ x: 1 }] });
  });
});
