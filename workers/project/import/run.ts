import type { ConcordError } from '#core/errors';
import { fault } from '#core/errors';
import { err, ok, type Result } from '#core/result';
import type { ImportPlan, ImportReport, PickedFile } from '../api';
import type { Session } from '../session';
import type { Task } from '../tasks';
import { candidates, type Candidate } from './candidates';
import { drain, ItemSink } from './item-sink';
import { imageItems, textItems } from './read-files';
import { openCandidate, tableItems } from './read-tables';
import type { FoundItem } from './found';

/** Issues that are kept one by one; beyond, only their number is. */
const KEPT_ISSUES = 1_000;

/**
 * Imports files into the open project. What was stored before a cancellation or a failure stays, item by item whole;
 * the error then says why the rest is missing.
 */
export async function importFiles(
  session: Session,
  task: Task,
  files: readonly PickedFile[],
  plan: ImportPlan,
): Promise<Result<ImportReport>> {
  const refused: ConcordError[] = [];
  let refusedTotal = 0;
  const onIssue = (issue: ConcordError) => {
    refusedTotal++;
    if (refused.length < KEPT_ISSUES) refused.push(issue);
  };
  const sink = new ItemSink(session, plan, onIssue);
  try {
    const found = await candidates(task.signal, files, onIssue);
    const drained = await drain(task.signal, readAll(task, found, plan, onIssue), sink);
    if (!drained.ok) return drained;
  } catch (error) {
    if (task.signal.aborted) return err(fault('cancelled', ''));
    throw error;
  } finally {
    await session.checkpoint();
    session.tell();
  }
  const { added, duplicates, labelled, newClasses } = sink;
  return ok({ added, duplicates, labelled, newClasses, refused, refusedTotal });
}

/** All items of all files in their order, reporting progress by bytes. */
async function* readAll(
  task: Task,
  found: readonly Candidate[],
  plan: ImportPlan,
  onIssue: (issue: ConcordError) => void,
): AsyncGenerator<FoundItem> {
  const total = found.reduce((sum, { size }) => sum + size, 0);
  let before = 0;
  for (const candidate of found) {
    task.signal.throwIfAborted();
    task.report(before, total, candidate.path);
    yield* readOne(task, candidate, plan, onIssue, (bytes) => {
      task.report(before + bytes, total, candidate.path);
    });
    before += candidate.size;
  }
}

async function* readOne(
  { signal }: Task,
  candidate: Candidate,
  plan: ImportPlan,
  onIssue: (issue: ConcordError) => void,
  onProgress: (bytes: number) => void,
): AsyncGenerator<FoundItem> {
  switch (candidate.kind) {
    case 'image':
      yield* imageItems(signal, candidate, plan, onIssue);
      break;
    case 'text':
      yield* textItems(signal, candidate, plan, onIssue);
      break;
    case 'table': {
      const mapping = plan.tables[candidate.path];
      if (!mapping) break;
      const table = await openCandidate(signal, candidate, onIssue, onProgress);
      if (table.ok) yield* tableItems(table.value, candidate.path, mapping, onIssue);
      else onIssue(table.error);
      break;
    }
  }
}
