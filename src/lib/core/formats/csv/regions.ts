import { kindOf } from '../../fields/registry';
import type { Box, FieldValue, Span } from '../../model/annotation';
import { valueIn, type Field, type Schema } from '../../model/schema';
import type { Table } from '../../table/table';
import type { Dataset, DatasetItem, FileMap, ParseOptions } from '../format';
import { InferredSchema, type NamedValue } from '../inferred-schema';
import { survey } from '../survey';
import { settle, type Answer } from './answers';
import { csvRecord, type CellStyle } from './cells';
import { contentCells, contentColumns, readContent } from './content-columns';
import { fieldColumns, type FieldColumn } from './field-columns';
import { firstSource, splitOf, statusOf } from './wide';

/**
 * One row per box, span or chosen class of the label that counts, by `kind`. A value without any has one row without a
 * class, an item without values one without a field: no item is missing.
 */
const FIXED = ['item', 'field', 'kind', 'class', 'region'] as const;

const BOX = ['x', 'y', 'width', 'height', 'rotation'] as const;
const SPAN = ['start', 'end'] as const;
type Coordinate = (typeof BOX)[number] | (typeof SPAN)[number];

export const isByRegion = (header: readonly string[]): boolean => FIXED.every((name, index) => header[index] === name);

export async function* regionRecords(dataset: Dataset, style: CellStyle): AsyncGenerator<string> {
  const found = await survey(dataset);
  const content = contentColumns(found);
  const fields = fieldColumns(dataset.schema, []);
  const coordinates = coordinatesOf(dataset.schema);
  const hasSpans = dataset.schema.fields.some(({ kind }) => kind === 'span');
  const split = found.isSplit ? ['split'] : [];
  yield csvRecord(
    [...FIXED, ...coordinates, ...(hasSpans ? ['covered'] : []), ...content, 'status', ...split, 'file', 'row'],
    style,
  );
  for await (const item of dataset.items()) {
    const [source] = item.sources;
    const end = [
      ...contentCells(item, content),
      ...[item.status, ...split.map(() => item.split ?? ''), source?.file ?? '', source?.row ?? ''],
    ];
    for (const { region, cells } of rowsOf(item, fields)) {
      const places = coordinates.map((name) =>
        region === null ? '' : ((region as Partial<Record<Coordinate, number>>)[name] ?? ''),
      );
      const covered = hasSpans ? [coveredBy(region, item)] : [];
      yield csvRecord([item.id, ...cells, ...places, ...covered, ...end], style);
    }
  }
}

const coordinatesOf = ({ fields }: Schema): Coordinate[] => [
  ...(fields.some(({ kind }) => kind === 'box') ? BOX : []),
  ...(fields.some(({ kind }) => kind === 'span') ? SPAN : []),
];

/** Field, kind, class and region of each row, with the region itself. */
function* rowsOf(
  { label }: DatasetItem,
  fields: readonly FieldColumn[],
): Generator<{ readonly region: Box | Span | null; readonly cells: readonly string[] }> {
  let isEmpty = true;
  for (const { field, name, label: className } of fields) {
    const value: FieldValue | undefined = label === null ? undefined : valueIn(label, field);
    if (value === undefined || !kindOf(field).is(value)) continue;
    isEmpty = false;
    for (const member of value.length > 0 ? value : [null]) {
      const region = typeof member === 'string' ? null : member;
      const classId = typeof member === 'string' ? member : member?.class;
      const cells = [name, field.kind, classId === undefined ? '' : className(classId), region?.id ?? ''];
      yield { region, cells };
    }
  }
  if (isEmpty) yield { region: null, cells: ['', '', '', ''] };
}

/** The text of a span. */
const coveredBy = (region: Box | Span | null, { content }: DatasetItem): string =>
  region !== null && 'start' in region && content.kind === 'text' ? content.text.slice(region.start, region.end) : '';

/** An item whose rows are being read; `members` holds what each row states. */
interface ReadItem {
  readonly item: Omit<DatasetItem, 'label'>;
  readonly path: string;
  readonly members: Map<string, { readonly kind: Field['kind']; readonly rows: RegionRow[] }>;
}

interface RegionRow {
  readonly class: string;
  readonly region: string;
  readonly coordinate: (name: Coordinate) => number;
}

export async function readRegions(
  name: string,
  path: string,
  table: Table,
  files: FileMap,
  options: ParseOptions,
): Promise<Dataset> {
  const read = new Map<string, ReadItem | null>();
  const schema = new InferredSchema();
  for await (const batch of table.batches()) {
    for (const { row, cells } of batch) {
      const where = `${path}, row ${row}`;
      const cell = (column: string) => cells[table.columns.indexOf(column)];
      const text = (column: string) => cell(column) ?? '';
      let known = read.get(text('item'));
      if (known === undefined) {
        const content = await readContent(cell, files, where, options);
        if (!content.ok) options.onIssue(content.error);
        known = content.ok ? { item: newItem(content.value, text), path: where, members: new Map() } : null;
        read.set(text('item'), known);
      }
      const kind = KINDS.find((one) => one === text('kind'));
      if (known === null || kind === undefined) continue;
      const field = text('field');
      schema.addField(field, kind);
      const members = known.members.get(field) ?? { kind, rows: [] };
      known.members.set(field, members);
      if (text('class') === '') continue;
      const coordinate = (column: Coordinate) => (text(column) === '' ? NaN : Number(text(column)));
      members.rows.push({ class: text('class'), region: text('region'), coordinate });
    }
  }
  const items = [...read.values()].filter((known) => known !== null);
  const answers = items.map(({ item, path: where, members }): Answer => ({
    content: item.content,
    path: where,
    named: new Map(Array.from(members, ([field, { kind, rows }]) => [field, namedValue(kind, rows)])),
  }));
  const { schema: inferred, values } = settle(answers, schema, options.onIssue);
  return {
    name,
    schema: inferred,
    // eslint-disable-next-line @typescript-eslint/require-await -- the items are in memory already
    async *items() {
      for (const [at, { item, members }] of items.entries())
        yield { ...item, label: members.size > 0 ? values[at]! : null };
    },
  };
}

const KINDS = ['choice', 'box', 'span'] as const;

const newItem = (
  content: Pick<DatasetItem, 'id' | 'content'>,
  text: (column: string) => string,
): Omit<DatasetItem, 'label'> => ({
  ...content,
  sources: firstSource(text('file'), text('row'), []),
  status: statusOf(text('status')),
  annotations: [],
  predictions: [],
  split: splitOf(text('split')),
});

function namedValue(kind: Field['kind'], rows: readonly RegionRow[]): NamedValue {
  const regions = rows.map((row, index) => ({ ...row, id: row.region === '' ? String(index + 1) : row.region }));
  switch (kind) {
    case 'choice':
      return { kind, labels: rows.map((row) => row.class) };
    case 'box':
      return {
        kind,
        boxes: regions.map(({ id, class: name, coordinate }) => ({
          id,
          class: name,
          x: coordinate('x'),
          y: coordinate('y'),
          width: coordinate('width'),
          height: coordinate('height'),
          rotation: coordinate('rotation') || 0,
        })),
      };
    case 'span':
      return {
        kind,
        spans: regions.map(({ id, class: name, coordinate }) => ({
          id,
          class: name,
          start: coordinate('start'),
          end: coordinate('end'),
        })),
      };
  }
}
