import { fault, type ConcordError } from '#core/errors';
import type { ItemData } from '#core/model/item';
import type { ColumnMapping } from '#core/table/mapping';
import { openTable } from '#core/table/open';
import { parseTurns } from '#core/text/turns';
import { splitLabels, type Table, type TableRow } from '#core/table/table';
import type { Result } from '#core/result';
import { readText } from '#io/files/text';
import type { Candidate } from './candidates';
import type { FoundItem } from './found';
import type { LabelNames } from './label-classes';

/** Opens a candidate as a table whose text streams in. */
export async function openCandidate(
  signal: AbortSignal,
  candidate: Candidate,
  onIssue: (issue: ConcordError) => void,
  onProgress: (bytes: number) => void = () => undefined,
): Promise<Result<Table>> {
  const blob = await candidate.blob(signal);
  if (!blob.ok) return blob;
  const { path } = candidate;
  return openTable(readText(signal, blob.value, { path, onIssue, onProgress }), { path, onIssue });
}

/** One item per row, by the mapping of columns; rows that hold none are refused by number. */
export async function* tableItems(
  table: Table,
  path: string,
  mapping: ColumnMapping,
  onIssue: (issue: ConcordError) => void,
): AsyncGenerator<FoundItem<LabelNames>> {
  const content = table.columns.indexOf(mapping.content);
  const label = mapping.label === null ? -1 : table.columns.indexOf(mapping.label);
  const context = mapping.context === null ? -1 : table.columns.indexOf(mapping.context);
  const metadata = mapping.metadata.flatMap((name) => {
    const at = table.columns.indexOf(name);
    return at < 0 ? [] : [[name, at] as const];
  });
  if (content < 0) {
    onIssue(fault('import.no-column', path, { column: mapping.content }));
    return;
  }
  for await (const batch of table.batches()) {
    for (const { row, cells } of batch) {
      const where = `${path}, row ${row}`;
      const data = dataOf(cells[content] ?? '', cells[context] ?? '', mapping.contentKind);
      if (!data.ok) {
        onIssue(fault(data.code, where));
        continue;
      }
      const meta = metadataOf(cells, metadata);
      yield {
        from: 'file',
        record: { data: data.value, sources: [{ file: path, row, ...(meta && { meta }) }] },
        said: label < 0 ? [] : splitLabels(cells[label] ?? ''),
        blob: null,
        path: where,
      };
    }
  }
}

type Data = { ok: true; value: ItemData } | { ok: false; code: 'import.empty' | 'import.url' };

function dataOf(cell: string, context: string, kind: ColumnMapping['contentKind']): Data {
  if (kind === 'text') {
    if (cell.trim() === '') return { ok: false, code: 'import.empty' };
    const turns = parseTurns(context);
    return { ok: true, value: { kind, text: cell, ...(turns.length > 0 && { context: turns }) } };
  }
  const url = URL.canParse(cell.trim()) ? new URL(cell.trim()) : null;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return { ok: false, code: 'import.url' };
  return { ok: true, value: { kind, url: url.href } };
}

function metadataOf(
  cells: TableRow['cells'],
  columns: readonly (readonly [string, number])[],
): Record<string, string> | null {
  const filled = columns.flatMap(([name, at]) => (cells[at] ? [[name, cells[at]] as const] : []));
  return filled.length > 0 ? Object.fromEntries(filled) : null;
}
