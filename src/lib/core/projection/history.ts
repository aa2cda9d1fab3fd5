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

const ORIGINS: readonly ValuesOrigin[] = ['person', 'prediction', 'import', 'bulk', 'again'];

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

/** The columns of some rows, and the texts of those that have one, by their place among them. */
export interface HistoryRows {
  readonly columns: Omit<Columns, 'text' | 'previous'>;
  readonly texts: readonly (readonly [at: number, text: string])[];
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
/** What is stored; texts and chains follow from it. */
const STORED = [
  ...(['type', 'item', 'author', 'time', 'lamport', 'seq'] as const),
  ...(['leadMs', 'values', 'origin', 'schema'] as const),
] satisfies readonly ColumnName[];

/** What others may read of a history. */
export type ReadableHistory = Pick<
  History,
  'length' | 'of' | 'type' | 'item' | 'author' | 'seq' | 'values' | 'time' | 'leadMs' | 'origin'
>;

/** Everything that was ever said of items, in order of arrival, chained per item. Nothing is taken out again. */
export class History {
  #columns = emptyColumns();
  /** Item -> its latest row + 1. */
  #latest = new Uint32Array(0);
  #texts: string[] = [''];
  #length = 0;

  constructor(saved: readonly HistoryRows[] = []) {
    for (const { columns, texts } of saved) {
      const start = this.#length;
      this.#length += columns.type.length;
      this.#columns = grownColumns(this.#columns, this.#length);
      for (const name of STORED) this.#columns[name].set(columns[name], start);
      for (const [at, text] of texts) this.#columns.text[start + at] = this.#texts.push(text) - 1;
    }
    const { item, previous } = this.#columns;
    this.reserve(item.reduce((most, row) => Math.max(most, row), -1) + 1);
    for (let row = 0; row < this.#length; row++) {
      previous[row] = this.#latest[item[row]!]!;
      this.#latest[item[row]!] = row + 1;
    }
  }

  get length(): number {
    return this.#length;
  }

  reserve(items: number): void {
    this.#latest = grown(this.#latest, items);
  }

  add(record: HistoryRecord): number {
    const row = this.#length++;
    const c = (this.#columns = grownColumns(this.#columns, row + 1));
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

  type(row: number): RecordType {
    return RECORD_TYPES[this.#columns.type[row]!]!;
  }

  item(row: number): number {
    return this.#columns.item[row]!;
  }

  author(row: number): number {
    return this.#columns.author[row]!;
  }

  /** Number of the commit in its author's log. */
  seq(row: number): number {
    return this.#columns.seq[row]!;
  }

  values(row: number): ValuesRef {
    return this.#columns.values[row]!;
  }

  /** Who or what proposed the values; null where there are none. */
  origin(row: number): ValuesOrigin | null {
    return ORIGINS[this.#columns.origin[row]!] ?? null;
  }

  /** Milliseconds since the epoch, by the author's clock. */
  time(row: number): number {
    return this.#columns.time[row]!;
  }

  /** 0 where nobody looked. */
  leadMs(row: number): number {
    return this.#columns.leadMs[row]!;
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

  rows(from: number, to: number): HistoryRows {
    const columns = Object.fromEntries(STORED.map((name) => [name, this.#columns[name].slice(from, to)]));
    const texts: [number, string][] = [];
    for (let row = from; row < to; row++) {
      const text = this.#columns.text[row]!;
      if (text > 0) texts.push([row - from, this.#texts[text]!]);
    }
    return { columns: columns as unknown as Columns, texts };
  }
}

/** The same columns with room for `length` rows. */
function grownColumns(columns: Columns, length: number): Columns {
  if (length <= columns.type.length) return columns;
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, grown(column, length)]),
  ) as unknown as Columns;
}
