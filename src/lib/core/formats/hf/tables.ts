import {
  parquetMetadataAsync,
  parquetReadObjects,
  type AsyncBuffer,
  type FileMetaData,
  type ParquetParsers,
} from 'hyparquet';
import { parse } from 'yaml';
import { fault, type ConcordError } from '../../errors';
import { ReadFailure } from '../../read-failure';
import { parseJson } from '../../table/json-value';
import { decodeText } from '../../text/decode';
import { readLines } from '../../text/lines';
import type { FileEntry, FileMap, ParseOptions } from '../format';
import { cardPath, isParquet } from './hub-files';
import { checkParquet } from './parquet-check';
import { featuresFromJson, featuresFromYaml, type StatedFeatures } from './stated-features';

/** Values by column: strings, numbers, whole numbers as big ones, truth values, lists and objects of these, or null. */
export type Row = Readonly<Record<string, unknown>>;

export interface HubRow {
  readonly row: Row;
  /** `train/metadata.jsonl, line 3` */
  readonly where: string;
  /** One-based. */
  readonly number: number;
}

/** A file of rows. */
export interface HubTable {
  readonly path: string;
  /** What the file says of its columns, or else its card. */
  readonly features: StatedFeatures;
  rows(onIssue: (issue: ConcordError) => void): AsyncGenerator<HubRow>;
}

/** @returns null where the file is damaged, which is reported */
export async function openTable(path: string, files: FileMap, options: ParseOptions): Promise<HubTable | null> {
  const file = files.get(path)!;
  const stated = isParquet(path) ? await openParquet(path, file, options) : openJsonLines(path, file, options);
  if (stated === null) return null;
  const card = cardPath(files, path);
  if (stated.features.size > 0 || card === null) return stated;
  return { ...stated, features: featuresFromYaml(await frontMatter(card, files.get(card)!, options)) };
}

function openJsonLines(path: string, file: FileEntry, { decode }: ParseOptions): HubTable {
  return {
    path,
    features: new Map(),
    async *rows(onIssue) {
      for await (const lines of readLines(decodeText(file.chunks(), decode, { path, onIssue }))) {
        for (const { line, text } of lines) {
          if (text.trim() === '') continue;
          const where = `${path}, line ${line}`;
          const parsed = parseJson(text);
          if (!parsed.ok) onIssue(fault('json.invalid', where, { reason: parsed.error }));
          else if (isRow(parsed.value)) yield { row: parsed.value, where, number: line };
          else onIssue(fault('dataset.invalid', where, { reason: 'it is no object' }));
        }
      }
    },
  };
}

async function openParquet(path: string, file: FileEntry, { decode, onIssue }: ParseOptions): Promise<HubTable | null> {
  // hyparquet's own decoder drops a byte order mark at the beginning of a text.
  const parsers = { stringFromBytes: (bytes: Uint8Array | undefined) => bytes && decode(bytes, 'utf-8', false) };
  const opened = await attempt(path, onIssue, async () => {
    const bytes = await file.bytes();
    const buffer = bufferOf(bytes);
    const metadata = await parquetMetadataAsync(buffer);
    checkParquet(bytes, metadata);
    return { file: buffer, metadata, parsers };
  });
  if (opened === null) return null;
  const stated = opened.metadata.key_value_metadata?.find(({ key }) => key === 'huggingface')?.value;
  return {
    path,
    features: stated === undefined ? new Map() : featuresFromJson(stated),
    rows: (report) => parquetRows(path, opened, report),
  };
}

async function* parquetRows(
  path: string,
  opened: { readonly file: AsyncBuffer; readonly metadata: FileMetaData; readonly parsers: Partial<ParquetParsers> },
  onIssue: (issue: ConcordError) => void,
): AsyncGenerator<HubRow> {
  let rowStart = 0;
  for (const { num_rows } of opened.metadata.row_groups) {
    const rowEnd = rowStart + Number(num_rows);
    const start = rowStart;
    const rows = await attempt(path, onIssue, () => parquetReadObjects({ ...opened, rowStart: start, rowEnd }));
    if (rows === null) return;
    for (const [at, row] of rows.entries())
      yield { row, where: `${path}, row ${start + at + 1}`, number: start + at + 1 };
    rowStart = rowEnd;
  }
}

const bufferOf = (bytes: Uint8Array): AsyncBuffer => ({
  byteLength: bytes.length,
  // A copy of just this: the bytes may be a part of a larger buffer.
  slice: (start, end) => new Uint8Array(bytes.subarray(start, end)).buffer,
});

/** hyparquet throws whatever a damaged file makes it stumble over; that is reported. */
async function attempt<T>(
  path: string,
  onIssue: (issue: ConcordError) => void,
  read: () => Promise<T>,
): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    onIssue(
      error instanceof ReadFailure ? error.error : fault('dataset.invalid', path, { reason: (error as Error).message }),
    );
    return null;
  }
}

/** The YAML at the head of a card; null where there is none that can be read. */
async function frontMatter(path: string, file: FileEntry, { decode, onIssue }: ParseOptions): Promise<unknown> {
  let text = '';
  for await (const piece of decodeText(file.chunks(), decode, { path, onIssue })) text += piece;
  const yaml = /^---\r?\n(.*?)\r?\n---/s.exec(text)?.[1];
  if (yaml === undefined) return null;
  try {
    return parse(yaml) as unknown;
  } catch (error) {
    onIssue(fault('dataset.invalid', path, { reason: (error as Error).message }));
    return null;
  }
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
