import type { Dataset, DatasetContent, DatasetItem } from '#core/formats/format';
import { stratifiedSplit } from '#core/formats/split';
import type { ItemRecord } from '#core/model/item';
import { blobEntry } from '#io/files/blob-entry';
import type { ExportRequest } from '../api';
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
      for (const [at, row] of rows.entries()) yield await datasetItem(session, row, parts?.[at] ?? null, request);
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
  const strata = Array.from(rows, (row) => {
    const label = projection.label(row);
    const classes = label === 0 ? [] : pool.classes(label).map(([field, id]) => `${field}/${id}`);
    return { id: projection.id(row), stratum: classes.sort().join(' ') };
  });
  return stratifiedSplit(strata, { trainShare, seed });
}

async function datasetItem(
  { projection, reader }: Session,
  row: number,
  split: DatasetItem['split'],
  request: ExportRequest,
): Promise<DatasetItem> {
  const { pool } = projection;
  const record = await reader.record(row);
  const label = projection.label(row);
  const prediction = projection.prediction(row);
  return {
    id: projection.id(row),
    content: await contentOf(record, request.includeImages ? (hash) => reader.blob(hash) : null),
    sources: record.sources,
    status: projection.status(row),
    label: label === 0 ? null : pool.read(label),
    annotations: projection.annotations(row).map(({ author, values, record: said }) => ({
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

async function contentOf(
  { data, image }: ItemRecord,
  readBlob: ((hash: string) => Promise<Blob | null>) | null,
): Promise<DatasetContent> {
  if (data.kind !== 'image') return data;
  const blob = readBlob && (await readBlob(data.blob));
  return {
    kind: 'image',
    blob: data.blob,
    file: blob && blobEntry(data.blob, blob),
    facts: image ?? { width: 0, height: 0, type: '', size: 0 },
  };
}
