import { expect, test } from 'vitest';
import { ratingsOf } from '#core/agreement/ratings-builder';
import { readAnnotations } from '#core/agreement/read-annotations';
import { readRatings } from '#core/agreement/read-ratings';
import type { NamedRatings } from '#core/agreement/ratings';
import type { Schema } from '#core/model/schema';
import { openTable } from '#core/table/open';
import { readLines } from '#core/text/lines';

const OPTIONS = { path: 'ratings.csv', order: null, field: null };

// eslint-disable-next-line @typescript-eslint/require-await -- there is nothing to wait for
async function* pieces(text: string) {
  yield text;
}

async function read(text: string, options: Partial<typeof OPTIONS | { order: readonly string[]; field: string }> = {}) {
  const table = await openTable(pieces(text), { path: 'ratings.csv', onIssue: () => undefined });
  if (!table.ok) throw new Error(table.error.message);
  return readRatings(table.value, { ...OPTIONS, ...options });
}

/** As rows again: what stands in the arrays, by name. */
function rowsOf(ratings: NamedRatings): string[] {
  return ratings.itemNames.flatMap((item, at) =>
    Array.from(ratings.annotator.subarray(ratings.start[at], ratings.start[at + 1]), (annotator, offset) => {
      const category = ratings.category[ratings.start[at]! + offset]!;
      return `${item} ${ratings.annotatorNames[annotator]!} ${ratings.categoryNames[category]!}`;
    }),
  );
}

test('a long table, its columns in any order and case, others beside them', async () => {
  const result = await read('Label,note,ITEM, Annotator\ncat,x,2,ann\ndog,,1,bob\ncat,,2,bob\n');
  if (!result.ok) throw new Error(result.error.message);
  const { ratings, warnings } = result.value;
  expect(rowsOf(ratings)).toEqual(['2 ann cat', '2 bob cat', '1 bob dog']);
  expect(ratings).toMatchObject({ items: 2, annotators: 2, categories: 2, itemNames: ['2', '1'] });
  expect(warnings).toEqual([]);
});

test('labels with line breaks, commas and quotes stay whole', async () => {
  const result = await read('item\tannotator\tlabel\n1\ta\t"yes, ""but""\nlater"\n');
  expect(result.ok && result.value.ratings.categoryNames).toEqual(['yes, "but"\nlater']);
});

test('an empty label is no reading, and its item and annotator are there', async () => {
  const result = await read('item,annotator,label\n1,a,x\n2,b,\n');
  expect(result.ok && result.value.ratings).toMatchObject({ items: 2, annotators: 2, categories: 1 });
  expect(result.ok && [...result.value.ratings.start]).toEqual([0, 1, 1]);
});

test('a row without item or annotator is left out and told with its row', async () => {
  const result = await read('item,annotator,label\n1,a,x\n,a,x\n2, ,x\n');
  expect(result.ok && result.value.warnings.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    'ratings.csv, row 2: This was left out: it names no item.',
    'ratings.csv, row 3: This was left out: it names no annotator.',
  ]);
  expect(result.ok && rowsOf(result.value.ratings)).toEqual(['1 a x']);
});

test('a missing column is named, with those that are there', async () => {
  const result = await read('item,rater,label\n1,a,x\n');
  expect(result.ok ? '' : result.error.message).toBe(
    'The table has no column “annotator”; it has “item”, “rater”, “label”.',
  );
});

test.each([
  ['numbers', ['10', '9', '-1', '2.5'], ['-1', '2.5', '9', '10']],
  ['words', ['b', 'B', 'a', '10', '9'], ['10', '9', 'B', 'a', 'b']],
  ['by code point, not by code unit', ['😀', '豈'], ['豈', '😀']],
  ['NaN is no number', ['10', '9', 'NaN'], ['10', '9', 'NaN']],
  ['Infinity is no number', ['10', '9', 'Infinity'], ['10', '9', 'Infinity']],
  ['too large to be a number', ['10', '9', '1e999'], ['10', '1e999', '9']],
])('categories in their own order: %s', (_, labels, expected) => {
  const rows = labels.map((label, at) => ({ item: String(at), annotator: 'a', label }));
  expect(ratingsOf(rows).categoryNames).toEqual(expected);
});

test('names of one number are one category, which is told', async () => {
  const result = await read('item,annotator,label\n1,a,1\n1,b,1.0\n2,a,2\n');
  expect(result.ok && result.value.ratings.categoryNames).toEqual(['1', '2']);
  expect(result.ok && rowsOf(result.value.ratings)).toEqual(['1 a 1', '1 b 1', '2 a 2']);
  expect(result.ok && result.value.warnings.map(({ code }) => code)).toEqual(['ratings.same-number']);
});

test('an order gives the categories, also those that nobody chose', async () => {
  const order = ['low', 'middle', 'high'];
  const result = await read('item,annotator,label\n1,a,high\n1,b,low\n', { order });
  expect(result.ok && result.value.ratings.categoryNames).toEqual(order);
});

test('a label that the order lacks is an error with its row', async () => {
  const result = await read('item,annotator,label\n1,a,high\n1,b,hgih\n', { order: ['low', 'high'] });
  expect(result.ok ? null : result.error).toMatchObject({ code: 'ratings.unknown-class', path: 'ratings.csv, row 2' });
});

test('Concord’s own long table with several questions asks which one', async () => {
  const text =
    'item,annotator,label,field,note,time,lead_seconds,origin,author\n' +
    '1,a,cat,Animal,,,,person,x\n1,a,red,Colour,,,,person,x\n';
  const unasked = await read(text);
  expect(unasked.ok ? null : unasked.error.message).toBe('The file answers 2 questions: Animal, Colour.');
  const asked = await read(text, { field: 'Colour' });
  expect(asked.ok && rowsOf(asked.value.ratings)).toEqual(['1 a red']);
  const unknown = await read(text, { field: 'Size' });
  expect(unknown.ok ? null : unknown.error.code).toBe('ratings.field');
});

const definition = (id: string, name: string) => ({ id, name, color: '#000000', key: '', description: '' });
const SCHEMA: Schema = {
  version: 1,
  guidelines: '',
  fields: [
    {
      ...{ kind: 'choice', id: 'animal', name: 'Animal', required: true, multiple: false },
      classes: [definition('cat', 'Cat'), definition('dog', 'Dog'), definition('eel', 'Eel')],
      ...{ retired: [definition('hound', 'Hound')], remap: { hound: 'dog' } },
    },
    {
      kind: 'span',
      id: 'words',
      name: 'Words',
      required: false,
      wholeWords: true,
      classes: [],
      retired: [],
      remap: {},
    },
  ],
};

const LINES = [
  { id: 'i1', annotations: [by('x1', 'Ann', ['cat']), by('y1', 'Ann', ['hound']), by('z1', '', ['dog'])] },
  { id: 'i2', annotations: [by('x1', 'Ann', []), { author: 'y1', authorName: 'Ann', values: { words: [{}] } }] },
];

function by(author: string, authorName: string, animal: readonly string[]) {
  return { author, authorName, values: { animal } };
}

const readJsonLines = (text: string, schema: Schema | null, field: string | null = null) =>
  readAnnotations(readLines(pieces(text)), schema, { path: 'items.jsonl', order: null, field });

const text = LINES.map((line) => JSON.stringify(line)).join('\n');

test('Concord’s lines: classes by name, merged ones as the other, people of one name apart', async () => {
  const result = await readJsonLines(text, SCHEMA);
  expect(result.ok && rowsOf(result.value.ratings)).toEqual(['i1 Ann (x1) Cat', 'i1 Ann (y1) Dog', 'i1 z1 Dog']);
  expect(result.ok && result.value.ratings.categoryNames).toEqual(['Cat', 'Dog', 'Eel']);
  expect(result.ok && result.value.ratings.items).toBe(2);
});

test('Concord’s lines without their schema: classes by id, the question by what it looks like', async () => {
  const result = await readJsonLines(text, null);
  expect(result.ok && result.value.ratings.categoryNames).toEqual(['cat', 'dog', 'hound']);
});

test('a question that is not answered by one class is refused, with where its figures are', async () => {
  for (const schema of [SCHEMA, null]) {
    const result = await readJsonLines(text, schema, 'words');
    expect(result.ok ? null : result.error).toMatchObject({ code: 'ratings.kind' });
    expect(result.ok ? '' : result.error.hint).toContain('concord report');
  }
});

test('a damaged line is left out and told', async () => {
  const result = await readJsonLines(`${text}\n{"id":"i3"\n{"id":7,"annotations":[]}`, SCHEMA);
  expect(result.ok && result.value.warnings.map(({ path, code }) => [path, code])).toEqual([
    ['items.jsonl, line 3', 'ratings.row'],
    ['items.jsonl, line 4', 'ratings.row'],
  ]);
});
