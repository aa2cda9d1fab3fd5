import type { AuthorId } from '../model/ids';
import type { SavedAuthors } from './authors';
import type { ControlFact } from './control';
import type { HistoryRows } from './history';
import type { ChunkRows } from './chunk-contents';
import type { ItemRows } from './item-index';
import type { PredictionRows } from './predictions';
import type { ValueRows } from './value-pool';

export const CHECKPOINT_VERSION = 4;

/** A table whose rows are only ever added, and never change. */
export interface GrowingTable<Rows> {
  readonly length: number;
  /** A copy of the rows from `from` to before `to`: plain arrays and strings. */
  rows(from: number, to: number): Rows;
}

/** The tables that everything else of a projection follows from. */
interface TableRows {
  readonly items: ItemRows;
  readonly history: HistoryRows;
  readonly values: ValueRows;
  readonly chunks: ChunkRows;
  readonly predictions: PredictionRows;
}
export type TableName = keyof TableRows;

/** How many rows each table has. */
export type TableLengths = Readonly<Record<TableName, number>>;

/** Rows that are stored together: up to a megabyte, except of values with many regions. */
const SEGMENT_ROWS: TableLengths = {
  items: 65_536,
  history: 16_384,
  values: 1_024,
  chunks: 256,
  predictions: 256,
};
const TABLES = Object.keys(SEGMENT_ROWS) as TableName[];

/** The small rest. */
export interface CheckpointHead extends SavedAuthors {
  readonly version: typeof CHECKPOINT_VERSION;
  readonly facts: readonly ControlFact[];
  /** Forked logs, each with the first commit that does not count. */
  readonly cuts: readonly (readonly [AuthorId, number])[];
}

/** A projection as it can be stored: its tables are read as they are asked for, so do that before it goes on. */
export interface Checkpoint {
  readonly head: CheckpointHead;
  readonly tables: { readonly [Name in TableName]: GrowingTable<TableRows[Name]> };
}

/** A checkpoint that was read again: of each table its segments, in order. */
export interface SavedCheckpoint {
  readonly head: CheckpointHead;
  readonly tables: { readonly [Name in TableName]: readonly TableRows[Name][] };
}

const NO_ROWS: TableLengths = { items: 0, history: 0, values: 0, chunks: 0, predictions: 0 };

export function lengthsOf({ tables }: Checkpoint): TableLengths {
  return Object.fromEntries(TABLES.map((name) => [name, tables[name].length])) as Record<TableName, number>;
}

/** A part of a table, under a name that it keeps as long as the table grows. */
export interface Segment {
  readonly id: string;
  readonly rows: unknown;
}

/**
 * The segments that hold what came since the tables had these lengths; what is before them stays as it was stored.
 *
 * @param stored by default nothing
 * @param sizes rows of a whole segment; all calls must agree
 */
export function* segmentsSince(
  checkpoint: Checkpoint,
  stored = NO_ROWS,
  sizes: TableLengths = SEGMENT_ROWS,
): Generator<Segment> {
  for (const name of TABLES) {
    const table = checkpoint.tables[name];
    const size = sizes[name];
    if (table.length === stored[name]) continue;
    for (let number = Math.floor(stored[name] / size); number * size < table.length; number++)
      yield {
        id: segmentId(name, number),
        rows: table.rows(number * size, Math.min((number + 1) * size, table.length)),
      };
  }
}

/**
 * The checkpoint whose tables had these lengths, from its segments.
 *
 * @param rowsOf what was stored of a segment
 * @returns null where a segment is missing
 */
export function joined(
  head: CheckpointHead,
  lengths: TableLengths,
  rowsOf: (id: string) => unknown,
  sizes: TableLengths = SEGMENT_ROWS,
): SavedCheckpoint | null {
  const tables = TABLES.map((name) => {
    const segments = Math.ceil(lengths[name] / sizes[name]);
    return [name, Array.from({ length: segments }, (_, number) => rowsOf(segmentId(name, number)))] as const;
  });
  if (tables.some(([, segments]) => segments.includes(undefined))) return null;
  return { head, tables: Object.fromEntries(tables) as unknown as SavedCheckpoint['tables'] };
}

const segmentId = (name: TableName, number: number): string => `${name}/${number}`;
