import { fault } from '#core/errors';
import { activityWords } from '#core/log/activity-words';
import type { AuthorId } from '#core/model/ids';
import { itemName } from '#core/model/item';
import type { Projection } from '#core/projection/projection';
import { err, ok, type Result } from '#core/result';
import { changesBetween, labelSide, speakersOf, type ChangedItem, type StateChanges } from '#core/snapshots/changes';
import type { SnapshotId } from '#core/snapshots/snapshot';
import type { Exported } from '../export/run';
import { Pace } from '../pace';
import type { Task } from '../tasks';
import type { ChangedLabel, ProjectChange, SnapshotChanges } from './api';
import type { ProjectState } from './snapshots';

/** Changed labels, and changes of the project, that are told. */
const MOST_LABELS = 1_000;
const MOST_CHANGES = 200;

/** Compares a snapshot with a later one, or with the project as it is now. */
export async function compare(
  { session, snapshots, quality }: Exported,
  task: Task,
  from: SnapshotId,
  to: SnapshotId | null,
): Promise<Result<SnapshotChanges>> {
  await session.idle();
  if (to === null) await quality.settled();
  const former = await snapshots.state(from, task);
  if (!former.ok) return former;
  const latter =
    to === null ? ok({ projection: session.projection, reader: session.reader }) : await snapshots.state(to, task);
  if (!latter.ok) return latter;
  const before = former.value.projection;
  const after = latter.value.projection;
  const changes = await run(task, changesBetween(before, after, MOST_LABELS));
  if (!changes) return err(fault('cancelled', ''));
  const { itemsAdded, itemsRemoved, labelled, changedTotal, changed, spoken, facts } = changes;
  const name = (author: AuthorId): string => after.name(author) || 'Somebody';
  return ok({
    ...{ itemsAdded, itemsRemoved, labelled, changedTotal },
    changed: await labels(changed, before, latter.value, name),
    authors: spoken.map((said) => ({ ...said, name: name(said.author) })),
    project: facts.slice(-MOST_CHANGES).map(({ author, time, event }): ProjectChange => ({
      ...{ name: name(author), time },
      words: activityWords(event, { author, schema: after.schema, name: (of) => after.name(of) }).before,
    })),
    projectTotal: facts.length,
  });
}

/** Runs to the end in steps between which the page is answered; null where it was cancelled. */
async function run(
  task: Task,
  steps: Generator<readonly [done: number, total: number], StateChanges>,
): Promise<StateChanges | null> {
  const pace = new Pace();
  for (;;) {
    if (task.signal.aborted) return null;
    const step = steps.next();
    if (step.done === true) return step.value;
    const [done, total] = step.value;
    task.report(done, total, 'Comparing');
    if (pace.isDue) await pace.rest();
  }
}

async function labels(
  changed: readonly ChangedItem[],
  before: Projection,
  { projection: after, reader }: ProjectState,
  name: (author: AuthorId) => string,
): Promise<ChangedLabel[]> {
  const names = new Map<number, string>();
  for await (const batch of reader.records(changed.map((item) => item.after)))
    for (const { item, record } of batch) names.set(item, itemName(record));
  return changed.map((item) => ({
    item: after.id(item.after),
    name: names.get(item.after) ?? '',
    before: labelSide(before, item.before),
    after: labelSide(after, item.after),
    by: speakersOf(item, before, after).map(name),
  }));
}
