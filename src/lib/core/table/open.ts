import type { Result } from '../result';
import { openDelimited } from './delimited';
import { openJson, openJsonLines } from './json';
import type { Table, TableOptions } from './table';

type Opener = (text: AsyncIterable<string>, options: TableOptions) => Promise<Result<Table>>;

const openers: ReadonlyMap<string, Opener> = new Map([
  ['csv', openDelimited],
  ['tsv', openDelimited],
  ['tab', openDelimited],
  ['psv', openDelimited],
  ['json', openJson],
  ['jsonl', openJsonLines],
  ['ndjson', openJsonLines],
]);

const extensionOf = (path: string): string => /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';

/** Whether a file with this name is read as a table. */
export const isTable = (path: string): boolean => openers.has(extensionOf(path));

/** Opens a table by the ending of its name; what is no table is read as delimited text. */
export function openTable(text: AsyncIterable<string>, options: TableOptions): Promise<Result<Table>> {
  return (openers.get(extensionOf(options.path)) ?? openDelimited)(text, options);
}
