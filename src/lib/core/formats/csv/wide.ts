import * as v from 'valibot';
import { fault } from '../../errors';
import type { Source } from '../../model/item';
import { STATUSES, type Status } from '../../model/project';
import type { Table } from '../../table/table';
import type { Dataset, DatasetItem, FileMap, ParseOptions } from '../format';
import { sourcesShape } from '../jsonl/shape';
import { survey } from '../survey';
import { readAnswers, type AnswerCells } from './answers';
import { csvRecord, type CellStyle } from './cells';
import { CONTENT_COLUMNS, contentCells, contentColumns, isContentColumn, readContent } from './content-columns';
import { fieldColumns } from './field-columns';

/**
 * One row per item: `item`, its content, a column per field, `status`, `split` where it is split, `file` and `row` of
 * the first source, `other_sources` (JSON) where there are any, and the metadata columns of the first source.
 */
const FIXED = ['item', 'status', 'split', 'file', 'row', 'other_sources'] as const;
const RESERVED: readonly string[] = [...FIXED, ...CONTENT_COLUMNS];

export const isWide = (header: readonly string[]): boolean =>
  header[0] === 'item' && header.includes('status') && header.includes('file') && header.includes('row');

export async function* wideRecords(dataset: Dataset, style: CellStyle): AsyncGenerator<string> {
  const found = await survey(dataset);
  const content = contentColumns(found);
  const fields = fieldColumns(dataset.schema, RESERVED);
  const meta = [...found.meta];
  const split = found.isSplit ? ['split'] : [];
  const others = found.hasDuplicates ? ['other_sources'] : [];
  const names = fields.map(({ name }) => name);
  const taken = new Set([...RESERVED, ...names]);
  yield csvRecord(
    [
      ...['item', ...content, ...names, 'status', ...split, 'file', 'row', ...others],
      ...meta.map((name) => metaColumn(name, taken)),
    ],
    style,
  );
  for await (const item of dataset.items()) {
    const [first, ...more] = item.sources;
    yield csvRecord(
      [
        ...[item.id, ...contentCells(item, content), ...fields.map(({ cell }) => cell(item.label ?? {}) ?? '')],
        ...[item.status, ...split.map(() => item.split ?? '')],
        ...[first?.file ?? '', first?.row === undefined ? '' : String(first.row)],
        ...others.map(() => (more.length > 0 ? JSON.stringify(more) : '')),
        ...meta.map((name) => (first?.meta && Object.hasOwn(first.meta, name) ? first.meta[name]! : '')),
      ],
      style,
    );
  }
}

/** A metadata column keeps its name unless that could be taken for another column's. */
const metaColumn = (name: string, taken: ReadonlySet<string>): string =>
  taken.has(name) || name.trim() === '' || name.startsWith('meta.') ? `meta.${name}` : name;

export async function readWide(
  name: string,
  path: string,
  table: Table,
  files: FileMap,
  options: ParseOptions,
): Promise<Dataset> {
  const { columns } = table;
  const fieldsFrom = columns.findIndex((column, index) => index > 0 && !isContentColumn(column));
  const fieldsTo = columns.indexOf('status');
  const fields = columns.slice(fieldsFrom, fieldsTo);
  const metaFrom = 1 + Math.max(columns.indexOf('row'), columns.indexOf('other_sources', fieldsTo));
  const items: Omit<DatasetItem, 'label'>[] = [];
  const answers: AnswerCells[] = [];
  for await (const batch of table.batches()) {
    for (const row of batch) {
      const where = `${path}, row ${row.row}`;
      const cell = (column: string) => row.cells[columns.indexOf(column)];
      const content = await readContent(cell, files, where, options);
      if (!content.ok) {
        options.onIssue(content.error);
        continue;
      }
      const meta = columns.flatMap((column, index) =>
        index >= metaFrom && row.cells[index] !== ''
          ? [[column.replace(/^meta\./, ''), row.cells[index]!] as const]
          : [],
      );
      const answered = fields.flatMap((field, at) => {
        const answer = row.cells[fieldsFrom + at]!;
        return answer.trim() === '' ? [] : [[field, { cell: answer, path: where }] as const];
      });
      answers.push({ content: content.value.content, path: where, cells: new Map(answered) });
      items.push({
        ...content.value,
        sources: [
          ...firstSource(cell('file') ?? '', cell('row') ?? '', meta),
          ...otherSources(cell('other_sources') ?? '', where, options),
        ],
        status: statusOf(cell('status') ?? ''),
        annotations: [],
        predictions: [],
        split: splitOf(cell('split')),
      });
    }
  }
  const { schema, values } = readAnswers(answers, fields, options.onIssue);
  return {
    name,
    schema,
    // eslint-disable-next-line @typescript-eslint/require-await -- the items are in memory already
    async *items() {
      for (const [at, item] of items.entries())
        yield { ...item, label: answers[at]!.cells.size > 0 ? values[at]! : null };
    },
  };
}

export function firstSource(file: string, row: string, meta: readonly (readonly [string, string])[]): Source[] {
  if (file === '') return [];
  return [
    {
      file,
      ...(/^[1-9]\d*$/.test(row) && { row: Number(row) }),
      ...(meta.length > 0 && { meta: Object.fromEntries(meta) }),
    },
  ];
}

function otherSources(cell: string, where: string, { onIssue }: ParseOptions): Source[] {
  if (cell === '') return [];
  try {
    return v.parse(sourcesShape, JSON.parse(cell));
  } catch (error) {
    onIssue(fault('dataset.invalid', where, { reason: `other_sources: ${(error as Error).message}` }));
    return [];
  }
}

export const statusOf = (cell: string): Status => STATUSES.find((status) => status === cell) ?? 'pending';

export const splitOf = (cell: string | undefined): DatasetItem['split'] =>
  cell === 'train' || cell === 'val' ? cell : null;
