import type { ConcordError } from '../errors';

export interface TableRow {
  /** One-based record number; the header does not count, refused records do. */
  readonly row: number;
  /** As many as there are columns; '' where the record has nothing. */
  readonly cells: readonly string[];
}

/** A table that is read as it streams in. */
export interface Table {
  /** Unique names, at most {@link MAX_COLUMNS}. */
  readonly columns: readonly string[];
  /** Rows in batches, one per piece of text. Can be iterated once; leaving early stops the reading. */
  batches(): AsyncIterable<readonly TableRow[]>;
}

export interface TableOptions {
  /** Names the file in issues: `train.csv`. */
  readonly path: string;
  /** Called for each record that was refused, and for whatever was changed on the way; the rest goes on. */
  readonly onIssue: (issue: ConcordError) => void;
}

/** Beyond this a table is a matrix, and no mapping of columns can be chosen by a person. */
export const MAX_COLUMNS = 2000;

/** Separates several labels in one cell. */
export const LABEL_SEPARATOR = '|';

/** The labels in a cell: separated by `|`, trimmed, without empty ones and repetitions. */
export function splitLabels(cell: string): string[] {
  const labels = cell.split(LABEL_SEPARATOR).map((label) => label.trim());
  return [...new Set(labels)].filter((label) => label !== '');
}
