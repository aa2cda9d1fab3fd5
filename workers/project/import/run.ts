import type { ConcordError } from '#core/errors';
import { fault } from '#core/errors';
import { err, ok, type Result } from '#core/result';
import type { ImportPlan, ImportReport, PickedFile } from '../api';
import { ahead } from '../../shared/ahead';
import type { Session } from '../session';
import type { Task } from '../tasks';
import { candidates, type Candidate } from './candidates';
import { drain, ItemSink } from './item-sink';
import { imageItem, textItems } from './read-files';
import { openCandidate, tableItems } from './read-tables';
import type { FoundItem } from './found';

/** Issues that are kept one by one; beyond, only their number is. */
const KEPT_ISSUES = 1_000;
/** Images that are read and decoded at once; more only hold memory. */
const IMAGES_AHEAD = 4;

/**
 * Imports files into the open project. What was stored before a cancellation or a failure stays, item by item whole;
 * the error then says why the rest is missing.
 *
 * @param onStored told at the end, however it came, what was stored
 */
export async function importFiles(
  session: Session,
  task: Task,
  files: readonly PickedFile[],
  plan: ImportPlan,
  onStored: (what: Pick<ItemSink, 'kinds' | 'storedBytes'>) => Promise<void>,
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
    await onStored(sink);
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
  const report = (candidate: Candidate, bytes: number) => {
    task.report(before + bytes, total, candidate.path);
  };
  const images = found.filter(({ kind }) => kind === 'image');
  for await (const { image, item } of ahead(images, IMAGES_AHEAD, async (image) => {
    task.signal.throwIfAborted();
    return { image, item: await imageItem(task.signal, image, plan, onIssue) };
  })) {
    before += image.size;
    report(image, 0);
    if (item) yield item;
  }
  for (const candidate of found) {
    if (candidate.kind === 'image') continue;
    task.signal.throwIfAborted();
    report(candidate, 0);
    yield* readRecords(task.signal, candidate, plan, onIssue, (bytes) => {
      report(candidate, bytes);
    });
    before += candidate.size;
  }
}

async function* readRecords(
  signal: AbortSignal,
  candidate: Candidate,
  plan: ImportPlan,
  onIssue: (issue: ConcordError) => void,
  onProgress: (bytes: number) => void,
): AsyncGenerator<FoundItem> {
  if (candidate.kind === 'text') {
    yield* textItems(signal, candidate, plan, onIssue);
    return;
  }
  const mapping = plan.tables[candidate.path];
  const table = await openCandidate(signal, candidate, mapping ? onIssue : () => undefined, onProgress);
  // A table without a mapping is one that was left out, or one that could not be read: the report says which.
  if (!table.ok) onIssue(table.error);
  else if (mapping) yield* tableItems(table.value, candidate.path, mapping, onIssue);
}
