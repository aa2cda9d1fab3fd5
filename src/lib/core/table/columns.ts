import { fault } from '../errors';
import { MAX_COLUMNS, type TableOptions } from './table';
import { err, ok, type Result } from '../result';

/** Makes column names unique: an unnamed one becomes `column 3`, a repeated one `text 2`. Every change is an issue. */
export function uniqueColumns(names: readonly string[], options: TableOptions): Result<string[]> {
  if (names.length > MAX_COLUMNS) {
    return err(fault('table.columns', options.path, { found: names.length, limit: MAX_COLUMNS }));
  }
  const taken = new Set(names);
  const seen = new Set<string>();
  return ok(
    names.map((name, index) => {
      if (name.trim() !== '' && !seen.has(name)) {
        seen.add(name);
        return name;
      }
      const stem = name.trim() === '' ? 'column' : name;
      let n = stem === 'column' ? index + 1 : 2;
      while (taken.has(`${stem} ${n}`)) n++;
      const renamed = `${stem} ${n}`;
      taken.add(renamed);
      options.onIssue(fault('table.header', options.path, { column: index + 1, name: name.trim(), renamed }));
      return renamed;
    }),
  );
}
