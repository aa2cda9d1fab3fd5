import type { ConcordError } from '#core/errors';
import { fault } from '#core/errors';
import { ReadFailure } from '#core/read-failure';
import { err, ok, type Result } from '#core/result';
import type { ImportPlan, ImportReport, PickedFile } from '../api';
import { ahead } from '../../shared/ahead';
import type { Session } from '../session';
import type { Task } from '../tasks';
import { candidates, type Candidate } from './candidates';
import { DatasetAnswers } from './dataset-answers';
import { findDataset, parseDataset, type FoundDataset, type ImageSource } from './find-dataset';
import { openGiven, type GivenFile } from './given';
import { drain, ItemSink } from './item-sink';
import { ImagesByName } from './images-by-name';
import { ImageShelf } from './image-shelf';
import { LabelClasses, type LabelNames } from './label-classes';
import { datasetItems } from './read-dataset';
import { imageItem, textItems } from './read-files';
import { openCandidate, tableItems } from './read-tables';
import { IMAGES_AHEAD } from './stored-image';
import type { AnswerReader, FoundItem } from './found';

/** Issues that are kept one by one; beyond, only their number is. */
const KEPT_ISSUES = 1_000;

/** An import under way. */
interface Run {
  readonly session: Session;
  readonly task: Task;
  readonly plan: ImportPlan;
  readonly onIssue: (issue: ConcordError) => void;
  /** Told at the end, however it came, what was stored. */
  readonly onStored: (what: {
    readonly kinds: ReadonlySet<'texts' | 'images'>;
    readonly storedBytes: number;
  }) => Promise<void>;
}

type Imported = Omit<ImportReport, 'refused' | 'refusedTotal'>;

/**
 * Imports files into the open project. What was stored before a cancellation or a failure stays, item by item whole;
 * the error then says why the rest is missing.
 */
export async function importFiles(
  session: Session,
  task: Task,
  files: readonly PickedFile[],
  plan: ImportPlan,
  onStored: Run['onStored'],
): Promise<Result<ImportReport>> {
  const refused: ConcordError[] = [];
  let refusedTotal = 0;
  const onIssue = (issue: ConcordError) => {
    refusedTotal++;
    if (refused.length < KEPT_ISSUES) refused.push(issue);
  };
  const run: Run = { session, task, plan, onIssue, onStored };
  try {
    const given = await openGiven(task.signal, files, onIssue);
    const found = plan.dataset && (await findDataset(task.signal, given));
    const imported = found ? await importDataset(run, found) : await importPlain(run, given);
    return imported.ok ? ok({ ...imported.value, refused, refusedTotal }) : imported;
  } catch (error) {
    if (task.signal.aborted) return err(fault('cancelled', ''));
    if (error instanceof ReadFailure) return err(error.error);
    throw error;
  }
}

/** Images, texts and tables, each by itself. */
async function importPlain(run: Run, given: readonly GivenFile[]): Promise<Result<Imported>> {
  const { session, task, plan, onIssue } = run;
  const found = await candidates(task.signal, given, onIssue);
  const target = { field: plan.labelField, labelsAs: plan.labelsAs };
  const reader = new LabelClasses(() => session.projection.schema, target, onIssue);
  return store(run, reader, plainItems(task, found, plan, onIssue));
}

/** Files that are a data set together. */
async function importDataset(run: Run, found: FoundDataset): Promise<Result<Imported>> {
  const { session, task, plan, onIssue } = run;
  const shelf = new ImageShelf(task.signal, found.images);
  const images = new ImagesByName(session);
  const source: ImageSource = {
    read: async (file) => {
      const image = await shelf.read(file);
      return image.ok ? ok({ facts: image.value.facts, blob: image.value.stored.hash }) : image;
    },
    find: (path) => images.byPath(path, onIssue),
  };
  const parsed = await parseDataset(found, source, onIssue);
  if (!parsed.ok) return parsed;
  const { schema } = parsed.value;
  const expected = plan.dataset?.items ?? 0;
  const target = { schema, labelsAs: plan.labelsAs, path: found.root };
  const reader = new DatasetAnswers(() => session.projection.schema, target, onIssue);
  const imported = await store(
    run,
    reader,
    datasetItems(parsed.value, { found, shelf, images, session, task, expected, onIssue }),
  );
  reader.finish();
  // Nobody has seen that there are addresses among its files, as the columns of a table are seen.
  return imported.ok ? ok({ ...imported.value, imageHosts: [] }) : imported;
}

/** Takes the items into the project, and tells what became of them. */
async function store<Said>(
  { session, task, onIssue, onStored }: Run,
  reader: AnswerReader<Said>,
  items: AsyncIterable<FoundItem<Said>>,
): Promise<Result<Imported>> {
  const sink = new ItemSink(session, reader, onIssue);
  try {
    const drained = await drain(task.signal, items, sink);
    if (!drained.ok) return drained;
  } finally {
    await onStored(sink);
    await session.checkpoint();
    session.tell();
  }
  const { added, duplicates, labelled, kept, newClasses } = sink;
  return ok({ added, duplicates, labelled, kept, newClasses, imageHosts: [...sink.imageHosts] });
}

/** All items of all files in their order, reporting progress by bytes. */
async function* plainItems(
  task: Task,
  found: readonly Candidate[],
  plan: ImportPlan,
  onIssue: (issue: ConcordError) => void,
): AsyncGenerator<FoundItem<LabelNames>> {
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
): AsyncGenerator<FoundItem<LabelNames>> {
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
