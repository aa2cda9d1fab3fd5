import { describe, expect, it, test } from 'vitest';
import { csv } from '#core/formats/csv/csv';
import type { DatasetItem, FileEntry, Format, FormatOptions } from '#core/formats/format';
import { imagenet } from '#core/formats/imagenet';
import { jsonl } from '#core/formats/jsonl/jsonl';
import { isJunk, isSafePath } from '#core/formats/paths';
import { detectFormat } from '#core/formats/registry';
import { SafeNames, safeName } from '#core/formats/safe-names';
import { stratifiedSplit } from '#core/formats/split';
import { hashOf } from '#core/model/hash';
import { itemId } from '#core/model/item';
import type { BoxField, ChoiceField, Field, Schema, SpanField } from '#core/model/schema';
import { datasetOf, entryOf, fileMap, parsed, text, utf8, written } from '../support/datasets';

const rules = (id: string, name: string, ...classes: string[]) => ({
  id,
  name,
  required: true,
  classes: classes.map((label) => ({ id: `${id}:${label}`, name: label, color: '#0072b2', key: '', description: '' })),
  retired: [],
  remap: {},
});

const choice = (id: string, name: string, multiple: boolean, ...classes: string[]): ChoiceField => ({
  ...rules(id, name, ...classes),
  kind: 'choice',
  multiple,
});

const schemaOf = (...fields: Field[]): Schema => ({ version: 1, fields, guidelines: '' });

const SENTIMENT = choice('sentiment', 'Sentiment', false, 'good', 'bad');
const TOPICS = choice('topics', 'Topics', true, 'food', 'room');

const textItem = (content: string, rest: Partial<DatasetItem> = {}): DatasetItem => ({
  id: itemId({ kind: 'text', text: content }),
  content: { kind: 'text', text: content },
  sources: [],
  status: 'pending',
  label: null,
  annotations: [],
  predictions: [],
  split: null,
  ...rest,
});

function imageItem(
  file: string,
  type: string,
  label: DatasetItem['label'],
  rest: Partial<DatasetItem> = {},
): DatasetItem {
  const bytes = utf8(`bytes of ${file}`);
  const blob = hashOf(bytes);
  return {
    ...textItem('', rest),
    id: itemId({ kind: 'image', blob }),
    content: { kind: 'image', blob, file: entryOf(bytes), facts: { width: 4, height: 3, type, size: bytes.length } },
    sources: [{ file }],
    label,
    ...rest,
  };
}

const first = async (format: Format, schema: Schema, items: DatasetItem[], options: FormatOptions = {}) => {
  const [file] = await written(format, datasetOf('My project', schema, items), options);
  return [file![0], text(file![1])] as const;
};

describe('CSV', () => {
  const annotation = {
    author: 'aaaaaaaaaaaa',
    authorName: 'Ann',
    note: '',
    time: 1_700_000_000_000,
    leadMs: 1500,
    origin: 'person',
  };
  const items = [
    textItem('Great, "really"', {
      sources: [
        { file: 'a.csv', row: 2, meta: { lang: 'en', status: 'x' } },
        { file: 'b.csv', row: 7 },
      ],
      status: 'completed',
      label: { sentiment: ['sentiment:good'], topics: ['topics:food', 'topics:room'] },
      annotations: [
        {
          ...annotation,
          values: { sentiment: ['sentiment:good'], topics: ['topics:food', 'topics:room'] },
          note: 'sure',
        },
        { ...annotation, author: 'bbbbbbbbbbbb', values: { sentiment: ['sentiment:bad'] } },
        { ...annotation, author: 'cccccccccccc', authorName: 'Cy', values: {} },
      ],
    }),
    textItem('=1+1', { sources: [{ file: 'a.csv', row: 3 }] }),
  ];
  const [one, two] = items.map(({ id }) => id);
  const schema = schemaOf(SENTIMENT, TOPICS);

  it('has one row per item', async () => {
    expect(await first(csv, schema, items)).toEqual([
      'My project.csv',
      [
        'item,text,Sentiment,Topics,status,file,row,other_sources,lang,meta.status',
        `${one},"Great, ""really""",good,food|room,completed,a.csv,2,"[{""file"":""b.csv"",""row"":7}]",en,x`,
        `${two},=1+1,,,pending,a.csv,3,,,`,
        '',
      ].join('\r\n'),
    ]);
  });

  it('has one row per annotation and field, annotators of one name told apart', async () => {
    const end = `"Great, ""really""",a.csv,2`;
    expect((await first(csv, schema, items, { shape: 'long' }))[1]).toBe(
      [
        'item,annotator,label,field,note,time,lead_seconds,origin,author,text,file,row',
        `${one},Ann (aaaaaaaa),good,Sentiment,sure,2023-11-14T22:13:20.000Z,1.5,person,aaaaaaaaaaaa,${end}`,
        `${one},Ann (aaaaaaaa),food|room,Topics,sure,2023-11-14T22:13:20.000Z,1.5,person,aaaaaaaaaaaa,${end}`,
        `${one},Ann (bbbbbbbb),bad,Sentiment,,2023-11-14T22:13:20.000Z,1.5,person,bbbbbbbbbbbb,${end}`,
        `${one},Cy,,,,2023-11-14T22:13:20.000Z,1.5,person,cccccccccccc,${end}`,
        '',
      ].join('\r\n'),
    );
  });

  it('is harmless in spreadsheets, when asked to be', async () => {
    const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', "'=1", 'a=1'].map((cell) => textItem(cell));
    const [, table] = await first(csv, schemaOf(), formulas, { cells: 'spreadsheet' });
    expect(table.startsWith('\ufeffitem,text,')).toBe(true);
    const cells = table
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(',')[1]);
    expect(cells).toEqual(["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "'=1", 'a=1']);
  });

  it('says that for spreadsheets is not exact', () => {
    const what = (cells: string) =>
      csv
        .losses(schema, { cells })
        .map((loss) => loss.what)
        .join();
    expect(what('exact')).not.toMatch(/exact text/);
    expect(what('spreadsheet')).toMatch(/exact text/);
  });

  it('tells fields from its own columns', async () => {
    const field = choice('status', 'status', false, 'x');
    const labelled = textItem('a', { status: 'completed', label: { status: ['status:x'] } });
    const files = await written(csv, datasetOf('p', schemaOf(field), [labelled]), {});
    expect(text(files.get('p.csv')).split('\r\n')[0]).toBe('item,text,status 2,status,file,row');
    const { items: read, result } = await parsed(csv, fileMap(files));
    expect(result.ok && result.value.schema.fields.map(({ name }) => name)).toEqual(['status 2']);
    expect(read[0]).toMatchObject({ status: 'completed', label: { 'status-2': ['x'] } });
  });

  it('reads what a spreadsheet wrote with semicolons', async () => {
    const table = 'item;text;Topics;status;file;row\r\n1;a, b;food|room;completed;t.csv;3\r\n2;c;;nonsense;t.csv;\r\n';
    const files = fileMap(new Map([['saved.csv', utf8(table)]]));
    expect((await detectFormat(files))?.id).toBe('csv');
    const { items: read, issues } = await parsed(csv, files);
    expect(read.map(({ content, label, status, sources }) => ({ content, label, status, sources }))).toEqual([
      {
        content: { kind: 'text', text: 'a, b' },
        label: { topics: ['food', 'room'] },
        status: 'completed',
        sources: [{ file: 't.csv', row: 3 }],
      },
      { content: { kind: 'text', text: 'c' }, label: null, status: 'pending', sources: [{ file: 't.csv' }] },
    ]);
    expect(issues).toEqual([]);
  });

  const OBJECTS: BoxField = { ...rules('objects', 'Objects', 'RBC', '=HYPERLINK()'), kind: 'box', rotatable: true };
  const SPANS: SpanField = { ...rules('spans', 'Spans', 'a|b'), kind: 'span', wholeWords: false };
  const regions = [
    imageItem('a.png', 'image/png', {
      objects: [
        { x: -1.5, y: 0, id: 'x', class: 'objects:RBC', width: 3, height: 2.25, rotation: 0 },
        { x: 1, y: 1, id: 'y', class: 'objects:=HYPERLINK()', width: 1, height: 1, rotation: 45 },
      ],
    }),
    imageItem('empty.png', 'image/png', { objects: [] }),
    imageItem('open.png', 'image/png', null),
    textItem('ab', { label: { spans: [{ id: '1', end: 2, class: 'spans:a|b', start: 1 }] } }),
  ];
  const ids = regions.map(({ id }) => id);

  it('holds boxes and spans in cells, as JSON with the names of classes', async () => {
    const [, table] = await first(csv, schemaOf(OBJECTS, SPANS), regions);
    expect(table.split('\r\n').slice(0, 3)).toEqual([
      'item,text,image,Objects,Spans,status,file,row',
      `${ids[0]},,images/${ids[0]}.png,"[` +
        '{""x"":-1.5,""y"":0,""id"":""x"",""class"":""RBC"",""width"":3,""height"":2.25,""rotation"":0},' +
        '{""x"":1,""y"":1,""id"":""y"",""class"":""=HYPERLINK()"",""width"":1,""height"":1,""rotation"":45}' +
        ']",,pending,a.png,',
      `${ids[1]},,images/${ids[1]}.png,[],,pending,empty.png,`,
    ]);
  });

  it('has one row per region, with no item missing, and nothing that is run', async () => {
    const options = { shape: 'regions', cells: 'spreadsheet' };
    const [, table] = await first(csv, schemaOf(OBJECTS, SPANS), regions, options);
    const images = ids.map((id) => `images/${id}.png`);
    expect(table.split('\r\n')).toEqual([
      '\ufeffitem,field,kind,class,region,x,y,width,height,rotation,start,end,covered,text,image,status,file,row',
      `${ids[0]},Objects,box,RBC,x,-1.5,0,3,2.25,0,,,,,${images[0]},pending,a.png,`,
      `${ids[0]},Objects,box,'=HYPERLINK(),y,1,1,1,1,45,,,,,${images[0]},pending,a.png,`,
      `${ids[1]},Objects,box,,,,,,,,,,,,${images[1]},pending,empty.png,`,
      `${ids[2]},,,,,,,,,,,,,,${images[2]},pending,open.png,`,
      `${ids[3]},Spans,span,a|b,1,,,,,,1,2,b,ab,,pending,,`,
      '',
    ]);
  });

  it('refuses regions that are none, with file and row, and keeps the item', async () => {
    const box = (more: string) => `"[{""class"":""a"",""x"":0,""y"":0,""width"":1,""height"":1${more}}]"`;
    const table =
      'item,url,Objects,status,file,row\r\n' +
      `1,https://a.org/1.png,${box('')},completed,,\r\n` +
      `2,https://a.org/2.png,${box(',""rotation"":null')},completed,,\r\n` +
      `3,https://a.org/3.png,${box('').replace('""width"":1', '""width"":0')},completed,,\r\n` +
      '4,https://a.org/4.png,nonsense,completed,,\r\n';
    const { items: read, issues } = await parsed(csv, fileMap(new Map([['t.csv', utf8(table)]])));
    expect(read.map(({ label }) => label?.['objects']?.length ?? null)).toEqual([1, null, null, null]);
    expect(issues.map(({ code, path }) => `${code} ${path}`).sort()).toEqual([
      'value.invalid t.csv, row 2, Objects',
      'value.invalid t.csv, row 3, Objects',
      'value.invalid t.csv, row 4, Objects',
    ]);
  });

  test.each([
    ['another table', 'a.csv', 'text,label\na,b\n'],
    ['a table of agreement', 'a.csv', 'item,annotator,label\n1,a,x\n'],
    ['a table in a folder', 'x/a.csv', 'item,text,status,file,row\n'],
  ])('is not taken for %s', async (_, path, table) => {
    const files = fileMap(new Map([[path, utf8(table)]]));
    expect(await detectFormat(files)).toBeNull();
    expect((await parsed(csv, files)).result).toMatchObject({ ok: false, error: { code: 'dataset.invalid' } });
  });
});

describe('JSON Lines', () => {
  it('is one line per item beside the schema', async () => {
    const item = textItem('a\u2028"é', {
      sources: [{ file: 'a.txt' }],
      label: { sentiment: ['sentiment:good'] },
      status: 'completed',
    });
    const files = await written(jsonl, datasetOf('p', schemaOf(SENTIMENT), [item]), {});
    expect([...files.keys()]).toEqual(['schema.json', 'items.jsonl']);
    expect(JSON.parse(text(files.get('schema.json')))).toEqual({
      format: 'concord-jsonl',
      version: 1,
      name: 'p',
      schema: schemaOf(SENTIMENT),
    });
    expect(text(files.get('items.jsonl'))).toBe(
      `{"id":"${item.id}","kind":"text","text":"a\u2028\\"é","sources":[{"file":"a.txt"}],"status":"completed",` +
        `"label":{"sentiment":["sentiment:good"]},"annotations":[],"predictions":[],"split":null}\n`,
    );
  });

  it('streams in chunks, reading items only as they are written', async () => {
    let read = 0;
    const endless = {
      ...datasetOf('p', schemaOf(SENTIMENT), []),
      async *items() {
        for (;;) yield await Promise.resolve(textItem(`item ${read++}, ${'é'.repeat(500)}`));
      },
    };
    let chunks = 0;
    for await (const { path, chunks: pieces } of jsonl.serialize(endless, {})) {
      if (path !== 'items.jsonl') continue;
      for await (const chunk of pieces) {
        expect(chunk.length).toBeGreaterThan(64 * 1024);
        expect(chunk.length).toBeLessThan(256 * 1024);
        if (++chunks === 3) break;
      }
      break;
    }
    expect(read).toBeLessThan(400);
  });

  it('refuses lines that are not items, each with its number, and reports them once', async () => {
    const good = textItem('good');
    const files = await written(jsonl, datasetOf('p', schemaOf(SENTIMENT), [good, textItem('to be changed')]), {});
    const lines =
      text(files.get('items.jsonl')).replace('to be changed', 'changed') +
      '{"id":1}\n\nnot json\n{"id":"x","kind":"video"}\n';
    files.set('items.jsonl', utf8(lines));
    const { result, items, issues } = await parsed(jsonl, fileMap(files));
    expect(items).toEqual([good]);
    expect(issues.map(({ code, path }) => `${code} ${path}`)).toEqual(
      [2, 3, 5, 6].map((line) => `dataset.invalid items.jsonl, line ${line}`),
    );
    if (result.ok) for await (const item of result.value.items()) expect(item).toEqual(good);
    expect(issues.length).toBe(4);
  });

  it('leaves out values that do not fit the schema, with line and reason, and keeps the item', async () => {
    const items = [
      textItem('abc', { label: { sentiment: ['sentiment:good'], topics: ['topics:food'] }, status: 'completed' }),
      textItem('removed since', { label: { gone: ['x'] } }),
    ];
    const files = await written(jsonl, datasetOf('p', schemaOf(SENTIMENT, TOPICS), items), {});
    files.set('items.jsonl', utf8(text(files.get('items.jsonl')).replace('sentiment:good', 'sentiment:new')));
    const { items: read, issues } = await parsed(jsonl, fileMap(files));
    expect(read.map(({ label }) => label)).toEqual([{ topics: ['topics:food'] }, { gone: ['x'] }]);
    expect(issues).toMatchObject([{ code: 'value.invalid', path: 'items.jsonl, line 1, label, Sentiment' }]);
    expect(issues[0]!.message).toContain('there is no class “sentiment:new”');
  });

  it('refuses a schema of another version', async () => {
    const files = await written(jsonl, datasetOf('p', schemaOf(SENTIMENT), []), {});
    files.set('schema.json', utf8(text(files.get('schema.json')).replace('"version": 1', '"version": 2')));
    expect((await parsed(jsonl, fileMap(files))).result).toMatchObject({
      ok: false,
      error: { code: 'dataset.invalid', path: 'schema.json' },
    });
  });
});

describe('image folders', () => {
  const animals = choice('animal', 'Animal', false, 'cat', 'Dog/Wolf', 'dog', 'CON', 'Dog_Wolf', 'Classes.txt');
  const label = (name: string) => ({ animal: [`animal:${name}`] });

  it('lie by part and class, with safe names that differ', async () => {
    const items = [
      imageItem('photos/1.JPG', 'image/jpeg', label('cat'), { split: 'train' }),
      imageItem('more/1.jpg', 'image/jpeg', label('cat'), { split: 'train' }),
      imageItem('1.png', 'image/jpeg', label('cat'), { split: 'val' }),
      imageItem('a', 'image/png', label('Dog/Wolf'), { split: 'val' }),
      imageItem('b.v2', 'image/webp', label('CON'), { split: 'val' }),
      imageItem('c.jpeg', 'image/jpeg', label('Dog_Wolf'), { split: 'val' }),
      imageItem('unlabelled.jpg', 'image/jpeg', null, { split: 'train' }),
      textItem('no image', { label: label('cat') }),
    ];
    const files = await written(imagenet, datasetOf('p', schemaOf(animals), items), {});
    expect([...files.keys()]).toEqual([
      'classes.txt',
      'train/cat/1.JPG',
      `train/cat/1-${items[1]!.id}.jpg`,
      'val/cat/1.jpg',
      'val/Dog_Wolf/a.png',
      'val/_CON/b.v2.webp',
      'val/Dog_Wolf 2/c.jpeg',
    ]);
    expect(text(files.get('classes.txt'))).toBe(
      'cat\nDog_Wolf\t"Dog/Wolf"\ndog\n_CON\t"CON"\nDog_Wolf 2\t"Dog_Wolf"\nClasses.txt 2\t"Classes.txt"\n',
    );
  });

  it('take the first class of several, and the field that was chosen', async () => {
    const item = imageItem('a.jpg', 'image/jpeg', { ...label('cat'), topics: ['topics:food', 'topics:room'] });
    const dataset = datasetOf('p', schemaOf(animals, TOPICS), [item]);
    const paths = async (options: FormatOptions) => [...(await written(imagenet, dataset, options)).keys()];
    expect(await paths({})).toEqual(['classes.txt', 'cat/a.jpg']);
    expect(await paths({ field: 'topics' })).toEqual(['classes.txt', 'food/a.jpg']);
    expect(imagenet.losses(dataset.schema, { field: 'topics' }).map(({ what }) => what)).toContain(
      'Every class but the first of an item with several',
    );
  });

  test.each<[string, string[], boolean]>([
    ['folders by class', ['cat/1.jpg', 'dog/2.PNG'], true],
    ['parts', ['train/cat/1.jpg', 'val/dog/2.jpeg', 'test/cat/3.webp'], true],
    ['one folder', ['photos/1.jpg', 'photos/2.jpg'], false],
    ['one folder and the list of classes', ['classes.txt', 'cat/1.jpg'], true],
    ['images at the top', ['1.jpg', '2.jpg'], false],
    ['folders in folders', ['a/b/1.jpg', 'a/c/2.jpg'], false],
    ['other files', ['cat/1.jpg', 'dog/2.jpg', 'notes/readme.md'], false],
    ['nothing', [], false],
  ])('are detected: %s', async (_, paths, is) => {
    expect(await imagenet.detect(new Map(paths.map((path): [string, FileEntry] => [path, entryOf(utf8('x'))])))).toBe(
      is,
    );
  });

  it('of others are read, images that are none refused', async () => {
    const image = (n: number) => Uint8Array.of(0, n);
    const files = fileMap(
      new Map([
        ['valid/zebra/1.jpg', image(1)],
        ['train/ape/10.jpg', image(2)],
        ['train/ape/9.jpg', image(3)],
        ['test/ape/0.jpg', utf8('no image')],
      ]),
    );
    const { result, items, issues } = await parsed(imagenet, files);
    expect(result.ok && result.value.schema.fields[0]!.classes.map(({ name }) => name)).toEqual(['ape', 'zebra']);
    expect(items.map(({ sources, label, split }) => [sources[0]!.file, label, split])).toEqual([
      ['train/ape/9.jpg', { class: ['ape'] }, 'train'],
      ['train/ape/10.jpg', { class: ['ape'] }, 'train'],
      ['valid/zebra/1.jpg', { class: ['zebra'] }, 'val'],
    ]);
    expect(issues.map(({ code, path }) => [code, path])).toEqual([['image.unreadable', 'test/ape/0.jpg']]);
  });
});

describe('the split', () => {
  const items = (sizes: Record<string, number>) =>
    Object.entries(sizes).flatMap(([stratum, size]) =>
      Array.from({ length: size }, (_, i) => ({ id: `${stratum}${i}`, stratum })),
    );
  const trained = (list: ReturnType<typeof items>, trainShare: number, seed = 1) => {
    const parts = stratifiedSplit(list, { trainShare, seed });
    return list.filter((_, index) => parts[index] === 'train').map(({ id }) => id);
  };

  // round(share * n) by hand.
  test.each([
    [0.85, 1, 1],
    [0.85, 2, 2],
    [0.85, 3, 3],
    [0.85, 4, 3],
    [0.85, 10, 9],
    [0.85, 100, 85],
    [0.85, 1000, 850],
    [0.5, 5, 3],
    [0.1, 1, 1],
    [0.1, 4, 0],
    [0, 1, 0],
    [0, 10, 0],
    [1, 10, 10],
  ])('of share %d puts, of %d items, %d into train', (share, size, expected) => {
    expect(trained(items({ a: size }), share).length).toBe(expected);
  });

  it('is stratified', () => {
    const train = trained(items({ a: 20, b: 40, c: 1 }), 0.75);
    expect(['a', 'b', 'c'].map((stratum) => train.filter((id) => id.startsWith(stratum)).length)).toEqual([15, 30, 1]);
  });

  it('depends on the seed, and on neither order nor other strata', () => {
    const list = items({ a: 50, b: 50 });
    const train = trained(list, 0.5).sort();
    expect(trained(list.toReversed(), 0.5).sort()).toEqual(train);
    expect(trained(items({ a: 50 }), 0.5).sort()).toEqual(train.filter((id) => id.startsWith('a')));
    expect(trained(list, 0.5, 2).sort()).not.toEqual(train);
  });

  it('keeps most items where they are when one is added', () => {
    const before = new Set(trained(items({ a: 100 }), 0.5));
    const after = new Set(trained(items({ a: 101 }), 0.5));
    expect([...after].filter((id) => !before.has(id)).length).toBeLessThanOrEqual(1);
    expect([...before].filter((id) => !after.has(id)).length).toBeLessThanOrEqual(1);
  });
});

test.each<[string, string]>([
  ['cat', 'cat'],
  ['a/b\\c:d*e?f"g<h>i|j', 'a_b_c_d_e_f_g_h_i_j'],
  ['..', '__'],
  ['.hidden', '_hidden'],
  ['end. ', 'end__'],
  ['', '_'],
  ['nul', '_nul'],
  ['COM1.txt', '_COM1.txt'],
  ['console', 'console'],
  ['e\u0301', 'é'],
  ['a\0\nb', 'a__b'],
  ['gpj.\u202eexe', 'gpj._exe'],
  ['\ud83d', '\ufffd'],
  ['👩‍👩‍👧', '👩‍👩‍👧'],
  ['x'.repeat(300), 'x'.repeat(200)],
  ['é'.repeat(150), 'é'.repeat(100)],
  ['😀'.repeat(100), '😀'.repeat(50)],
])('the safe name of %j is %j', (name, safe) => {
  expect(safeName(name)).toBe(safe);
});

test('safe names differ, also where case is ignored', () => {
  const names = new SafeNames();
  expect(['a/b', 'a_b', 'A_B', 'a_b 2'].map((name) => names.take(name))).toEqual(['a_b', 'a_b 2', 'A_B 3', 'a_b 2 2']);
});

test.each([
  ['a.txt', true],
  ['a/b c/é.txt', true],
  ['..a/b..', true],
  ['', false],
  ['/a', false],
  ['a/', false],
  ['a//b', false],
  ['../a', false],
  ['a/..', false],
  ['./a', false],
  ['a\\b', false],
  ['C:/a', false],
  ['c:a', false],
  ['a\0b', false],
])('%j is a safe path: %s', (path, is) => {
  expect(isSafePath(path)).toBe(is);
});

test('junk is what operating systems leave behind', () => {
  expect(['__MACOSX/a', 'a/.DS_Store', 'Thumbs.db', 'a/._b.jpg', 'a.jpg', 'DS_Store'].map(isJunk)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
});
