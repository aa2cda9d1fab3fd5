import type { Dataset, DatasetContent, DatasetItem } from '#core/formats/format';
import { stratifiedSplit } from '#core/formats/split';
import { strataOf } from '#core/formats/strata';
import type { Hash } from '#core/model/ids';
import type { ItemRecord } from '#core/model/item';
import { blobEntry } from '#io/files/blob-entry';
import type { ExportRequest } from '../api';
import type { FoundRecord } from '../item-reader';
import type { Session } from '../session';

/**
 * The part of the open project that a request asks for, read item by item as it is iterated.
 *
 * @param most items that are given, for a preview; `size` counts all of them nevertheless
 */
export function datasetOf(
  session: Session,
  request: ExportRequest,
  most = Infinity,
): Dataset & { readonly size: number } {
  const { projection } = session;
  const asked = projection.order.filter((row) => isAsked(session, row, request.which));
  const rows = asked.subarray(0, Math.min(asked.length, most));
  const parts = splitOf(session, rows, request);
  return {
    name: projection.settings.name,
    schema: projection.schema,
    size: asked.length,
    async *items() {
      let at = 0;
      for await (const batch of session.reader.records(rows)) {
        const files = request.includeImages ? await storedFiles(session, batch) : NO_FILES;
        for (const found of batch) yield datasetItem(session, found, parts?.[at++] ?? null, files);
      }
    },
  };
}

function isAsked({ projection }: Session, row: number, which: ExportRequest['which']): boolean {
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
function splitOf({ projection }: Session, rows: Uint32Array, { trainShare, seed }: ExportRequest) {
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

/** Image files by the hash of their bytes. */
type Files = ReadonlyMap<Hash, Blob>;
const NO_FILES: Files = new Map();

/** Handles of the images of some records, as far as they are on this device: nothing of them is read yet. */
async function storedFiles({ store }: Session, batch: readonly FoundRecord[]): Promise<Files> {
  const hashes = batch.flatMap(({ record: { data } }) => (data.kind === 'image' ? [data.blob] : []));
  const stored = await store.blobs.bulkGet(hashes);
  return new Map(stored.flatMap((file) => (file ? [[file.hash, file.blob] as const] : [])));
}

function datasetItem(
  { projection }: Session,
  { item, record }: FoundRecord,
  split: DatasetItem['split'],
  files: Files,
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

function contentOf({ data, image }: ItemRecord, files: Files): DatasetContent {
  if (data.kind !== 'image') return data;
  const blob = files.get(data.blob);
  return {
    kind: 'image',
    blob: data.blob,
    file: blob ? blobEntry(data.blob, blob) : null,
    facts: image ?? { width: 0, height: 0, type: '', size: 0 },
  };
}
