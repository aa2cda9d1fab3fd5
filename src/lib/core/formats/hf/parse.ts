import * as v from 'valibot';
import { fault, type ConcordError } from '../../errors';
import { itemId, type Source } from '../../model/item';
import type { Schema } from '../../model/schema';
import { err, ok, type Result } from '../../result';
import { contentExtent, fittingValues } from '../fitting-values';
import type { Dataset, DatasetContent, DatasetItem, FileMap, ParseOptions } from '../format';
import { InferredSchema, type Inferred, type NamedValue, type NamedValues } from '../inferred-schema';
import { contextShape } from '../jsonl/shape';
import { partOf } from '../parts';
import { isSafePath } from '../paths';
import { hubTables } from './hub-files';
import { fieldOf, namedValue } from './stated-values';
import { openTable, type HubRow, type HubTable, type Row } from './tables';

/** Columns of the item itself, not of what is said about it. */
const OWN_COLUMNS: ReadonlySet<string> = new Set(['id', 'text', 'context', 'file_name', 'file', 'row']);

/** Columns that hold the text of a data set by others, the likeliest first. */
const TEXT_COLUMNS = ['text', 'sentence', 'content', 'utterance', 'question', 'document'] as const;

interface Opened {
  readonly table: HubTable;
  readonly isImages: boolean;
}

/** Opens image folders with metadata, and Parquet files of texts: our own, and others' as far as they are as plain. */
export async function openHub(files: FileMap, options: ParseOptions): Promise<Result<Dataset>> {
  const { images, texts } = hubTables(files);
  const opened: Opened[] = [];
  for (const path of [...images, ...texts]) {
    const table = await openTable(path, files, options);
    if (table) opened.push({ table, isImages: images.includes(path) });
  }
  if (opened.length === 0)
    return err(fault('dataset.invalid', '', { reason: 'it needs metadata.jsonl beside images, or Parquet files' }));
  const schema = new InferredSchema();
  for (const { table } of opened) {
    for (const [name, feature] of table.features) {
      const field = OWN_COLUMNS.has(name) ? null : fieldOf(feature);
      if (field) schema.addField(name, field.kind, field.names);
    }
    // A span is checked against its text when it is asked for; here only its class counts.
    for await (const row of table.rows(() => undefined)) schema.add(namedValues(row, table, null, () => undefined));
  }
  return ok(new HubDataset(opened, schema.finish(), files, options));
}

class HubDataset implements Dataset {
  readonly name = 'data';
  readonly schema: Schema;
  readonly #opened: readonly Opened[];
  readonly #inferred: Inferred;
  readonly #files: FileMap;
  readonly #options: ParseOptions;
  /** Where everything is for training, the set is not split. */
  readonly #isSplit: boolean;
  #isReported = false;

  constructor(opened: readonly Opened[], inferred: Inferred, files: FileMap, options: ParseOptions) {
    this.schema = inferred.schema;
    this.#opened = opened;
    this.#inferred = inferred;
    this.#files = files;
    this.#options = options;
    this.#isSplit = opened.some(({ table }) => partOf(table.path) === 'val');
  }

  async *items(): AsyncGenerator<DatasetItem> {
    const onIssue = this.#isReported ? () => undefined : this.#options.onIssue;
    this.#isReported = true;
    for (const { table, isImages } of this.#opened) {
      for await (const row of table.rows(onIssue)) {
        const content = isImages ? await this.#imageOf(row, table) : textOf(row);
        if (content.ok) yield this.#item(row, table, content.value, onIssue);
        else onIssue(content.error);
      }
    }
  }

  #item(row: HubRow, table: HubTable, content: DatasetContent, onIssue: (issue: ConcordError) => void): DatasetItem {
    const extent = contentExtent(content);
    const named = namedValues(row, table, extent, (place, reason) => {
      onIssue(fault('dataset.invalid', `${row.where}, ${place}`, { reason }));
    });
    const stated = this.#inferred.valuesOf(named);
    const label = named.size > 0 ? fittingValues(stated, this.schema, extent, { path: row.where, onIssue }) : null;
    return {
      id: itemId(content.kind === 'image' ? { kind: 'image', blob: content.blob } : content),
      content,
      sources: sourcesOf(row, table),
      status: label ? 'completed' : 'pending',
      label,
      annotations: [],
      predictions: [],
      split: this.#isSplit ? partOf(table.path) : null,
    };
  }

  async #imageOf({ row, where }: HubRow, { path }: HubTable): Promise<Result<DatasetContent>> {
    const invalid = (reason: string) => err(fault('dataset.invalid', where, { reason }));
    const name = row['file_name'];
    if (typeof name !== 'string') return invalid('it has no file_name');
    const image = [...path.split('/').slice(0, -1), name].join('/');
    if (!isSafePath(image)) return invalid(`the path ${image} leads elsewhere`);
    const file = this.#files.get(image);
    if (file) {
      const read = await this.#options.readImage(image, file);
      return read.ok ? ok({ kind: 'image', file, ...read.value }) : read;
    }
    const found = await this.#options.findImage?.(image);
    return found ? ok({ kind: 'image', file: null, ...found }) : invalid(`the image ${image} is missing`);
  }
}

function textOf({ row, where }: HubRow): Result<DatasetContent> {
  const column = TEXT_COLUMNS.find((name) => typeof row[name] === 'string');
  if (column === undefined) return err(fault('dataset.invalid', where, { reason: 'it has no text' }));
  const text = (row[column] as string).toWellFormed();
  const context = v.safeParse(contextShape, row['context']);
  return ok({ kind: 'text', text, ...(context.success && { context: context.output }) });
}

function namedValues(
  { row }: HubRow,
  { features }: HubTable,
  extent: Parameters<typeof namedValue>[3],
  onFlaw: (place: string, reason: string) => void,
): NamedValues {
  return new Map(
    Object.entries(row).flatMap(([column, cell]): [string, NamedValue][] => {
      if (OWN_COLUMNS.has(column)) return [];
      const value = namedValue(column, cell, features.get(column), extent, (place, reason) => {
        onFlaw(`${column}${place}`, reason);
      });
      return value ? [[column, value]] : [];
    }),
  );
}

/** Where our own export says that it came from; of others, its place in the file, with the plain columns. */
function sourcesOf({ row, number }: HubRow, { path, features }: HubTable): Source[] {
  if ('id' in row && 'file' in row) {
    const { file, row: origin } = row;
    const record = typeof origin === 'bigint' || typeof origin === 'number' ? { row: Number(origin) } : {};
    return typeof file === 'string' ? [{ file, ...record }] : [];
  }
  const meta = Object.entries(row).flatMap(([column, cell]) =>
    isMetadata(column, cell, features) ? [[column, String(cell)] as const] : [],
  );
  const isText = !('file_name' in row);
  const file = isText ? path : [...path.split('/').slice(0, -1), String(row['file_name'])].join('/');
  return [{ file, ...(isText && { row: number }), ...(meta.length > 0 && { meta: Object.fromEntries(meta) }) }];
}

function isMetadata(column: string, cell: Row[string], features: HubTable['features']): boolean {
  if (column === 'file_name' || TEXT_COLUMNS.some((name) => name === column)) return false;
  const feature = features.get(column);
  const isField = (feature ? fieldOf(feature) : null) !== null || column === 'label' || column === 'labels';
  return !isField && ['string', 'number', 'bigint', 'boolean'].includes(typeof cell);
}
