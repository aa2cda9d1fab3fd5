import type { ConcordError } from '#core/errors';
import { guessMapping } from '#core/table/mapping';
import { profileColumns } from '#core/table/profile';
import type { TableRow } from '#core/table/table';
import { ok, type Result } from '#core/result';
import type { ImportPreview, InspectOptions, PickedFile, TablePreview } from '../api';
import type { Task } from '../tasks';
import { candidates, type Candidate } from './candidates';
import { findDataset, type FoundDataset } from './find-dataset';
import { openGiven, type GivenFile } from './given';
import { previewDataset } from './preview-dataset';
import { openCandidate } from './read-tables';

/** Rows that are read to guess the mapping of columns. */
const SAMPLE_ROWS = 1_000;
const SHOWN_ROWS = 20;
const SHOWN_CELL = 500;

/** What a person is about to import, from names and first rows; nothing is stored. */
export async function inspect(
  task: Task,
  files: readonly PickedFile[],
  { datasets }: InspectOptions,
): Promise<Result<ImportPreview>> {
  const refused: ConcordError[] = [];
  const onIssue = (issue: ConcordError) => refused.push(issue);
  const given = await openGiven(task.signal, files, onIssue);
  const found = datasets === 'find' ? await findDataset(task.signal, given) : null;
  const asDataset = found && (await inspectDataset(task, found, onIssue));
  return ok({ ...(asDataset ?? (await inspectPlain(task, given, onIssue))), refused });
}

type Inspected = Omit<ImportPreview, 'refused'>;

/** null where the files only look like a data set; the reason is an issue. */
async function inspectDataset(
  task: Task,
  found: FoundDataset,
  onIssue: (issue: ConcordError) => void,
): Promise<Inspected | null> {
  const dataset = await previewDataset(task, found);
  if (!dataset.ok) {
    onIssue(dataset.error);
    return null;
  }
  return { images: found.images.length, textFiles: 0, tables: [], folders: [], dataset: dataset.value };
}

async function inspectPlain(
  task: Task,
  given: readonly GivenFile[],
  onIssue: (issue: ConcordError) => void,
): Promise<Inspected> {
  const found = await candidates(task.signal, given, onIssue);
  const tables: TablePreview[] = [];
  for (const candidate of found.filter(({ kind }) => kind === 'table')) {
    const preview = await previewTable(task, candidate, onIssue);
    if (preview) tables.push(preview);
  }
  return {
    images: found.filter(({ kind }) => kind === 'image').length,
    textFiles: found.filter(({ kind }) => kind === 'text').length,
    tables,
    folders: foldersOf(found.filter(({ kind }) => kind !== 'table')),
    dataset: null,
  };
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
