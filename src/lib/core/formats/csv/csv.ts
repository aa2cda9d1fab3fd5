import { strFromU8 } from 'fflate';
import { fault } from '../../errors';
import type { Schema } from '../../model/schema';
import { err, ok } from '../../result';
import { openDelimited } from '../../table/delimited';
import { LABEL_SEPARATOR, type Table } from '../../table/table';
import { detectDialect } from '../../table/dialect';
import { RecordReader } from '../../table/records';
import { decodeText } from '../../text/decode';
import type { Dataset, FileMap, Format, FormatOption, FormatOptions, Loss, ParseOptions } from '../format';
import { firstBytes } from '../first-bytes';
import { hasImageName, imageFiles } from '../image-files';
import { chosen } from '../options';
import { safeName } from '../safe-names';
import { encodeChunks } from '../text-chunks';
import type { CellStyle } from './cells';
import { isLong, longRecords, readLong } from './long';
import { isByRegion, readRegions, regionRecords } from './regions';
import { isWide, readWide, wideRecords } from './wide';

/** One row per region is offered where there can be regions. */
const shapeOption = (schema: Schema): FormatOption => ({
  id: 'shape',
  label: 'Rows',
  help: 'One row per item or region has the label that counts; one row per annotation has what everybody said.',
  choices: [
    { value: 'wide', label: 'One per item' },
    { value: 'long', label: 'One per annotation' },
    ...(schema.fields.some(({ kind }) => kind !== 'choice') ? [{ value: 'regions', label: 'One per region' }] : []),
  ],
  default: 'wide',
});

const CELLS: FormatOption = {
  id: 'cells',
  label: 'Cells',
  help: 'Exact keeps every character. For spreadsheets, nothing can be taken for a formula.',
  choices: [
    { value: 'exact', label: 'Exact' },
    { value: 'spreadsheet', label: 'For spreadsheets' },
  ],
  default: 'exact',
};

/** Bytes in which the header must lie for the format to be detected. */
const HEADER_BYTES = 2 ** 16;

export const csv: Format = {
  id: 'csv',
  name: 'CSV',
  description: 'A table for pandas, R and spreadsheets.',
  fields: ['choice', 'box', 'span'],
  content: ['text', 'image', 'image-url'],
  needsImages: false,
  options: (schema) => [shapeOption(schema), CELLS],

  losses: (schema, options) => [
    ...shapeOf(schema, options).losses(schema),
    ...schemaLosses(schema),
    ...(chosen(CELLS, options) === 'spreadsheet' ? apostropheLosses(schema) : []),
  ],

  async detect(files) {
    const header = await headerOf(files);
    return SHAPES.some(({ is }) => is(header));
  },

  async parse(files, options) {
    const path = tableIn(files);
    if (path === null) return err(fault('dataset.invalid', '', { reason: 'it needs one .csv file' }));
    const text = decodeText(files.get(path)!.chunks(), options.decode, { path, onIssue: options.onIssue });
    const table = await openDelimited(text, { path, onIssue: options.onIssue });
    if (!table.ok) return table;
    const shape = SHAPES.find(({ is }) => is(table.value.columns));
    if (!shape) {
      return err(fault('dataset.invalid', path, { reason: 'its columns are not those of an export by Concord' }));
    }
    return ok(await shape.read(path.slice(0, -'.csv'.length), path, table.value, files, options));
  },

  async *serialize(dataset, options) {
    const style = chosen(CELLS, options) as CellStyle;
    const records = shapeOf(dataset.schema, options).records(dataset, style);
    yield { path: `${safeName(dataset.name)}.csv`, chunks: encodeChunks(withMark(records, style)) };
    yield* imageFiles(dataset);
  },
};

/** Spreadsheets take a file without a byte order mark for one in the computer's old code page. */
async function* withMark(records: AsyncIterable<string>, style: CellStyle): AsyncGenerator<string> {
  if (style === 'spreadsheet') yield '\ufeff';
  yield* records;
}

/** The one table at the top; beside it there may be images only. */
function tableIn(files: FileMap): string | null {
  const others = [...files.keys()].filter((path) => !hasImageName(path));
  const [path] = others;
  return others.length === 1 && path !== undefined && /^[^/]+\.csv$/i.test(path) ? path : null;
}

async function headerOf(files: FileMap): Promise<readonly string[]> {
  const path = tableIn(files);
  if (path === null) return [];
  // The columns that tell are ASCII, so that it does not matter here how the others are encoded.
  const head = strFromU8(await firstBytes(files.get(path)!, HEADER_BYTES), true).replace(/^\xef\xbb\xbf/, '');
  const reader = new RecordReader(detectDialect(head));
  return [...reader.read(head), ...reader.end()][0]?.cells ?? [];
}

const WHO: Loss = {
  what: 'Who labelled what, when, and notes',
  why: 'A row holds the label that counts. One row per annotation has these.',
};
const PREDICTIONS: Loss = { what: 'Predictions', why: 'They are no annotations, and not the label that counts.' };
const SOURCES: Loss = { what: 'Metadata and further sources', why: 'One row per item has these.' };

function wideLosses(schema: Schema): Loss[] {
  const mayBeEmpty = schema.fields.some((field) => field.kind === 'choice' && (field.multiple || !field.required));
  return [
    WHO,
    PREDICTIONS,
    ...(mayBeEmpty ? [{ what: 'Deliberately empty choices', why: 'An empty cell also stands for no answer.' }] : []),
    { what: 'Empty metadata', why: 'An empty cell also stands for an item without that column.' },
  ];
}

const LONG_LOSSES: readonly Loss[] = [
  { what: 'Items without annotations', why: 'There is one row per annotation.' },
  { what: 'Status, split and the label that counts', why: 'One row per item has these.' },
  SOURCES,
  PREDICTIONS,
];

/** A way to put items into rows. */
interface Shape {
  /** As the option has it. */
  readonly id: string;
  readonly is: (header: readonly string[]) => boolean;
  readonly losses: (schema: Schema) => readonly Loss[];
  readonly records: (dataset: Dataset, style: CellStyle) => AsyncGenerator<string>;
  readonly read: (name: string, path: string, table: Table, files: FileMap, options: ParseOptions) => Promise<Dataset>;
}

/** The shapes whose first columns tell them come first. */
const SHAPES: readonly Shape[] = [
  { id: 'long', is: isLong, losses: () => LONG_LOSSES, records: longRecords, read: readLong },
  {
    id: 'regions',
    is: isByRegion,
    losses: () => [WHO, PREDICTIONS, SOURCES],
    records: regionRecords,
    read: readRegions,
  },
  { id: 'wide', is: isWide, losses: wideLosses, records: wideRecords, read: readWide },
];

function shapeOf(schema: Schema, options: FormatOptions): Shape {
  const id = chosen(shapeOption(schema), options);
  return SHAPES.find((shape) => shape.id === id)!;
}

function schemaLosses(schema: Schema): Loss[] {
  const hasSeparator = schema.fields.some(
    ({ kind, classes }) => kind === 'choice' && classes.some(({ name }) => name.includes(LABEL_SEPARATOR)),
  );
  return [
    {
      what: 'Colours, keys, descriptions, guidelines, rules of fields, unused classes, and ids of classes and fields',
      why: 'A table holds names. JSON Lines has the whole schema.',
    },
    ...(hasSeparator
      ? [{ what: 'The | in names of classes of a choice', why: 'It separates several labels in one cell.' }]
      : []),
  ];
}

function apostropheLosses({ fields }: Schema): Loss[] {
  return [
    {
      what: 'The exact text of cells that begin with = + - @, a tab or a line break',
      why: 'They get an apostrophe in front, so that no spreadsheet runs them as a formula.',
    },
    ...(fields.some(({ kind }) => kind === 'span')
      ? [
          {
            what: 'The places of spans in such texts',
            why: 'The apostrophe comes before the text, and places are counted without it.',
          },
        ]
      : []),
  ];
}
