import { describe, expect, it } from 'vitest';
import type { FormatOptions } from '#core/formats/format';
import { yolo } from '#core/formats/yolo/yolo';
import { MAX_REGIONS } from '#core/fields/regions';
import { hashOf } from '#core/model/hash';
import type { Schema } from '#core/model/schema';
import { box, boxField, picture, pictureItem, plainBoxes, readFiles } from '../support/box-files';
import { datasetOf, fileMap, text, utf8, written } from '../support/datasets';
import { expectGolden } from '../support/golden';
import { goldenBoxes } from '../support/golden-boxes';

describe('golden files, which Ultralytics read', () => {
  it.each([
    ['yolo/detect', { isSplit: false }, { task: 'detect' }],
    ['yolo/obb-split', { isSplit: true }, { field: 'things' }],
  ] as const)('%s', async (folder, how, options) => {
    await expectGolden(folder, await written(yolo, await goldenBoxes(how), options));
  });
});

const YAML = 'path: .\ntrain: images/train\nval: images/train\nnames:\n  0: cat\n  1: dog\n';
const LABEL = 'labels/train/a.txt';
const A = { 'images/train/a.png': picture(200, 100) };

const readLines = (lines: string, more: Readonly<Record<string, string | Uint8Array>> = {}) =>
  readFiles(yolo, { ...A, 'data.yaml': YAML, [LABEL]: lines, ...more });

const leftOut = (reason: string) => `This was left out: ${reason}.`;

describe('reading', () => {
  it('takes shares of the image for what they are', async () => {
    const { items, schema, issues } = await readLines('1 0.5 0.5 0.25 0.5\r\n\r\n  0\t0.1 0.2 0.1 0.1  \r\n');
    expect(issues).toEqual([]);
    expect(schema.fields).toMatchObject([
      { kind: 'box', name: 'Objects', rotatable: false, classes: [{ name: 'cat' }, { name: 'dog' }] },
    ]);
    expect(items).toMatchObject([{ status: 'completed', split: null, sources: [{ file: 'images/train/a.png' }] }]);
    expect(plainBoxes(items[0]!.label, schema)).toEqual([
      ['dog', 75, 25, 50, 50],
      ['cat', 0.1 * 200 - (0.1 * 200) / 2, 0.2 * 100 - (0.1 * 100) / 2, 20, 10],
    ]);
  });

  it('recovers turned boxes from their corners', async () => {
    // On 200 x 100 pixels: a rectangle of 20 x 10 around (50, 40), turned by atan(3/4); see the test of COCO.
    const pixels = [45, 30, 61, 42, 55, 50, 39, 38];
    const line = (numbers: readonly number[]) =>
      numbers.map((pixel, at) => pixel / (at % 2 === 0 ? 200 : 100)).join(' ');
    const [ax, ay, bx, by, cx, cy, dx, dy] = pixels as [number, number, number, number, number, number, number, number];
    const counterclockwise = [ax, ay, dx, dy, cx, cy, bx, by];
    const { items, schema, issues } = await readLines(
      `0 ${line(pixels)}\n0 ${line(counterclockwise)}\n0 ${line(pixels)} 0.75\n0 0.1 0.1 0.3 0.1 0.3 0.4 0.1 0.4\n`,
    );
    expect(issues).toEqual([]);
    expect(schema.fields).toMatchObject([{ rotatable: true }]);
    const near = (value: number) => expect.closeTo(value, 9) as number;
    const turned = ['cat', near(40), near(35), near(20), near(10), near((Math.atan(3 / 4) * 180) / Math.PI)];
    expect(plainBoxes(items[0]!.label, schema)).toEqual([
      turned,
      turned,
      ['cat', near(20), near(10), near(40), near(30)],
    ]);
    expect(items[0]!.predictions).toMatchObject([{ model: 'YOLO', values: { objects: [{ confidence: 0.75 }] } }]);
  });

  it('takes the smallest rectangle around corners that are none of one, and says so', async () => {
    const { items, schema, said } = await readLines('0 0.1 0.1 0.5 0.1 0.5 0.5 0.1 0.3\n0 0 0.1 0.5 0.1 0.5 0.5 0 0.3');
    // The upright one has 80 x 40 = 3,200 pixels. Along the slanted side, from (20, 30) to (100, 50), cos = 4/√17 and
    // sin = 1/√17: from (20, 10) to (100, 50) it is (80 * 4 + 40) / √17 long, and from (100, 10) to (20, 30) it is
    // (80 + 20 * 4) / √17 high, which makes 360 * 160 / 17 = 3,388. Along the diagonals it is larger still.
    expect(plainBoxes(items[0]!.label, schema)![0]).toEqual(['cat', 20, 10, 80, 40]);
    expect(said).toEqual([
      `${LABEL}, line 1: This was read otherwise than it is written: its corners are none of a rectangle; the smallest one around them was taken.`,
    ]);
  });

  it('tells empty label files from none, and from those whose every line is bad', async () => {
    const files = { 'images/train/b.png': picture(10, 10, 'b'), 'images/train/c.png': picture(10, 10, 'c') };
    const { items } = await readLines('', { ...files, 'labels/train/c.txt': 'x y z' });
    expect(items.map(({ label, status }) => [label, status])).toEqual([
      [{ objects: [] }, 'completed'],
      [null, 'pending'],
      [null, 'pending'],
    ]);
  });

  it('takes lines with a confidence for predictions', async () => {
    const { items, issues } = await readFiles(yolo, {
      ...A,
      'data.yaml': YAML,
      [LABEL]: '0 0.5 0.5 0.1 0.1',
      'runs/detect/predict7/labels/a.txt': '1 0.5 0.5 0.2 0.2 0.875\n',
    });
    expect(issues).toEqual([]);
    expect(items).toMatchObject([
      {
        label: { objects: [{ class: 'cat' }] },
        predictions: [
          { model: 'predict7', confidence: null, values: { objects: [{ class: 'dog', confidence: 0.875 }] } },
        ],
      },
    ]);
  });

  it('finds images elsewhere where the files do not hold them', async () => {
    const bytes = picture(200, 100);
    const facts = { width: 200, height: 100, type: 'image/jpeg', size: bytes.length };
    const asked: string[] = [];
    const { items, said } = await readFiles(
      yolo,
      { 'classes.txt': 'cat\ndog\n', 'labels/val/a.txt': '1 0.5 0.5 0.2 0.2', 'labels/val/b.txt': '' },
      {
        findImage: (path) => {
          asked.push(path);
          return Promise.resolve(path === 'images/val/a.jpg' ? { facts, blob: hashOf(bytes) } : null);
        },
      },
    );
    expect(asked).toContain('images/val/b.png');
    expect(items).toMatchObject([
      { content: { file: null, facts }, split: 'val', label: { objects: [{ class: 'dog' }] } },
    ]);
    expect(said).toEqual([`labels/val/b.txt: ${leftOut('there is no image that it could belong to')}`]);
  });

  it.each<readonly [what: string, files: Readonly<Record<string, string>>, image: string, names: readonly string[]]>([
    [
      'a list of names',
      { 'data.yaml': 'nc: 2\nnames: [cat, "no"]', 'labels/a.txt': '1 .5 .5 .1 .1' },
      'images/a.png',
      ['cat', 'no'],
    ],
    [
      'names by number',
      { 'data.yml': 'train: x\nnames:\n  3: c\n  0: a', 'labels/a.txt': '3 .5 .5 .1 .1' },
      'images/a.png',
      ['a', 'c'],
    ],
    [
      'names that are no texts',
      { 'data.yaml': 'train: x\nnames: [1, true]', 'labels/a.txt': '1 .5 .5 .1 .1' },
      'images/a.png',
      ['1', 'true'],
    ],
    [
      'classes.txt, as Label Studio writes it',
      { 'classes.txt': 'cat\r\ndog\r\n', 'labels/a.txt': '1 .5 .5 .1 .1' },
      'images/a.png',
      ['cat', 'dog'],
    ],
    [
      'Darknet',
      { 'obj.names': 'cat\ndog', 'obj.data': 'classes = 2', 'train.txt': 'data/a.png', 'data/a.txt': '1 .5 .5 .1 .1' },
      'data/a.png',
      ['cat', 'dog'],
    ],
    [
      'Roboflow',
      {
        'data.yaml': 'train: ../train/images\nval: ../valid/images\nnames: [cat]',
        'train/labels/a.txt': '0 .5 .5 .1 .1',
        'README.txt': 'hello',
      },
      'train/images/a.png',
      ['cat'],
    ],
    ['no names at all', { 'labels/a.txt': '2 .5 .5 .1 .1\n' }, 'images/a.png', ['0', '1', '2']],
  ])('reads the layout: %s', async (_, files, image, names) => {
    const all = { ...files, [image]: picture(100, 100) };
    const bytes = new Map(
      Object.entries(all).map(([path, content]) => [path, typeof content === 'string' ? utf8(content) : content]),
    );
    expect(await yolo.detect(fileMap(bytes))).toBe(true);
    const { items, schema, issues } = await readFiles(yolo, all);
    expect(issues).toEqual([]);
    expect(schema.fields[0]!.classes.map(({ name }) => name)).toEqual(names);
    expect(items).toHaveLength(1);
    expect(items[0]!.label!['objects']).toMatchObject([{ class: schema.fields[0]!.classes.at(-1)!.id }]);
  });

  it('knows the parts by their folders, unless both are the same images', async () => {
    const files = {
      'images/train/a.png': picture(9, 9, 'a'),
      'images/val/b.png': picture(9, 9, 'b'),
      'test/images/c.png': picture(9, 9, 'c'),
    };
    const split = await readFiles(yolo, { ...files, 'data.yaml': 'train: images/train\nval: images/val\nnames: [a]' });
    expect(split.items.map((item) => item.split)).toEqual(['train', 'val', null]);
    const unsplit = await readFiles(yolo, {
      ...files,
      'data.yaml': 'train: images/train\nval: images/train\nnames: [a]',
    });
    expect(unsplit.items.map((item) => item.split)).toEqual([null, null, null]);
  });
});

describe('bad lines are named by file, line and reason, and the rest is read', () => {
  it.each<readonly [line: string, reason: string]>([
    ['0 0.5 0.5 0.1', 'it has 4 columns; a box has 5, or 9 where it is turned, and one more with a confidence'],
    ['0', 'it has 1 column; a box has 5, or 9 where it is turned, and one more with a confidence'],
    [
      '0 .1 .1 .2 .1 .2 .2',
      'it has 7 columns, the outline of something with 3 points; a box has 5, or 9 where it is turned',
    ],
    [
      '0 .1 .1 .2 .1 .2 .2 .1',
      'it has 8 columns; a box has 5, or 9 where it is turned, and one more with a confidence',
    ],
    [
      '0 .1 .1 .2 .1 .2 .2 .1 .2 .1 .1',
      'it has 11 columns, the outline of something with 5 points; a box has 5, or 9 where it is turned',
    ],
    ['0,0.5,0.5,0.1,0.1', 'its numbers are separated by commas, not by blanks'],
    ['0 0,5 0,5 0,1 0,1', 'its numbers are separated by commas, not by blanks'],
    ['2 0.5 0.5 0.1 0.1', 'there is no class 2'],
    ['-1 0.5 0.5 0.1 0.1', '“-1” is no number of a class'],
    ['0.5 0.5 0.5 0.1 0.1', '“0.5” is no number of a class'],
    ['cat 0.5 0.5 0.1 0.1', '“cat” is not a number'],
    ['0 nan 0.5 0.1 0.1', '“nan” is not a number'],
    ['0 0.5 inf 0.1 0.1', '“inf” is not a number'],
    ['0 0x1 0.5 0.1 0.1', '“0x1” is not a number'],
    ['0 320 240 100 100', '320 is not between 0 and 1, as a share of the image must be'],
    ['0 0.5 0.5 -0.1 0.1', '-0.1 is not between 0 and 1, as a share of the image must be'],
    ['0 0.5 0.5 1.01 0.1', '1.01 is not between 0 and 1, as a share of the image must be'],
    ['0 0.5 0.5 0 0.1', 'a box has no area'],
    ['0 0.5 0.5 0.1 0.1 1.5', 'its confidence is 1.5, not between 0 and 1'],
    ['0 .1 .1 .1 .1 .1 .1 .1 .1', 'a box has no area'],
  ])('%s', async (line, reason) => {
    const { items, schema, said } = await readLines(`1 0.5 0.5 0.1 0.1\n\n${line}\n1 0.5 0.5 0.2 0.2\n`);
    expect(said).toEqual([`${LABEL}, line 3: ${leftOut(reason)}`]);
    expect(plainBoxes(items[0]!.label, schema)).toEqual([
      ['dog', 90, 45, 20, 10],
      ['dog', 80, 40, 40, 20],
    ]);
  });

  it('takes what floats of 32 bits make of 1', async () => {
    const { issues } = await readLines('0 0.5 0.5 1.0000001 1.0000002');
    expect(issues).toEqual([]);
  });

  it('labels without an image, images that cannot be read, more boxes than an image can have', async () => {
    const many = '0 0.5 0.5 0.1 0.1\n'.repeat(MAX_REGIONS + 3);
    const { items, said } = await readLines(many, { 'labels/train/gone.txt': '0 .5 .5 .1 .1', 'images/bad.png': 'x' });
    expect(items.map(({ label }) => label!['objects']!.length)).toEqual([MAX_REGIONS]);
    expect(said).toEqual([
      'images/bad.png: The image cannot be shown: no picture.',
      `${LABEL}, line ${MAX_REGIONS + 1}: ${leftOut('an image can have 20,000 boxes; this is one more, and so are those that follow')}`,
      `labels/train/gone.txt: ${leftOut('there is no image that it could belong to')}`,
    ]);
  });

  it.each<readonly [what: string, yaml: string, path: string, message: string]>([
    ['no YAML', 'names: [a\ntrain: "x', 'data.yaml', 'it is not valid YAML'],
    ['deep nesting', `train: x\nnames: ${'['.repeat(50_000)}`, 'data.yaml', 'it nests too deeply'],
    ['an alias of nothing', 'train: x\nnames: *a', 'data.yaml', 'it is not valid YAML'],
    ['no names', 'names: 7\ntrain: x', 'data.yaml', 'its names are neither a list nor a map'],
    [
      'a key that is no number',
      'train: x\nnames: {0: a, b: c}',
      'data.yaml',
      'a key of its names is not the number of a class',
    ],
  ])('a data.yaml with %s', async (_, yaml, path, message) => {
    const { items, said } = await readFiles(yolo, { ...A, 'data.yaml': yaml, [LABEL]: '0 0.5 0.5 0.1 0.1' });
    expect(said).toEqual([expect.stringContaining(`${path}: This was left out: ${message}`)]);
    expect(items[0]!.label).toMatchObject({ objects: [{ x: 90 }] });
  });
});

describe('writing', () => {
  const schema: Schema = {
    version: 1,
    fields: [boxField('b', 'Boxes', true, 'cat', "yes: 'no'\u2028")],
    guidelines: '',
  };
  const size = { width: 200, height: 100 };
  const labels = async (options: FormatOptions, ...numbers: number[][]) => {
    const boxes = numbers.map((one, index) => box(String(index), 'cat', ...one));
    const item = pictureItem('in/a.png', picture(200, 100), size, { label: { b: boxes } });
    return text((await written(yolo, datasetOf('', schema, [item]), options)).get(LABEL));
  };

  it('cuts upright boxes off at the edge', async () => {
    expect(await labels({ task: 'detect' }, [-10, 90, 30, 40], [50, 25, 50, 50])).toBe(
      '0 0.05000000 0.95000000 0.10000000 0.10000000\n0 0.37500000 0.50000000 0.25000000 0.50000000\n',
    );
  });

  it('puts upright boxes around turned ones, or writes their corners', async () => {
    // The half sides of a rectangle of 20 x 20 turned by 45 degrees reach 10 √2 = 14.142... from its centre.
    const turned = [90, 40, 20, 20, 45];
    expect(await labels({ task: 'detect' }, turned)).toBe('0 0.50000000 0.50000000 0.14142136 0.28284271\n');
    expect(await labels({}, turned)).toBe(
      '0 0.50000000 0.35857864 0.57071068 0.50000000 0.50000000 0.64142136 0.42928932 0.50000000\n',
    );
    expect(await labels({ task: 'obb' }, [10, 10, 20, 10])).toBe(
      '0 0.05000000 0.10000000 0.15000000 0.10000000 0.15000000 0.20000000 0.05000000 0.20000000\n',
    );
  });

  it('never goes beyond the edge with the corners of a turned box', async () => {
    const far = [
      [-300, 45, 800, 10, 27],
      [-10, -10, 40, 10, 45],
      [180, 80, 60, 60, 10],
      [-50, -50, 300, 200, 1],
      [-10, 20, 30, 10],
    ];
    const lines = (await labels({ task: 'obb' }, ...far)).trim().split('\n');
    expect(lines).toHaveLength(far.length);
    for (const line of lines)
      for (const share of line.split(' ').slice(1).map(Number)) expect(share >= 0 && share <= 1).toBe(true);
    expect(lines[4]).toBe('0 0.00000000 0.20000000 0.10000000 0.20000000 0.10000000 0.30000000 0.00000000 0.30000000');
  });

  it('has both parts in data.yaml, whichever have images', async () => {
    const yamlOf = async (...splits: ('train' | 'val' | null)[]) => {
      const items = splits.map((split, n) =>
        pictureItem(`${n}.png`, picture(9, 9, String(n)), size, { split, label: { b: [] } }),
      );
      const files = await written(yolo, datasetOf('', schema, items), { task: 'detect' });
      return [text(files.get('data.yaml')).match(/^(?:train|val|test): \S+/gm), [...files.keys()].slice(1)];
    };
    const both = ['train: images/train', 'val: images/val'];
    expect(await yamlOf('train', 'val')).toEqual([
      both,
      ['labels/train/0.txt', 'images/train/0.png', 'labels/val/1.txt', 'images/val/1.png'],
    ]);
    expect(await yamlOf(null)).toEqual([
      ['train: images/train', 'val: images/train'],
      ['labels/train/0.txt', 'images/train/0.png'],
    ]);
    expect((await yamlOf('train'))[0]).toEqual(['train: images/train', 'val: images/train']);
    expect((await yamlOf('val'))[0]).toEqual(['train: images/val', 'val: images/val']);
    expect((await yamlOf('train', 'val', null))[0]).toEqual([...both, 'test: images/test']);
  });

  it('quotes names so that every reader of YAML takes them for texts', async () => {
    const files = await written(yolo, datasetOf('', schema, []), {});
    expect(text(files.get('data.yaml'))).toContain(`  0: "cat"\n  1: "yes: 'no'\\u2028"\n`);
  });

  it('writes no label file for an image that nobody labelled', async () => {
    const items = [
      pictureItem('a.png', picture(9, 9), size),
      pictureItem('b.png', picture(8, 9), size, { label: { b: [] } }),
    ];
    const files = await written(yolo, datasetOf('', schema, items), {});
    expect([...files.keys()]).toEqual(['data.yaml', 'images/train/a.png', 'labels/train/b.txt', 'images/train/b.png']);
    expect(files.get('labels/train/b.txt')).toEqual(new Uint8Array());
  });
});

describe('what is no YOLO', () => {
  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ['captions beside images', { 'a.png': 'x', 'a.txt': 'a cat on a mat' }],
    ['texts alone', { 'a.txt': '0 0.5 0.5 0.1 0.1' }],
    ['another YAML', { 'docker-compose.yaml': 'services:\n  names: x\n' }],
    ['numbers in a table', { 'labels/a.csv': '0 0.5 0.5 0.1 0.1' }],
    ['empty texts below labels', { 'labels/a.txt': '', 'images/a.png': 'x' }],
  ])('%s', async (_, files) => {
    const map = fileMap(new Map(Object.entries(files).map(([path, content]) => [path, utf8(content)])));
    expect(await yolo.detect(map)).toBe(false);
  });
});
