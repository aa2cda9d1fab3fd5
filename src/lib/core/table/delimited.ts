import { fault } from '../errors';
import { err, ok, type Result } from '../result';
import { peek } from '../text/peek';
import { resume } from '../text/resume';
import { uniqueColumns } from './columns';
import { detectDialect } from './dialect';
import { RecordReader, type DelimitedRecord } from './records';
import type { Table, TableOptions, TableRow } from './table';

/** Characters by which the dialect is guessed. */
const SAMPLE_LENGTH = 2 ** 16;

/**
 * Opens comma-, semicolon-, tab- or bar-separated text; the first record names the columns. A record with unbalanced
 * quotes or with a wrong number of cells becomes an issue; empty cells beyond the last column are no reason to refuse
 * it.
 *
 * @param text decoded, in pieces of any length
 */
export async function openDelimited(text: AsyncIterable<string>, options: TableOptions): Promise<Result<Table>> {
  const { head, pieces } = await peek(text, SAMPLE_LENGTH);
  const records = readRecords(new RecordReader(detectDialect(head)), pieces);
  const first = await firstBatch(records);
  const header = first[0];
  if (header === undefined) return err(fault('table.empty', options.path));
  if (header.flaw !== null) return err(fault('table.quotes', `${options.path}, header`, { line: header.line }));
  const columns = uniqueColumns(header.cells, options);
  if (!columns.ok) return columns;

  const width = columns.value.length;
  let row = 0;
  const toRows = (batch: readonly DelimitedRecord[]): TableRow[] => {
    const rows: TableRow[] = [];
    for (const { line, cells, flaw } of batch) {
      row++;
      if (flaw === null && (cells.length === width || isPadded(cells, width))) {
        rows.push({ row, cells: cells.length === width ? cells : cells.slice(0, width) });
      } else {
        const path = `${options.path}, row ${row}`;
        if (flaw === 'quotes') options.onIssue(fault('table.quotes', path, { line }));
        else if (flaw === 'length') options.onIssue(fault('table.length', path, { line }));
        else options.onIssue(fault('table.cells', path, { line, expected: width, found: cells.length }));
      }
    }
    return rows;
  };

  return ok({
    columns: columns.value,
    async *batches() {
      for await (const batch of resume(first.slice(1), records)) yield toRows(batch);
    },
  });
}

/** Spreadsheets pad all rows to the width of the widest. */
const isPadded = (cells: readonly string[], width: number): boolean =>
  cells.length > width && cells.slice(width).every((cell) => cell === '');

async function* readRecords(reader: RecordReader, pieces: AsyncIterable<string>): AsyncGenerator<DelimitedRecord[]> {
  let atStart = true;
  for await (const piece of pieces) {
    // A byte order mark that the decoder left would become part of the first column's name.
    yield reader.read(atStart && piece.startsWith('\ufeff') ? piece.slice(1) : piece);
    atStart = false;
  }
  yield reader.end();
}

async function firstBatch(records: AsyncGenerator<DelimitedRecord[]>): Promise<DelimitedRecord[]> {
  for (let next = await records.next(); next.done !== true; next = await records.next()) {
    if (next.value.length > 0) return next.value;
  }
  return [];
}
