import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { DatasetItem } from '../format';
import type { Column } from './columns';
import { featureJson, parquetCells, schemaElements } from './features';

/** Rows that are held at once, as `datasets` writes them. */
const ROWS_PER_GROUP = 1_000;

/**
 * A Parquet file of items, group of rows by group. Its key `huggingface` says what the columns are, beyond what Parquet
 * knows: the names of classes.
 */
export async function* parquetChunks(
  columns: readonly Column[],
  items: AsyncIterable<DatasetItem>,
): AsyncGenerator<Uint8Array> {
  const output = new ByteWriter();
  const writer = new ParquetWriter({
    writer: output,
    schema: [
      { name: 'schema', num_children: columns.length },
      ...columns.flatMap(({ name, feature }) => schemaElements(name, feature)),
    ],
    kvMetadata: [{ key: 'huggingface', value: JSON.stringify({ info: { features: featuresOf(columns) } }) }],
    createdBy: 'Concord',
  });
  /** What was written since the last time; `offset`, by which the writer knows the places in the file, goes on. */
  const written = (): Uint8Array => {
    const bytes = output.getBytes().slice();
    output.index = 0;
    return bytes;
  };
  const cells = columns.map(({ feature }) => parquetCells(feature));
  let group: DatasetItem[] = [];
  const flush = async (): Promise<Uint8Array> => {
    await writer.write({
      columnData: columns.map(({ name, value }, at) => {
        const data = group.map((item) => cells[at]!(value(item)));
        return { name, data, offsetIndex: false };
      }),
      rowGroupSize: ROWS_PER_GROUP,
    });
    group = [];
    return written();
  };
  for await (const item of items) {
    group.push(item);
    if (group.length === ROWS_PER_GROUP) yield await flush();
  }
  if (group.length > 0) yield await flush();
  await writer.finish();
  yield written();
}

const featuresOf = (columns: readonly Column[]): Record<string, unknown> =>
  Object.fromEntries(columns.map(({ name, feature }) => [name, featureJson(feature)]));
