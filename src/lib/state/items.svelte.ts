import type { ConcordError } from '#core/errors';
import type { Values } from '#core/model/annotation';
import type { Result } from '#core/result';
import type { ItemFilter, ItemRow, ItemSort, ProjectApi } from '#workers/project/api';
import { RowSelection } from './row-selection.svelte';

export const ANY_ITEM: ItemFilter = { statuses: [], class: null, text: '', flagged: false };
export const QUEUE_ORDER: ItemSort = { by: 'order', descending: false };

const PAGE = 100;
/** Pages that are kept: some 4,000 rows, 40 screens. */
const KEPT = 40;
/** Pages that are asked for at once; while a person flies past a million rows, the rest are never asked for. */
const AT_ONCE = 2;
/** Typing is searched for when it pauses this long, milliseconds. */
const PAUSE = 150;

/** The items of a project as a table: what is filtered and sorted, and the rows that are looked at. */
export class ItemsTable {
  readonly selection = new RowSelection();
  readonly #client: Pick<ProjectApi, 'query' | 'rows' | 'applyLabel'>;
  #filter = $state.raw<ItemFilter>(ANY_ITEM);
  #sort = $state.raw<ItemSort>(QUEUE_ORDER);
  /** null until the first answer. */
  #total = $state<number | null>(null);
  #error = $state.raw<ConcordError | null>(null);
  #busy = $state(true);
  #version = $state(0);
  #query: number | null = null;
  #pages = new Map<number, { rows: readonly ItemRow[]; generation: number }>();
  /** Counts what changed the items: pages of an earlier generation are fetched again. */
  #generation = 0;
  #asked = new Set<number>();
  #wanted: readonly [from: number, to: number] = [0, 0];
  /** Counts queries, so that a late answer to an earlier one is not taken for the present one's. */
  #run = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(
    client: Pick<ProjectApi, 'query' | 'rows' | 'applyLabel'>,
    start: { filter: ItemFilter; sort: ItemSort },
  ) {
    this.#client = client;
    this.#filter = start.filter;
    this.#sort = start.sort;
  }

  get filter() {
    return this.#filter;
  }
  get sort() {
    return this.#sort;
  }
  get total() {
    return this.#total;
  }
  get error() {
    return this.#error;
  }
  /** Whether the rows are still those of an earlier filter or order. */
  get busy() {
    return this.#busy;
  }
  get isFiltered(): boolean {
    const { statuses, class: chosen, text, flagged } = this.#filter;
    return statuses.length > 0 || chosen !== null || text !== '' || flagged;
  }

  /** A row by its place in the result; undefined while it is on its way. */
  row(position: number): ItemRow | undefined {
    void this.#version;
    return this.#pages.get(Math.floor(position / PAGE))?.rows[position % PAGE];
  }

  /** Changes a part of the filter; text waits for a pause in typing. */
  narrow(change: Partial<ItemFilter>): void {
    this.#filter = { ...this.#filter, ...change };
    this.#busy = true;
    clearTimeout(this.#pause);
    if ('text' in change) this.#pause = setTimeout(() => void this.run(), PAUSE);
    else void this.run();
  }

  /** Sorts by a column; the same column again turns its direction around. */
  sortBy(by: ItemSort['by']): void {
    const same = this.#sort.by === by;
    // The last change is what people look for first.
    this.#sort = { by, descending: same ? !this.#sort.descending : by === 'changed' };
    void this.run();
  }

  /** Runs the filter anew. */
  async run(): Promise<void> {
    clearTimeout(this.#pause);
    const run = ++this.#run;
    this.#busy = true;
    const found = await this.#client.query(this.#filter, this.#sort);
    if (run !== this.#run) return;
    if (!found.ok) {
      this.#error = found.error;
      this.#busy = false;
      return;
    }
    const { query, total } = found.value;
    // The former result stays on the screen until the new one has rows to show.
    const generation = this.#generation;
    const first = await this.#client.rows(query, 0, PAGE);
    if (run !== this.#run) return;
    this.#error = first.ok ? null : first.error;
    this.#query = query;
    this.#total = total;
    this.#busy = false;
    this.#pages.clear();
    if (first.ok) this.#pages.set(0, { rows: first.value, generation });
    this.#asked.clear();
    this.#version++;
    this.selection.reset();
    this.#ask();
  }

  /** Says which rows are on the screen; half-open. */
  look(from: number, to: number): void {
    this.#wanted = [from, to];
    this.#ask();
  }

  /** The items have changed, but not which of them are listed: fetches what is on the screen again. */
  refresh(): void {
    this.#generation++;
    this.#ask();
  }

  /** Labels the selected items as one gesture. */
  async label(values: Values): Promise<Result<{ changed: number }>> {
    const labelled = await this.#client.applyLabel({ query: this.#query ?? 0, ranges: this.selection.ranges }, values);
    if (labelled.ok) this.refresh();
    return labelled;
  }

  #ask(): void {
    const { '0': from, '1': to } = this.#wanted;
    const last = Math.min(to, this.#total ?? 0);
    for (let page = Math.floor(from / PAGE); page * PAGE < last; page++) {
      if (this.#asked.size >= AT_ONCE) return;
      const isFresh = this.#pages.get(page)?.generation === this.#generation;
      if (!isFresh && !this.#asked.has(page)) void this.#fetch(page);
    }
  }

  async #fetch(page: number): Promise<void> {
    const query = this.#query;
    if (query === null) return;
    const run = this.#run;
    const generation = this.#generation;
    this.#asked.add(page);
    const fetched = await this.#client.rows(query, page * PAGE, PAGE);
    if (run !== this.#run) return;
    this.#asked.delete(page);
    if (!fetched.ok) {
      this.#error = fetched.error;
      return;
    }
    this.#pages.delete(page);
    this.#pages.set(page, { rows: fetched.value, generation });
    this.#forget();
    this.#version++;
    this.#ask();
  }

  #forget(): void {
    for (const page of this.#pages.keys()) {
      if (this.#pages.size <= KEPT) return;
      this.#pages.delete(page);
    }
  }
}
