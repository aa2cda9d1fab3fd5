import { LABEL_SEPARATOR } from './table';

const MAX_DEPTH = 32;

/**
 * The cells of a JSON record: nested objects by dotted names (`user.name`), lists of plain values joined by `|`, other
 * lists as JSON, null as ''. Gives null for a record that is nested deeper than 32 levels.
 */
export function flattenRecord(record: object): Map<string, string> | null {
  const cells = new Map<string, string>();
  return isShallow(record, MAX_DEPTH) ? flattenInto(cells, '', record) : null;
}

function flattenInto(cells: Map<string, string>, prefix: string, record: object): Map<string, string> {
  for (const [key, value] of Object.entries(record) as [string, unknown][]) {
    const name = prefix + key.toWellFormed();
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) flattenInto(cells, `${name}.`, value);
    else cells.set(name, cellOf(value));
  }
  return cells;
}

function cellOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (Array.isArray(value) && value.every((part) => typeof part !== 'object'))
    return value.map(String).join(LABEL_SEPARATOR);
  return JSON.stringify(value);
}

const isShallow = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((part) => isShallow(part, levels - 1)));
