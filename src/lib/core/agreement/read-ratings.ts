import { fault, type ConcordError } from '../errors';
import { err, ok, type Result } from '../result';
import type { Table } from '../table/table';
import { RatingsBuilder } from './ratings-builder';
import type { NamedRatings } from './ratings';

export interface ReadRatingsOptions {
  /** Names the file in issues: `train.csv`. */
  readonly path: string;
  /** The categories from the lowest to the highest; null: as they sort by themselves. */
  readonly order: readonly string[] | null;
  /** Name or id of the question, where the file may answer several; null: the only one. */
  readonly field: string | null;
}

export interface ReadRatings {
  readonly ratings: NamedRatings;
  /** What was left out or read otherwise. */
  readonly warnings: readonly ConcordError[];
}

const COLUMNS = ['item', 'annotator', 'label'] as const;
/** In the long tables that Concord exports, which question a row answers. */
const FIELD = 'field';
/** What tells such a table from others whose column `field` means something else. */
const EXPORTED = [FIELD, 'origin', 'author'] as const;

/**
 * Reads ratings from a long table: one row for each label, with the columns `item`, `annotator` and `label` in any order and case.
 * Blanks around a cell do not count. An empty label is a missing rating; a row without an item or an annotator is left out, and
 * told. A repeated item and annotator is a further reading.
 *
 * @returns `ratings.columns` where a column is missing, `ratings.unknown-class` at the first label that the order lacks,
 *   `ratings.field` where rows answer several questions and none was chosen
 */
export async function readRatings(table: Table, options: ReadRatingsOptions): Promise<Result<ReadRatings>> {
  const { path, order } = options;
  const columns = table.columns.map((name) => name.trim().toLowerCase());
  const [item, annotator, label] = COLUMNS.map((name) => columns.indexOf(name)) as [number, number, number];
  const missing = COLUMNS.filter((name) => !columns.includes(name));
  if (missing.length > 0) return err(fault('ratings.columns', path, { missing, found: table.columns }));
  const isExported = EXPORTED.every((name) => columns.includes(name));
  const field = isExported || options.field !== null ? columns.indexOf(FIELD) : -1;
  if (options.field !== null && field < 0)
    return err(fault('ratings.columns', path, { missing: [FIELD], found: table.columns }));

  const known = new Set(order);
  const warnings: ConcordError[] = [];
  const builder = new RatingsBuilder();
  const fields = new Set<string>();
  for await (const batch of table.batches()) {
    for (const { row, cells } of batch) {
      const place = `${path}, row ${row}`;
      const rating = { item: cells[item]!.trim(), annotator: cells[annotator]!.trim(), label: cells[label]!.trim() };
      if (field >= 0 && cells[field] !== '') {
        fields.add(cells[field]!);
        if (options.field !== null && cells[field] !== options.field) continue;
      }
      if (rating.item === '' || rating.annotator === '') {
        const reason = `it names no ${rating.item === '' ? 'item' : 'annotator'}`;
        warnings.push(fault('ratings.row', place, { reason }));
      } else if (order && rating.label !== '' && !known.has(rating.label)) {
        return err(fault('ratings.unknown-class', place, { label: rating.label, order }));
      } else {
        builder.add(rating);
      }
    }
  }
  const chosen = options.field === null ? fields.size <= 1 : field < 0 || fields.has(options.field);
  if (!chosen) return err(fault('ratings.field', path, { field: options.field, known: [...fields] }));
  return ok(finished(builder, [], warnings, options));
}

/** The ratings, with a warning for names that are one number. */
export function finished(
  builder: RatingsBuilder,
  known: readonly string[],
  warnings: readonly ConcordError[],
  { path, order }: ReadRatingsOptions,
): ReadRatings {
  const { ratings, same } = builder.build(order, known);
  const merged = same.map(([kept, other]) => fault('ratings.same-number', path, { kept, other }));
  return { ratings, warnings: [...warnings, ...merged] };
}
