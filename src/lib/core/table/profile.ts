import type { TableRow } from './table';

/** What the first rows say about a column; shares and means are over its non-empty cells. */
export interface ColumnProfile {
  readonly name: string;
  readonly filled: number;
  readonly distinct: number;
  /** UTF-16 code units. */
  readonly meanLength: number;
  readonly urlShare: number;
}

const URL = /^https?:\/\/\S+$/i;

/** Profiles the columns of a table by a sample of its rows, for instance the first 1,000. */
export function profileColumns(columns: readonly string[], rows: readonly TableRow[]): ColumnProfile[] {
  return columns.map((name, index) => {
    const cells = rows.map((row) => row.cells[index]!).filter((cell) => cell !== '');
    const mean = (measure: (cell: string) => number) =>
      cells.length === 0 ? 0 : cells.reduce((sum, cell) => sum + measure(cell), 0) / cells.length;
    return {
      name,
      filled: cells.length,
      distinct: new Set(cells).size,
      meanLength: mean((cell) => cell.length),
      urlShare: mean((cell) => (URL.test(cell) ? 1 : 0)),
    };
  });
}
