import type { Values } from '#core/model/annotation';
import type { DatasetItem } from '#core/formats/format';
import { EMPTY_SCHEMA } from '#core/model/schema';
import { mergeSchema } from '#core/model/schema-merge';
import { ok, type Result } from '#core/result';
import type { DatasetPreview } from '../api';
import type { Task } from '../tasks';
import { parseDataset, type FoundDataset, type ImageSource } from './find-dataset';

/** How long items are counted before the preview says "more than". */
const COUNTING_MS = 1_500;

/**
 * What a data set holds. Its images are not read: they count as large enough for whatever their labels say, so that
 * records can be counted at once.
 */
export async function previewDataset(task: Task, found: FoundDataset): Promise<Result<DatasetPreview>> {
  const started = performance.now();
  const facts = { width: 2 ** 16, height: 2 ** 16, type: 'image/png', size: 0 };
  // What is wrong with single records is told by the import, which reads all of them.
  const ignore = () => undefined;
  const images: ImageSource = {
    read: ({ path }) => Promise.resolve(ok({ facts, blob: path })),
    find: (path) => Promise.resolve({ facts, blob: path }),
  };
  const parsed = await parseDataset(found, images, ignore);
  if (!parsed.ok) return parsed;
  const counts = { items: 0, images: 0, labelled: 0, regions: 0, absent: 0 };
  let isWhole = true;
  for await (const item of parsed.value.items()) {
    task.signal.throwIfAborted();
    count(item, counts);
    task.report(counts.items, 0, found.root);
    if (performance.now() - started < COUNTING_MS) continue;
    isWhole = false;
    break;
  }
  const { guidelines } = parsed.value.schema;
  const { schema } = mergeSchema({ ...EMPTY_SCHEMA, guidelines }, parsed.value.schema);
  const { id: format, name: formatName } = found.format;
  return ok({ format, formatName, schema, ...counts, isWhole });
}

function count(
  { content, label, annotations, predictions }: DatasetItem,
  counts: { items: number; images: number; labelled: number; regions: number; absent: number },
): void {
  const values = label ?? annotations[0]?.values ?? predictions[0]?.values ?? null;
  counts.items++;
  if (content.kind !== 'text') counts.images++;
  if (values) counts.labelled++;
  if (values) counts.regions += regionsIn(values);
  if (content.kind === 'image' && content.file === null) counts.absent++;
}

const regionsIn = (values: Values): number =>
  Object.values(values).reduce((sum, value) => sum + (typeof value[0] === 'object' ? value.length : 0), 0);
