import type { AuthorId } from '../../model/ids';
import type { Table } from '../../table/table';
import type { Dataset, DatasetAnnotation, DatasetItem, FileMap, ParseOptions } from '../format';
import { survey } from '../survey';
import { readAnswers, type AnswerCells } from './answers';
import { csvRecord, type CellStyle } from './cells';
import { contentCells, contentColumns, readContent } from './content-columns';
import { fieldColumns } from './field-columns';
import { firstSource } from './wide';

/**
 * One row per annotation and field. The first three columns are those that agreement and truth are computed from; an
 * annotation without any value has one row with an empty field.
 */
const FIXED = ['item', 'annotator', 'label', 'field', 'note', 'time', 'lead_seconds', 'origin', 'author'] as const;

export const isLong = (header: readonly string[]): boolean => FIXED.every((name, index) => header[index] === name);

export async function* longRecords(dataset: Dataset, style: CellStyle): AsyncGenerator<string> {
  const found = await survey(dataset);
  const content = contentColumns(found);
  const fields = fieldColumns(dataset.schema, []);
  const annotators = annotatorNames(found.authors);
  yield csvRecord([...FIXED, ...content, 'file', 'row'], style);
  for await (const item of dataset.items()) {
    const [source] = item.sources;
    const end = [
      ...contentCells(item, content),
      source?.file ?? '',
      source?.row === undefined ? '' : String(source.row),
    ];
    for (const { author, values, note, time, leadMs, origin } of item.annotations) {
      const middle = [note, isoTime(time), String(leadMs / 1000), origin, author];
      const answers = fields.flatMap(({ name, cell }) => {
        const label = cell(values);
        return label === null ? [] : [[label, name]];
      });
      for (const answer of answers.length > 0 ? answers : [['', '']]) {
        yield csvRecord([item.id, annotators.get(author)!, ...answer, ...middle, ...end], style);
      }
    }
  }
}

/** What tells authors of the same name apart, and names those without one. */
const suffix = (author: AuthorId): string => ` (${author.slice(0, 8)})`;

function annotatorNames(authors: ReadonlyMap<AuthorId, string>): ReadonlyMap<AuthorId, string> {
  const counts = new Map<string, number>();
  for (const name of authors.values()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map(
    Array.from(authors, ([author, name]) => [
      author,
      name === '' || counts.get(name)! > 1 ? name + suffix(author) : name,
    ]),
  );
}

/** ISO 8601 in UTC; '' for a time that no calendar has. */
const isoTime = (time: number): string => (Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : '');

interface ReadItem {
  readonly item: Omit<DatasetItem, 'annotations'>;
  readonly annotations: Map<AuthorId, ReadAnnotation>;
}

interface ReadAnnotation {
  readonly said: Omit<DatasetAnnotation, 'values'>;
  readonly answer: AnswerCells & { readonly cells: Map<string, { readonly cell: string; readonly path: string }> };
}

export async function readLong(
  name: string,
  path: string,
  table: Table,
  files: FileMap,
  options: ParseOptions,
): Promise<Dataset> {
  const fields = new Set<string>();
  const read = new Map<string, ReadItem | null>();
  for await (const batch of table.batches()) {
    for (const row of batch) {
      const where = `${path}, row ${row.row}`;
      const cell = (column: string) => row.cells[table.columns.indexOf(column)];
      const text = (column: string) => cell(column) ?? '';
      const key = text('item');
      let known = read.get(key);
      if (known === undefined) {
        const content = await readContent(cell, files, where, options);
        if (!content.ok) options.onIssue(content.error);
        known = content.ok ? newItem(content.value, text('file'), text('row')) : null;
        read.set(key, known);
      }
      if (known === null) continue;
      const author = text('author');
      const annotation: ReadAnnotation = known.annotations.get(author) ?? {
        said: annotationOf(text, author),
        answer: { content: known.item.content, path: where, cells: new Map() },
      };
      known.annotations.set(author, annotation);
      const field = text('field');
      if (field === '') continue;
      fields.add(field);
      annotation.answer.cells.set(field, { cell: text('label'), path: where });
    }
  }
  const items = [...read.values()].filter((known) => known !== null);
  const annotations = items.flatMap((known) => [...known.annotations.values()]);
  const { schema, values } = readAnswers(
    annotations.map(({ answer }) => answer),
    fields,
    options.onIssue,
  );
  const valuesOf = new Map(annotations.map((annotation, at) => [annotation, values[at]!]));
  return {
    name,
    schema,
    // eslint-disable-next-line @typescript-eslint/require-await -- the items are in memory already
    async *items() {
      for (const known of items) {
        const said = Array.from(known.annotations.values(), (annotation) => {
          const given = valuesOf.get(annotation) ?? null;
          return given === null ? [] : [{ ...annotation.said, values: given }];
        });
        yield { ...known.item, annotations: said.flat() };
      }
    },
  };
}

const newItem = (content: Pick<DatasetItem, 'id' | 'content'>, file: string, row: string): ReadItem => ({
  item: {
    ...content,
    sources: firstSource(file, row, []),
    status: 'in-progress',
    label: null,
    predictions: [],
    split: null,
  },
  annotations: new Map(),
});

function annotationOf(text: (column: string) => string, author: AuthorId): Omit<DatasetAnnotation, 'values'> {
  const annotator = text('annotator');
  const authorName = annotator.endsWith(suffix(author)) ? annotator.slice(0, -suffix(author).length) : annotator;
  const time = Date.parse(text('time'));
  const leadMs = Math.round(Number(text('lead_seconds')) * 1000);
  return {
    author,
    authorName,
    note: text('note'),
    time: Number.isNaN(time) ? 0 : time,
    leadMs: Number.isNaN(leadMs) ? 0 : leadMs,
    origin: text('origin'),
  };
}
