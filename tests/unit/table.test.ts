import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { fault, type ConcordError } from '#core/errors';
import { guessMapping } from '#core/table/mapping';
import { isTable, openTable } from '#core/table/open';
import { MAX_RECORD } from '#core/table/records';
import { splitLabels } from '#core/table/table';
import { readText } from '#io/files/text';

async function* inPieces(text: string, size: number) {
  for (let from = 0; from < text.length; from += size) yield await Promise.resolve(text.slice(from, from + size));
}

async function read(path: string, text: string, size = Infinity) {
  const issues: ConcordError[] = [];
  const options = { path, onIssue: (issue: ConcordError) => issues.push(issue) };
  const table = await openTable(inPieces(text, Math.min(size, text.length)), options);
  if (!table.ok) return { error: table.error, issues };
  const rows: [number, ...string[]][] = [];
  for await (const batch of table.value.batches()) for (const { row, cells } of batch) rows.push([row, ...cells]);
  return { columns: table.value.columns, rows, issues };
}

describe('delimited text', () => {
  test.each<[string, string, string[], [number, ...string[]][]]>([
    [
      'commas',
      'a,b\n1,2\n3,4\n',
      ['a', 'b'],
      [
        [1, '1', '2'],
        [2, '3', '4'],
      ],
    ],
    ['no line end at the end', 'a,b\n1,2', ['a', 'b'], [[1, '1', '2']]],
    [
      'semicolons, with commas in cells',
      'a;b\n1,5;x\n2,5;y\n',
      ['a', 'b'],
      [
        [1, '1,5', 'x'],
        [2, '2,5', 'y'],
      ],
    ],
    ['tabs', 'a\tb\nx, y\tz\n', ['a', 'b'], [[1, 'x, y', 'z']]],
    ['bars', 'a|b\nx, y|z\n', ['a', 'b'], [[1, 'x, y', 'z']]],
    [
      'bars between labels are no separators',
      'text,labels\nhi,a|b\nho,b|c\n',
      ['text', 'labels'],
      [
        [1, 'hi', 'a|b'],
        [2, 'ho', 'b|c'],
      ],
    ],
    [
      'one column with commas in its texts',
      'text\nHello, world\nbye\n',
      ['text'],
      [
        [1, 'Hello, world'],
        [2, 'bye'],
      ],
    ],
    [
      'mixed line ends',
      'a,b\r\n1,2\n3,4\r\n',
      ['a', 'b'],
      [
        [1, '1', '2'],
        [2, '3', '4'],
      ],
    ],
    [
      'line ends of old Macs',
      'a,b\r1,2\r3,4\r',
      ['a', 'b'],
      [
        [1, '1', '2'],
        [2, '3', '4'],
      ],
    ],
    ['byte order mark', '\ufeffa,b\n1,2\n', ['a', 'b'], [[1, '1', '2']]],
    ['quotes', 'a,b\n"1,""x""\r\ny",2\n', ['a', 'b'], [[1, '1,"x"\r\ny', '2']]],
    ['a quoted carriage return at the end of a line', 'a,b\n1,"2\r"\n', ['a', 'b'], [[1, '1', '2\r']]],
    ['quotes within unquoted cells', 'a,b\n5" screen,x"y"\n', ['a', 'b'], [[1, '5" screen', 'x"y"']]],
    [
      'empty cells',
      'a,b,c\n,,\n"",x,\n',
      ['a', 'b', 'c'],
      [
        [1, '', '', ''],
        [2, '', 'x', ''],
      ],
    ],
    [
      'blank lines are no records',
      'a,b\n\n1,2\n\r\n3,4\n',
      ['a', 'b'],
      [
        [1, '1', '2'],
        [2, '3', '4'],
      ],
    ],
    [
      'an empty quoted cell is a record',
      'a\n""\nx\n',
      ['a'],
      [
        [1, ''],
        [2, 'x'],
      ],
    ],
    ['cells beyond the last column that are empty', 'a,b\n1,2,,\n', ['a', 'b'], [[1, '1', '2']]],
    [
      'tabs without quoting',
      'a\tb\n"Hi" she said\t1\n"open\t2\n',
      ['a', 'b'],
      [
        [1, '"Hi" she said', '1'],
        [2, '"open', '2'],
      ],
    ],
    ['tabs with quoting', 'a\tb\n"x\ty"\t1\n', ['a', 'b'], [[1, 'x\ty', '1']]],
    ['any character', 'a,b\nи\u0301👩‍👩‍👧,\0\u202eب\n', ['a', 'b'], [[1, 'и\u0301👩‍👩‍👧', '\0\u202eب']]],
    ['only a header', 'a,b\n', ['a', 'b'], []],
  ])('%s', async (_, text, columns, rows) => {
    for (const size of [Infinity, 1, 2, 3])
      expect(await read('t.csv', text, size)).toEqual({ columns, rows, issues: [] });
  });

  it('goes on in the next line after a quote that is never closed', async () => {
    const lost = await read('t.csv', 'a,b\n1,2\n"3,4\n5,6\n7,8\n');
    expect(lost.rows).toEqual([
      [1, '1', '2'],
      [3, '5', '6'],
      [4, '7', '8'],
    ]);
    expect(lost.issues).toEqual([fault('table.quotes', 't.csv, row 2', { line: 3 })]);
  });

  it('goes on after a quote within a quoted cell', async () => {
    const lost = await read('t.csv', 'a,b\n"he said "hi" to me",x\n"1\n2",y\n3,"z\n4,w\n', 5);
    expect(lost.rows).toEqual([
      [2, '1\n2', 'y'],
      [4, '4', 'w'],
    ]);
    expect(lost.issues).toEqual([
      fault('table.quotes', 't.csv, row 1', { line: 2 }),
      fault('table.quotes', 't.csv, row 3', { line: 5 }),
    ]);
  });

  it('does not keep a whole file in memory behind an open quote', async () => {
    const line = `${'x'.repeat(1022)},y\n`;
    const lines = Math.ceil(MAX_RECORD / line.length) + 10;
    const lost = await read('t.csv', `a,b\n1,"2\n${line.repeat(lines)}`, 2 ** 20);
    expect(lost.rows!.length).toBe(lines);
    expect(lost.issues).toEqual([fault('table.quotes', 't.csv, row 1', { line: 2 })]);
  });

  it('refuses a line that never ends', async () => {
    const lost = await read('t.csv', `a,b\n1,2\n${'x'.repeat(MAX_RECORD + 2 ** 21)}\n3,4\n`, 2 ** 20);
    expect(lost.rows).toEqual([
      [1, '1', '2'],
      [3, '3', '4'],
    ]);
    expect(lost.issues).toEqual([fault('table.length', 't.csv, row 2', { line: 3 })]);
  });

  it('refuses rows with too few or too many cells', async () => {
    const ragged = await read('t.csv', 'a,b\n1\n1,2,3\n1,2\n');
    expect(ragged.rows).toEqual([[3, '1', '2']]);
    expect(ragged.issues).toEqual([
      fault('table.cells', 't.csv, row 1', { line: 2, expected: 2, found: 1 }),
      fault('table.cells', 't.csv, row 2', { line: 3, expected: 2, found: 3 }),
    ]);
  });

  it('counts lines within quotes', async () => {
    const ragged = await read('t.csv', 'a,b\n"1\n\n",2\nx\n', 1);
    expect(ragged.issues).toEqual([fault('table.cells', 't.csv, row 2', { line: 5, expected: 2, found: 1 })]);
  });

  it('gives unnamed and repeated columns a name of their own', async () => {
    const named = await read('t.csv', 'a,,a,a 2, \n1,2,3,4,5\n');
    expect(named.columns).toEqual(['a', 'column 2', 'a 3', 'a 2', 'column 5']);
    expect(named.issues.map(({ code, message }) => [code, message])).toEqual([
      ['table.header', 'Column 2 is unnamed; it is called “column 2” here.'],
      ['table.header', 'Column 3 is a second “a”; it is called “a 3” here.'],
      ['table.header', 'Column 5 is unnamed; it is called “column 5” here.'],
    ]);
  });

  it('refuses 10,000 columns', async () => {
    const header = Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',');
    expect((await read('t.csv', `${header}\n`)).error).toEqual(
      fault('table.columns', 't.csv', { found: 10_000, limit: 2000 }),
    );
  });

  test.each([
    ['nothing', ''],
    ['blank lines', '\n\r\n\n'],
    ['a byte order mark', '\ufeff'],
  ])('refuses %s', async (_, text) => {
    expect((await read('t.csv', text)).error?.code).toBe('table.empty');
  });

  it('stops reading when its rows are no longer wanted', async () => {
    let isClosed = false;
    async function* endless() {
      try {
        for (;;) yield await Promise.resolve('1,2\n'.repeat(20_000));
      } finally {
        isClosed = true;
      }
    }
    const table = await openTable(endless(), { path: 't.csv', onIssue: () => undefined });
    if (!table.ok) throw new Error(table.error.message);
    for await (const batch of table.value.batches()) if (batch.length > 0) break;
    expect(isClosed).toBe(true);
  });
});

const data = process.env['CONCORD_DATA'];
test.skipIf(data === undefined)('banking77: 10,003 questions, 77 intents, ten of them with line breaks', async () => {
  const file = new Blob([readFileSync(join(data!, 'banking77/train.csv'))]);
  const issues: ConcordError[] = [];
  const options = { path: 'train.csv', onIssue: (issue: ConcordError) => issues.push(issue) };
  const table = await openTable(readText(new AbortController().signal, file, options), options);
  if (!table.ok) throw new Error(table.error.message);
  const rows: (readonly string[])[] = [];
  for await (const batch of table.value.batches()) for (const { cells } of batch) rows.push(cells);
  expect(rows.length).toBe(10_003);
  expect(new Set(rows.map(([, intent]) => intent)).size).toBe(77);
  expect(rows.filter(([text]) => text!.includes('\n')).length).toBe(10);
  expect(guessMapping(table.value.columns, [])).toMatchObject({ content: 'text', label: 'category' });
  expect(issues).toEqual([]);
});

describe('JSON', () => {
  const rows = [
    [1, 'x', '1'],
    [2, 'y', ''],
  ];

  test.each<[string, string, string]>([
    ['a list of objects', 't.json', '[{"text":"x","n":1},\n{"text":"y","n":null}]'],
    ['an object with data', 't.json', '{"version":2,"data":[{"text":"x","n":1},{"text":"y"}]}'],
    ['lines', 't.jsonl', '{"text":"x","n":1}\r\n\n{"text":"y"}'],
    ['lines in a .json file', 't.json', '\ufeff{"text":"x","n":1}\n{"text":"y"}\n'],
    ['a list of texts and objects', 't.json', '[{"text":"x","n":1},"y"]'],
  ])('%s', async (_, path, text) => {
    for (const size of [Infinity, 1, 7])
      expect(await read(path, text, size)).toEqual({ columns: ['text', 'n'], rows, issues: [] });
  });

  it('flattens records', async () => {
    const record = {
      id: 1,
      user: { name: 'A', tags: ['x', 'y', 3] },
      nested: [[1], { b: 2 }],
      yes: true,
      none: null,
      e: {},
    };
    expect(await read('t.json', JSON.stringify([record]))).toEqual({
      columns: ['id', 'user.name', 'user.tags', 'nested', 'yes', 'none'],
      rows: [[1, '1', 'A', 'x|y|3', '[[1],{"b":2}]', 'true', '']],
      issues: [],
    });
  });

  it('keeps all digits of long numbers', async () => {
    const text =
      '[{"id":1234567890123456789,"s":"a 1234567890123456789 \\" 1","x":-0.12345678901234567,"small":12.5,"big":1e300}]';
    expect((await read('t.json', text)).rows).toEqual([
      [1, '1234567890123456789', 'a 1234567890123456789 " 1', '-0.12345678901234567', '12.5', '1e+300'],
    ]);
  });

  it('keeps keys that JavaScript knows itself', async () => {
    const text = '{"__proto__":"a","constructor":"b","toString":"c"}\n{"text":"x"}\n';
    expect((await read('t.jsonl', text)).rows).toEqual([
      [1, 'a', 'b', 'c', ''],
      [2, '', '', '', 'x'],
    ]);
  });

  it('refuses bad lines with their numbers, and reads the others', async () => {
    const bad = await read('t.jsonl', '{"text":"a"}\n{"text":\n[1]\n5\n\n{"text":"b"}\n');
    expect(bad.rows).toEqual([
      [1, 'a'],
      [5, 'b'],
    ]);
    expect(bad.issues.map(({ code, path }) => [code, path])).toEqual([
      ['json.invalid', 't.jsonl, row 2'],
      ['json.shape', 't.jsonl, row 3'],
      ['json.shape', 't.jsonl, row 4'],
    ]);
  });

  it('replaces half characters and says where', async () => {
    const halves = await read('t.jsonl', '{"text":"a\\ud83d b","ok":"\\ud83d\\ude00"}\n');
    expect(halves.rows).toEqual([[1, 'a\ufffd b', '😀']]);
    expect(halves.issues).toEqual([fault('text.surrogate', 't.jsonl, row 1', { column: 'text' })]);
  });

  it('tells of columns that come too late', async () => {
    const late = await read(
      't.jsonl',
      '{"text":"x"}\n'.repeat(1000) + '{"text":"y","extra":"1"}\n{"extra":"2"}\n',
      100,
    );
    expect(late.columns).toEqual(['text']);
    expect(late.rows!.slice(-2)).toEqual([
      [1001, 'y'],
      [1002, ''],
    ]);
    expect(late.issues).toEqual([fault('table.late-column', 't.jsonl, row 1001', { column: 'extra', records: 1000 })]);
  });

  test.each<[string, string, string, string]>([
    ['cut off', 't.json', '[{"text":"x"},', 'json.invalid'],
    ['CSV', 't.json', 'text,label\na,b\n', 'json.invalid'],
    ['a number', 't.json', '5', 'json.shape'],
    ['an object', 't.json', '{"text":"x"}', 'json.shape'],
    ['nothing', 't.json', '', 'json.invalid'],
    ['an empty list', 't.json', '[]', 'table.empty'],
    ['no lines', 't.jsonl', '\n\n', 'table.empty'],
    [
      'too many columns',
      't.json',
      JSON.stringify([Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`k${i}`, i]))]),
      'table.columns',
    ],
  ])('refuses %s', async (_, path, text, code) => {
    expect((await read(path, text)).error?.code).toBe(code);
  });

  it('refuses records that are nested beyond reason', async () => {
    const deep = `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const lost = await read('t.jsonl', `{"text":"x"}\n${deep}\n`);
    expect(lost.rows).toEqual([[1, 'x']]);
    expect(lost.issues.map(({ code }) => code)).toEqual(['json.invalid']);
  });
});

test.each([
  ['a.csv', true],
  ['b/c.TSV', true],
  ['d.ndjson', true],
  ['e.txt', false],
  ['csv', false],
  ['x.constructor', false],
])('%s is a table: %s', (path, is) => {
  expect(isTable(path)).toBe(is);
});

test('labels in a cell', () => {
  expect(splitLabels(' a |b||a|c d|')).toEqual(['a', 'b', 'c d']);
  expect(splitLabels('')).toEqual([]);
});

describe('the mapping of columns is guessed', () => {
  const repeat = (n: number, cells: (i: number) => string[]) =>
    Array.from({ length: n }, (_, i) => ({ row: i + 1, cells: cells(i) }));
  const url = (i: number) => `https://example.org/${i}.jpg`;

  test.each<[string, string[], (i: number) => string[], string, 'text' | 'image-url', string | null]>([
    ['by name', ['id', 'Text', 'Category'], (i) => [`${i}`, `text ${i}`, 'a'], 'Text', 'text', 'Category'],
    [
      'by the last part of a name',
      ['data.tweet_text', 'user.id', 'gold_label'],
      (i) => [`t ${i}`, `${i}`, 'x'],
      'data.tweet_text',
      'text',
      'gold_label',
    ],
    ['a whole name before a part', ['label_text', 'text', 'label'], () => ['l', 't', '1'], 'text', 'text', 'label'],
    ['image URLs', ['image_url', 'label'], (i) => [url(i), 'cat'], 'image_url', 'image-url', 'label'],
    ['URLs by value', ['where', 'kind'], (i) => [url(i), `k${i % 3}`], 'where', 'image-url', null],
    [
      'a text with a link beside it',
      ['url', 'question', 'intent'],
      (i) => [url(i), `why ${i}?`, 'x'],
      'question',
      'text',
      'intent',
    ],
    ['a column called url that holds none', ['url', 'body'], (i) => [`${i}`, `text ${i}`], 'body', 'text', null],
    [
      'the items by length, no label by repetition',
      ['c1', 'c2', 'channel'],
      (i) => [`${i}`, `a longer text, number ${i}`, `k${i % 4}`],
      'c2',
      'text',
      null,
    ],
    [
      'no label among different values',
      ['c1', 'c2'],
      (i) => [`a longer text, number ${i}`, `${i}`],
      'c1',
      'text',
      null,
    ],
    ['never the split', ['sentence', 'split'], (i) => [`s ${i}`, i % 2 ? 'train' : 'test'], 'sentence', 'text', null],
    ['one column', ['anything'], (i) => [`x ${i}`], 'anything', 'text', null],
  ])('%s', (_, columns, cells, content, contentKind, label) => {
    const metadata = columns.filter((column) => column !== content && column !== label);
    expect(guessMapping(columns, repeat(100, cells))).toEqual({ content, contentKind, label, context: null, metadata });
  });

  it.each([
    ['of an utterance', ['history', 'utterance', 'intent'], 'history'],
    ['by the last part of a name', ['dialogue_context', 'text'], 'dialogue_context'],
    ['not the text itself', ['dialogue'], null],
    ['nor a label', ['text', 'label'], null],
  ])('with what was said before: %s', (_, columns, context) => {
    const mapping = guessMapping(
      columns,
      repeat(10, (i) => columns.map((name) => `${name} ${i}`)),
    );
    expect(mapping.context).toBe(context);
    expect(mapping.metadata).not.toContain(context);
  });
});
