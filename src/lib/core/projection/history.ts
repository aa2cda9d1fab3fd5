import type { ValuesOrigin } from '../model/annotation';
import { grown } from './columns';
import type { ValuesRef } from './value-pool';

export const RECORD_TYPES = [
  'annotated',
  'withdrawn',
  'skipped',
  'flagged',
  'commented',
  'reviewed',
  'resolved',
] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

const ORIGINS: readonly ValuesOrigin[] = ['person', 'prediction', 'import', 'bulk'];

/** One fact about one item, as its author stated it. */
export interface HistoryRecord {
  readonly type: RecordType;
  readonly item: number;
  readonly author: number;
  /** Milliseconds since the epoch, by the author's clock. */
  readonly time: number;
  readonly lamport: number;
  readonly seq: number;
  readonly leadMs: number;
  readonly values: ValuesRef;
  readonly origin: ValuesOrigin | null;
  /** Version of the schema that the values were made under; 0 where there are none. */
  readonly schema: number;
  /** A note, comment, reason or verdict; '' when there is none. */
  readonly text: string;
}

export interface SavedHistory {
  readonly columns: Readonly<Record<ColumnName, Uint8Array | Uint16Array | Uint32Array | Float64Array>>;
  readonly latest: Uint32Array;
  readonly texts: readonly string[];
  readonly length: number;
}

const emptyColumns = () => ({
  type: new Uint8Array(0),
  item: new Uint32Array(0),
  author: new Uint16Array(0),
  time: new Float64Array(0),
  lamport: new Float64Array(0),
  seq: new Uint32Array(0),
  leadMs: new Uint32Array(0),
  values: new Uint32Array(0),
  origin: new Uint8Array(0),
  schema: new Uint32Array(0),
  text: new Uint32Array(0),
  previous: new Uint32Array(0),
});
type Columns = ReturnType<typeof emptyColumns>;
type ColumnName = keyof Columns;

/** Everything that was ever said of items, in order of arrival, chained per item. Nothing is taken out again. */
export class History {
  #columns = emptyColumns();
  /** Item -> its latest row + 1. */
  #latest = new Uint32Array(0);
  #texts: string[] = [''];
  #length = 0;

  constructor(saved?: SavedHistory) {
    if (!saved) return;
    this.#columns = structuredCopy(saved.columns);
    this.#latest = new Uint32Array(saved.latest);
    this.#texts = [...saved.texts];
    this.#length = saved.length;
  }

  get length(): number {
    return this.#length;
  }

  reserve(items: number): void {
    this.#latest = grown(this.#latest, items);
  }

  add(record: HistoryRecord): number {
    const row = this.#length++;
    const columns = this.#columns;
    if (row >= columns.type.length) this.#columns = structuredCopy(columns, row + 1);
    const c = this.#columns;
    c.type[row] = RECORD_TYPES.indexOf(record.type);
    c.item[row] = record.item;
    c.author[row] = record.author;
    c.time[row] = record.time;
    c.lamport[row] = record.lamport;
    c.seq[row] = record.seq;
    c.leadMs[row] = Math.min(Math.max(0, Math.round(record.leadMs)), 0xffffffff);
    c.values[row] = record.values;
    c.origin[row] = record.origin === null ? ORIGINS.length : ORIGINS.indexOf(record.origin);
    c.schema[row] = record.schema;
    c.text[row] = record.text === '' ? 0 : this.#texts.push(record.text) - 1;
    c.previous[row] = this.#latest[record.item]!;
    this.#latest[record.item] = row + 1;
    return row;
  }

  get(row: number): HistoryRecord {
    const c = this.#columns;
    return {
      type: RECORD_TYPES[c.type[row]!]!,
      item: c.item[row]!,
      author: c.author[row]!,
      time: c.time[row]!,
      lamport: c.lamport[row]!,
      seq: c.seq[row]!,
      leadMs: c.leadMs[row]!,
      values: c.values[row]!,
      origin: ORIGINS[c.origin[row]!] ?? null,
      schema: c.schema[row]!,
      text: this.#texts[c.text[row]!]!,
    };
  }

  /** Milliseconds since the epoch at which the item was last spoken of; 0 for never. */
  changedAt(item: number): number {
    const row = this.#latest[item]!;
    return row === 0 ? 0 : this.#columns.time[row - 1]!;
  }

  /** Rows about an item, latest arrival first. */
  of(item: number): number[] {
    const rows: number[] = [];
    for (let row = this.#latest[item]! - 1; row >= 0; row = this.#columns.previous[row]! - 1) rows.push(row);
    return rows;
  }

  /** Milliseconds that the author's last answers took, newest first, leaving out those that nobody looked at. */
  leadTimes(author: number, count: number): number[] {
    const times: number[] = [];
    const c = this.#columns;
    const oldest = Math.max(0, this.#length - 20 * count);
    for (let row = this.#length - 1; row >= oldest && times.length < count; row--) {
      if (c.author[row] === author && c.leadMs[row]! > 0) times.push(c.leadMs[row]!);
    }
    return times;
  }

  save(): SavedHistory {
    const columns = Object.fromEntries(
      Object.entries(this.#columns).map(([name, column]) => [name, column.slice(0, this.#length)]),
    ) as unknown as Columns;
    return { columns, latest: this.#latest.slice(), texts: this.#texts, length: this.#length };
  }
}

function structuredCopy(columns: SavedHistory['columns'], length = 0): Columns {
  const entries = Object.entries(columns).map(([name, column]) => [
    name,
    length > 0 ? grown(column, length) : column.slice(),
  ]);
  return Object.fromEntries(entries) as Columns;
}
