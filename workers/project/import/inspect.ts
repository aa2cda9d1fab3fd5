import type { ConcordError } from '#core/errors';
import { guessMapping } from '#core/table/mapping';
import { profileColumns } from '#core/table/profile';
import type { TableRow } from '#core/table/table';
import { ok, type Result } from '#core/result';
import type { ImportPreview, PickedFile, TablePreview } from '../api';
import type { Task } from '../tasks';
import { candidates, type Candidate } from './candidates';
import { openCandidate } from './read-tables';

/** Rows that are read to guess the mapping of columns. */
const SAMPLE_ROWS = 1_000;
const SHOWN_ROWS = 20;
const SHOWN_CELL = 500;

/** What a person is about to import, from names and first rows; nothing is stored. */
export async function inspect(task: Task, files: readonly PickedFile[]): Promise<Result<ImportPreview>> {
  const refused: ConcordError[] = [];
  const onIssue = (issue: ConcordError) => refused.push(issue);
  const found = await candidates(task.signal, files, onIssue);
  const tables: TablePreview[] = [];
  for (const candidate of found.filter(({ kind }) => kind === 'table')) {
    const preview = await previewTable(task, candidate, onIssue);
    if (preview) tables.push(preview);
  }
  const images = found.filter(({ kind }) => kind === 'image');
  return ok({
    images: images.length,
    textFiles: found.filter(({ kind }) => kind === 'text').length,
    tables,
    folders: foldersOf(found.filter(({ kind }) => kind !== 'table')),
    dataset: null,
    refused,
  });
}

async function previewTable(
  task: Task,
  candidate: Candidate,
  onIssue: (issue: ConcordError) => void,
): Promise<TablePreview | null> {
  const table = await openCandidate(task.signal, candidate, () => undefined);
  if (!table.ok) {
    onIssue(table.error);
    return null;
  }
  const { columns } = table.value;
  const sample: TableRow[] = [];
  let isWhole = true;
  for await (const batch of table.value.batches()) {
    sample.push(...batch.slice(0, SAMPLE_ROWS - sample.length));
    if (sample.length < SAMPLE_ROWS) continue;
    isWhole = false;
    break;
  }
  const mapping = guessMapping(columns, sample);
  return {
    path: candidate.path,
    columns,
    rows: sample.slice(0, SHOWN_ROWS).map(({ cells }) => cells.map((cell) => cell.slice(0, SHOWN_CELL))),
    total: isWhole ? sample.length : null,
    distinct: profileColumns(columns, sample).map(({ distinct }) => distinct),
    mapping,
  };
}

/** Names of the folders that directly hold files, when there are at least two: they may be classes. */
function foldersOf(found: readonly Candidate[]): string[] {
  const folders = new Set(found.flatMap(({ path }) => path.split('/').slice(-2, -1)));
  return folders.size > 1 ? [...folders].sort() : [];
}
