import { RecordReader, type Dialect } from './records';

/** In order of preference where nothing else tells them apart. */
const DELIMITERS = [',', ';', '\t', '|'] as const;

const SAMPLE_RECORDS = 200;

/**
 * Guesses how a delimited file is written from its beginning: the delimiter that gives the most records as many cells
 * as the header has, and then the most columns. Where no delimiter occurs in the header, every line is one cell.
 */
export function detectDialect(head: string): Dialect {
  const lineEnd = head.includes('\n') || !head.includes('\r') ? '\n' : '\r';
  let best: { delimiter: string | null; regular: number; columns: number } = {
    delimiter: null,
    regular: 0,
    columns: 1,
  };
  for (const delimiter of DELIMITERS) {
    const records = sample(head, { delimiter, quotes: true, lineEnd });
    const columns = records[0]?.cells.length ?? 0;
    if (columns < 2) continue;
    const regular = records.filter((record) => record.cells.length === columns).length / records.length;
    if (regular > best.regular || (regular === best.regular && columns > best.columns))
      best = { delimiter, regular, columns };
  }
  const { delimiter } = best;
  // Tab-separated files and plain lists are often written without any quoting: "Hello" is then a text with its quotes.
  const mayBeBare = delimiter === '\t' || delimiter === null;
  const quotes =
    !mayBeBare || sample(head, { delimiter, quotes: true, lineEnd }).every((record) => record.flaw === null);
  return { delimiter, quotes, lineEnd };
}

/** The first complete records; a beginning without any line end is one record. */
function sample(head: string, dialect: Dialect) {
  const reader = new RecordReader(dialect);
  const complete = reader.read(head);
  return (complete.length > 0 ? complete : reader.end()).slice(0, SAMPLE_RECORDS);
}
