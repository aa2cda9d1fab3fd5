import type { Hash } from '../model/ids';
import type { ItemRecord } from '../model/item';
import type { FoundRecord, ItemReader } from '../projection/item-reader';
import type { Projection } from '../projection/projection';
import type { Dataset, DatasetContent, DatasetItem, FileEntry } from './format';
import { stratifiedSplit } from './split';
import { strataOf } from './strata';

/** A project as an export reads it. */
export interface ProjectContents {
  readonly projection: Projection;
  readonly reader: ItemReader;
  /** Files by the hash of their bytes, as far as they are at hand. */
  files(hashes: readonly Hash[]): Promise<ReadonlyMap<Hash, FileEntry>>;
}

/** Which items an export holds, and how they are divided. */
export interface DatasetRequest {
  readonly which: 'all' | 'labelled' | 'completed';
  /** Share of the training part, 0 to 1; null: not split. Stratified by label. */
  readonly trainShare: number | null;
  readonly seed: number;
  readonly includeImages: boolean;
}

/**
 * The part of a project that a request asks for, read item by item as it is iterated.
 *
 * @param most items that are given, for a preview; `size` counts all of them nevertheless
 */
export function datasetOf(
  project: ProjectContents,
  request: DatasetRequest,
  most = Infinity,
): Dataset & { readonly size: number } {
  const { projection } = project;
  const asked = projection.order.filter((row) => isAsked(projection, row, request.which));
  const rows = asked.subarray(0, Math.min(asked.length, most));
  const parts = splitOf(projection, rows, request);
  return {
    name: projection.settings.name,
    schema: projection.schema,
    size: asked.length,
    async *items() {
      let at = 0;
      for await (const batch of project.reader.records(rows)) {
        const files = request.includeImages ? await project.files(imagesOf(batch)) : NO_FILES;
        for (const found of batch) yield datasetItem(projection, found, parts?.[at++] ?? null, files);
      }
    },
  };
}

function isAsked(projection: Projection, row: number, which: DatasetRequest['which']): boolean {
  switch (which) {
    case 'all':
      return true;
    case 'labelled':
      return projection.label(row) !== 0;
    case 'completed':
      return projection.status(row) === 'completed';
  }
}

/** The part of each row, stratified by label; null where the export is not split. */
function splitOf(projection: Projection, rows: Uint32Array, { trainShare, seed }: DatasetRequest) {
  if (trainShare === null) return null;
  const { pool } = projection;
  const strata = strataOf(
    Array.from(rows, (row) => {
      const label = projection.label(row);
      return label === 0 ? [] : pool.classes(label).map(([field, id]) => `${field}/${id}`);
    }),
  );
  const items = Array.from(rows, (row, at) => ({ id: projection.id(row), stratum: strata[at]! }));
  return stratifiedSplit(items, { trainShare, seed });
}

const NO_FILES: ReadonlyMap<Hash, FileEntry> = new Map();

const imagesOf = (batch: readonly FoundRecord[]): Hash[] =>
  batch.flatMap(({ record: { data } }) => (data.kind === 'image' ? [data.blob] : []));

function datasetItem(
  projection: Projection,
  { item, record }: FoundRecord,
  split: DatasetItem['split'],
  files: ReadonlyMap<Hash, FileEntry>,
): DatasetItem {
  const { pool } = projection;
  const label = projection.label(item);
  const prediction = projection.prediction(item);
  return {
    id: projection.id(item),
    content: contentOf(record, files),
    sources: record.sources,
    status: projection.status(item),
    label: label === 0 ? null : pool.read(label),
    annotations: projection.annotations(item).map(({ author, values, record: said }) => ({
      author,
      authorName: projection.name(author),
      values: pool.read(values),
      note: said.text,
      time: said.time,
      leadMs: said.leadMs,
      origin: said.origin ?? 'person',
    })),
    predictions: prediction ? [{ ...prediction, values: pool.read(prediction.values) }] : [],
    split,
  };
}

function contentOf({ data, image }: ItemRecord, files: ReadonlyMap<Hash, FileEntry>): DatasetContent {
  if (data.kind !== 'image') return data;
  const facts = image ?? { width: 0, height: 0, type: '', size: 0 };
  return { kind: 'image', blob: data.blob, file: files.get(data.blob) ?? null, facts };
}
