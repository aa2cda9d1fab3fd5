import { STATUSES } from '#core/model/project';
import { itemName, type ItemRecord } from '#core/model/item';
import type { Projection } from '#core/projection/projection';
import { fault } from '#core/errors';
import { err, ok, type Result } from '#core/result';
import type { ItemFilter, ItemRow, ItemSort, QueryResult, Selection } from './api';
import { sortByKey } from '#core/table/sort-by-key';
import { Needle } from '#core/text/needle';
import type { Session } from './session';
import { TextSearch } from './text-search';

/** Results kept, so that a table that is scrolling does not lose its own to the one that a page just asked for. */
const KEPT_QUERIES = 4;
const EXCERPT = 300;

/** Filters and sorts all items into lists of row numbers; the page reads them by the window. */
export class ItemQueries {
  readonly #session: Session;
  readonly #results = new Map<number, Uint32Array>();
  #latest = 0;
  /** The last search for a text, whose answers the next one may start from. */
  #search: TextSearch | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  /** @returns `cancelled` when a newer query came in while this one was reading texts */
  async run(filter: ItemFilter, sort: ItemSort): Promise<Result<QueryResult>> {
    const query = ++this.#latest;
    await this.#session.idle();
    const passing = this.#filterColumns(filter);
    const found =
      filter.text === '' ? passing : await this.#filterText(passing, filter.text, () => this.#latest !== query);
    if (!found) return err(fault('cancelled', ''));
    this.#results.set(query, this.#sorted(found, sort));
    if (this.#results.size > KEPT_QUERIES) this.#results.delete(this.#results.keys().next().value!);
    return ok({ query, total: found.length });
  }

  /** Rows of a result, at most `count` from `from` on. */
  async rows(query: number, from: number, count: number): Promise<Result<ItemRow[]>> {
    const result = this.#results.get(query);
    if (!result) return err(fault('cancelled', ''));
    return ok(await this.rowsOf(result.subarray(from, from + count)));
  }

  rowsOf(items: Iterable<number>): Promise<ItemRow[]> {
    return Promise.all(Array.from(items, (item) => this.#row(item)));
  }

  /** The selected items of a result. */
  selected({ query, ranges }: Selection): Result<number[]> {
    const result = this.#results.get(query);
    if (!result) return err(fault('cancelled', ''));
    return ok(ranges.flatMap(([from, to]) => Array.from(result.subarray(from, to))));
  }

  #filterColumns(filter: ItemFilter): Uint32Array {
    const { projection } = this.#session;
    const { order } = projection;
    const isWanted = Uint8Array.from(STATUSES, (status) =>
      filter.statuses.length === 0 || filter.statuses.includes(status) ? 1 : 0,
    );
    const hasClass = filter.class && valuesWithClass(projection, filter.class);
    if (filter.statuses.length === 0 && !filter.flagged && !hasClass) return order;
    return order.filter((item) => {
      if (isWanted[projection.statusIndex(item)] === 0) return false;
      if (filter.flagged && !projection.isFlagged(item)) return false;
      return !hasClass || hasClass[projection.label(item) || projection.predicted(item)] === 1;
    });
  }

  /** Null when the search was overtaken by a newer query. */
  #filterText(items: Uint32Array, text: string, isOvertaken: () => boolean): Promise<Uint32Array | null> {
    const { projection, reader } = this.#session;
    const needle = new Needle(text);
    const { chunks, size } = projection;
    if (this.#search?.needle.text !== needle.text || !this.#search.isOf(chunks))
      this.#search = new TextSearch(needle, size, chunks, reader, this.#search);
    return this.#search.among(items, isOvertaken);
  }

  #sorted(items: Uint32Array, { by, descending }: ItemSort): Uint32Array {
    const sorted =
      by === 'order' ? items : sortByKey(items, Float64Array.from(items, sortKey(this.#session.projection, by)));
    // Turned around without turning what others hold, such as the order of the project.
    return descending ? sorted.slice().reverse() : sorted;
  }

  async #row(item: number): Promise<ItemRow> {
    const { projection, reader } = this.#session;
    const record = await reader.record(item);
    const label = projection.label(item);
    const prediction = projection.prediction(item);
    return {
      id: projection.id(item),
      position: projection.position(item),
      name: itemName(record),
      kind: record.data.kind,
      excerpt: excerpt(record),
      status: projection.status(item),
      label: label === 0 ? null : projection.pool.classes(label),
      prediction: prediction && projection.pool.classes(prediction.values),
      annotations: projection.annotationCount(item),
      flagged: projection.isFlagged(item),
      changedAt: projection.changedAt(item),
    };
  }
}

/** By values row: 1 where the values hold the class. */
function valuesWithClass({ pool }: Projection, wanted: { field: string; class: string }): Uint8Array {
  const has = new Uint8Array(pool.count + 1);
  for (let ref = 1; ref <= pool.count; ref++) {
    has[ref] = pool.classes(ref).some(([field, id]) => field === wanted.field && id === wanted.class) ? 1 : 0;
  }
  return has;
}

function sortKey(projection: Projection, by: 'status' | 'label' | 'changed'): (item: number) => number {
  switch (by) {
    case 'status':
      return (item) => projection.statusIndex(item);
    case 'changed':
      return (item) => projection.changedAt(item);
    case 'label': {
      // Labels sort by what people read: the names of their classes; items without a label come last.
      const { pool, schema } = projection;
      const names = new Map(
        schema.fields.flatMap((field) =>
          [...field.classes, ...field.retired].map((c) => [`${field.id}/${c.id}`, c.name]),
        ),
      );
      const named = (values: number) =>
        pool
          .classes(values)
          .map(([field, id]) => names.get(`${field}/${id}`) ?? id)
          .join(' ');
      const byName = Array.from({ length: pool.count }, (_, at) => at + 1).map((ref) => [ref, named(ref)] as const);
      byName.sort(([, a], [, b]) => a.localeCompare(b));
      const rank = new Float64Array(pool.count + 1).fill(pool.count);
      for (const [at, [ref]] of byName.entries()) rank[ref] = at;
      return (item) => rank[projection.label(item)]!;
    }
  }
}

const excerpt = ({ data }: ItemRecord): string => {
  switch (data.kind) {
    case 'text':
      return data.text.slice(0, EXCERPT);
    case 'image-url':
      return data.url;
    case 'image':
      return '';
  }
};
