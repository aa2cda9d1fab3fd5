import { fault } from '#core/errors';
import type { Dataset } from '#core/formats/format';
import { jsonl } from '#core/formats/jsonl/jsonl';
import type { ProjectId } from '#core/model/ids';
import { err, ok, type Result } from '#core/result';
import { sample, SAMPLE_NAME } from '#core/sample/sample';
import { SAMPLE_SCHEMA } from '#core/sample/schema';
import { ProjectStore } from '#io/storage/project-store';
import type { ImportPlan, PickedFile } from './api';
import { importFiles } from './import/run';
import type { Library } from './library';
import { Ownership } from './ownership';
import { Session } from './session';
import { Summary } from './summary';
import type { Task } from './tasks';

/** Everything is said by the data set itself. */
const PLAN: Omit<ImportPlan, 'dataset'> = {
  tables: {},
  labelField: null,
  labelsAs: 'annotations',
  textFiles: 'file',
  foldersAsLabels: false,
};

/**
 * The sample project of this device; founded and filled where there is none. It comes in as anybody's data set would:
 * written as Concord's own files, and imported.
 *
 * @returns `cancelled`, or what the import gave; then nothing of it stays
 */
export async function createSample(library: Library, task: Task, founder: string): Promise<Result<ProjectId>> {
  const known = (await library.projects()).find(({ origin }) => origin === 'sample');
  if (known && known.items > 0) return ok(known.id);
  const founded = known ? ok(known.id) : await found(library, founder);
  if (!founded.ok) return founded;
  const filled = await fill(library, task, founded.value);
  if (!filled.ok) {
    // Founding again is cheaper than explaining half a sample.
    if (filled.error.code !== 'project.elsewhere') await library.remove(founded.value);
    return filled;
  }
  return founded;
}

async function found(library: Library, founder: string): Promise<Result<ProjectId>> {
  const founded = await library.create({ name: SAMPLE_NAME, founder, schema: SAMPLE_SCHEMA });
  if (founded.ok) await library.update(founded.value, { origin: 'sample' });
  return founded;
}

async function fill(library: Library, task: Task, id: ProjectId): Promise<Result<null>> {
  const ownership = await Ownership.acquire(id, { steal: false }, () => Promise.resolve());
  if (!ownership) return err(fault('project.elsewhere', id));
  try {
    const store = new ProjectStore(id);
    await store.beginEpoch();
    // Nobody watches it yet: what it counts is told when it is opened.
    const session = await Session.open(id, store, await library.signer(), () => undefined);
    const summary = new Summary(library, session);
    const dataset = sample();
    const plan = { ...PLAN, dataset: { items: dataset.size } };
    const files = await filesOf(task.signal, dataset);
    const imported = await importFiles(session, task, files, plan, (stored) => summary.imported(stored));
    await session.close();
    await summary.write();
    return imported.ok ? ok(null) : imported;
  } finally {
    ownership.release();
  }
}

/** The data set as its files; a few hundred kilobytes. */
async function filesOf(signal: AbortSignal, dataset: Dataset): Promise<PickedFile[]> {
  const files: PickedFile[] = [];
  for await (const { path, chunks } of jsonl.serialize(dataset, {})) {
    signal.throwIfAborted();
    const parts: BlobPart[] = [];
    for await (const chunk of chunks) parts.push(chunk as Uint8Array<ArrayBuffer>);
    files.push({ path, file: new File(parts, path) });
  }
  return files;
}
