import { fault } from '../errors';
import { err, ok, type Result } from '../result';
import { readLines } from '../text/lines';
import { peek } from '../text/peek';
import { resume } from '../text/resume';
import { uniqueColumns } from './columns';
import { flattenRecord } from './flatten';
import { parseJson } from './json-value';
import type { Table, TableOptions, TableRow } from './table';

/** Records whose keys become the columns. */
const SAMPLE_RECORDS = 1000;

/** Characters of a JSON document, which is held in memory as a whole. */
const MAX_DOCUMENT = 2 ** 28;

interface JsonRecord {
  readonly row: number;
  readonly cells: ReadonlyMap<string, string>;
}

/**
 * Opens JSON: a list of objects (or of texts), or an object whose `data` is such a list. What looks like one object per
 * line is read as JSON Lines, whatever the file is called.
 */
export async function openJson(text: AsyncIterable<string>, options: TableOptions): Promise<Result<Table>> {
  const { head, pieces } = await peek(text, 2 ** 16);
  if (looksLikeLines(head)) return openJsonLines(pieces, options);

  const parts: string[] = [];
  let length = 0;
  for await (const piece of pieces) {
    parts.push(piece);
    length += piece.length;
    if (length > MAX_DOCUMENT)
      return err(fault('file.too-large', options.path, { bytes: length, limit: MAX_DOCUMENT }));
  }
  const parsed = parseJson(parts.join('').replace(/^\ufeff/, ''));
  if (!parsed.ok) return err(fault('json.invalid', options.path, { reason: parsed.error }));
  const list = recordList(parsed.value);
  if (list === null) return err(fault('json.shape', options.path, { found: describe(parsed.value) }));
  return openRecords(listRecords(list, options), options);
}

/** Opens JSON Lines: an object (or a text) per line; blank lines do not count. A bad line becomes an issue. */
export function openJsonLines(text: AsyncIterable<string>, options: TableOptions): Promise<Result<Table>> {
  return openRecords(lineRecords(text, options), options);
}

function looksLikeLines(head: string): boolean {
  const end = head.indexOf('\n');
  if (end < 0 || !head.trimStart().startsWith('{')) return false;
  return parseJson(head.slice(0, end).replace(/^\ufeff/, '')).ok && head.slice(end).trimStart().startsWith('{');
}

function recordList(value: unknown): readonly unknown[] | null {
  const list: unknown = typeof value === 'object' && value !== null && 'data' in value ? value.data : value;
  return Array.isArray(list) ? (list as readonly unknown[]) : null;
}

// eslint-disable-next-line @typescript-eslint/require-await -- the same shape as reading lines
async function* listRecords(list: readonly unknown[], options: TableOptions): AsyncGenerator<JsonRecord[]> {
  for (let from = 0; from < list.length; from += SAMPLE_RECORDS) {
    const batch: JsonRecord[] = [];
    for (let i = from; i < Math.min(from + SAMPLE_RECORDS, list.length); i++) {
      const record = toRecord(list[i], i + 1, options);
      if (record !== null) batch.push(record);
    }
    yield batch;
  }
}

async function* lineRecords(text: AsyncIterable<string>, options: TableOptions): AsyncGenerator<JsonRecord[]> {
  let row = 0;
  for await (const lines of readLines(text)) {
    const batch: JsonRecord[] = [];
    for (const line of lines) {
      const json = line.line === 1 ? line.text.replace(/^\ufeff/, '') : line.text;
      if (json.trim() === '') continue;
      row++;
      const parsed = parseJson(json);
      const record = parsed.ok ? toRecord(parsed.value, row, options) : null;
      if (record !== null) batch.push(record);
      if (!parsed.ok) options.onIssue(fault('json.invalid', `${options.path}, row ${row}`, { reason: parsed.error }));
    }
    yield batch;
  }
}

function toRecord(value: unknown, row: number, options: TableOptions): JsonRecord | null {
  const path = `${options.path}, row ${row}`;
  const object = typeof value === 'string' ? { text: value } : value;
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    options.onIssue(fault('json.shape', path, { found: describe(value) }));
    return null;
  }
  const cells = flattenRecord(object);
  if (cells === null) {
    options.onIssue(fault('json.invalid', path, { reason: 'it is nested too deeply' }));
    return null;
  }
  for (const [column, cell] of cells) {
    // An escape such as "\ud83d" can name half of a character, which no encoding can write down again.
    if (cell.isWellFormed()) continue;
    cells.set(column, cell.toWellFormed());
    options.onIssue(fault('text.surrogate', path, { column }));
  }
  return { row, cells };
}

/** Takes the columns from the first records, and gives all records as rows. */
async function openRecords(batches: AsyncGenerator<JsonRecord[]>, options: TableOptions): Promise<Result<Table>> {
  const first: JsonRecord[] = [];
  while (first.length < SAMPLE_RECORDS) {
    const next = await batches.next();
    if (next.done === true) break;
    for (const record of next.value) first.push(record);
  }
  if (first.length === 0) return err(fault('table.empty', options.path));
  const columns = uniqueColumns([...new Set(first.flatMap((record) => [...record.cells.keys()]))], options);
  if (!columns.ok) return columns;

  const known = new Set(columns.value);
  const toRow = ({ row, cells }: JsonRecord): TableRow => {
    for (const column of cells.keys()) {
      if (known.has(column)) continue;
      known.add(column);
      options.onIssue(fault('table.late-column', `${options.path}, row ${row}`, { column, records: first.length }));
    }
    return { row, cells: columns.value.map((column) => cells.get(column) ?? '') };
  };

  return ok({
    columns: columns.value,
    async *batches() {
      for await (const batch of resume(first, batches)) yield batch.map(toRow);
    },
  });
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'one object' : `a ${typeof value}`;
}
