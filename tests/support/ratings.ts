import { AgreementData } from '#core/agreement/agreement-data';
import { categoryScale } from '#core/agreement/category-scale';
import type { RatingRow } from '#core/agreement/ratings-builder';
import { ratingsOf } from '#core/agreement/ratings-builder';

/** A line for each item, a character for each annotator: what they said, or `.` where they said nothing. */
export const rowsOfUnits = (units: readonly string[]): RatingRow[] =>
  units.flatMap((unit, item) =>
    Array.from(unit, (label, who) => ({
      ...{ item: `item ${item + 1}`, annotator: `annotator ${who + 1}` },
      label: label === '.' ? '' : label,
    })),
  );

/** Two annotators by their table: so many items that the one called by the row and the other by the column, from 1 on. */
export const rowsOfTable = (table: readonly (readonly number[])[]): RatingRow[] =>
  rowsOfUnits(
    table.flatMap((row, first) =>
      row.flatMap((items, second) => new Array<string>(items).fill(`${first + 1}${second + 1}`)),
    ),
  );

/** A line for each item, with how many annotators put it into each category, from 1 on. */
export const rowsOfCounts = (items: readonly (readonly number[])[]): RatingRow[] =>
  rowsOfUnits(items.map((counts) => counts.map((count, category) => String(category + 1).repeat(count)).join('')));

/** @param order the categories; null: as they sort by themselves */
export function agreementOf(rows: readonly RatingRow[], order: readonly string[] | null = null): AgreementData {
  const ratings = ratingsOf(rows, order);
  return new AgreementData(ratings, categoryScale(ratings.categoryNames, order === null ? 'own' : 'ordered'));
}
