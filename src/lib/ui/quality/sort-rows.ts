/** By which column rows stand, and how. */
export interface RowOrder<C extends string> {
  readonly by: C;
  readonly order: 'ascending' | 'descending';
}

/** The same column again turns the order around; another begins as it is read best. */
export function sortedBy<C extends string>(former: RowOrder<C>, by: C, begins: RowOrder<C>['order']): RowOrder<C> {
  if (former.by !== by) return { by, order: begins };
  return { by, order: former.order === 'ascending' ? 'descending' : 'ascending' };
}

/** Rows without a figure come last, whichever way the others stand; equal ones stay as they were. */
export function sortRows<T>(
  rows: readonly T[],
  figure: (row: T) => number | string | null,
  order: 'ascending' | 'descending',
): T[] {
  const sign = order === 'ascending' ? 1 : -1;
  const keyed = rows.map((row) => ({ row, key: figure(row) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    if (typeof a.key === 'string' || typeof b.key === 'string')
      return sign * String(a.key).localeCompare(String(b.key));
    return sign * (a.key - b.key);
  });
  return keyed.map(({ row }) => row);
}
