import { Dexie } from 'dexie';
import { fault, type ConcordError } from '#core/errors';
import type { ProjectId } from '#core/model/ids';
import { openProjectFile as listProjectFile, type ProjectFile } from '#core/project-file/read';
import { err, ok, type Result } from '#core/result';
import { checkSeal } from '#io/files/seal';
import { openZip } from '#io/files/zip-reader';
import { ProjectStore } from '#io/storage/project-store';
import type { OpenedFile } from '../api';
import type { Library } from '../library';
import { Session } from '../session';
import type { Task } from '../tasks';
import { mergeProjectFile, type Merged } from './merge';

/** Items that are looked at to tell whether a project is of images or of texts. */
const SAMPLED_ITEMS = 64;

/** What taking a file in needs of the worker. */
export interface Place {
  readonly library: Library;
  /** The project that is open in this worker; null for none. */
  readonly session: Session | null;
  /** Gets the right to write to a project that is not open here; null where it is not to be had. */
  acquire(id: ProjectId, onLost: () => Promise<void>): Promise<{ release(): void } | null>;
}

/** Takes a project file in; see the API. */
export async function openProjectFile(
  place: Place,
  task: Task,
  file: File,
  into: ProjectId | null,
): Promise<Result<OpenedFile>> {
  const listed = await list(task, file);
  if (!listed.ok) return listed;
  const { project: id, name } = listed.value.manifest;
  if (into !== null && id !== into) return err(fault('project-file.other', file.name, { name }));
  const merge = (session: Session) =>
    mergeProjectFile(session, task, file.name, listed.value, (share) => {
      task.report(file.size * (1 + share), 2 * file.size, file.name);
    });
  if (place.session?.id !== id) return addProject(place, id, merge);
  const merged = await merge(place.session);
  if (!merged.ok) return merged;
  await place.library.grow(id, await kindsOf(place.session), merged.value.storedBytes);
  return ok(describe(place.session, merged.value, { isNew: false }));
}

/** Merges into a project that is not open, or that this device does not have: then it is merged into nothing. */
async function addProject(
  place: Place,
  id: ProjectId,
  merge: (session: Session) => Promise<Result<Merged>>,
): Promise<Result<OpenedFile>> {
  const { library } = place;
  const store = new ProjectStore(id);
  let session: Session | null = null;
  const ownership = await place.acquire(id, async () => session?.close());
  if (!ownership) return err(fault('project.elsewhere', id));
  let isWorthKeeping = false;
  try {
    await store.beginEpoch();
    const isNew = (await store.heads.count()) === 0;
    isWorthKeeping = !isNew;
    session = await Session.open(id, store, await library.signer(), () => undefined);
    const merged = await merge(session);
    if (!merged.ok) return merged;
    if (isNew) await note(library, session, merged.value);
    else await library.grow(id, await kindsOf(session), merged.value.storedBytes);
    isWorthKeeping = true;
    return ok(describe(session, merged.value, { isNew }));
  } finally {
    await session?.close();
    store.close();
    // A project without a line in the list can neither be opened nor deleted.
    if (!isWorthKeeping) await Dexie.delete(store.name).catch(() => undefined);
    ownership.release();
  }
}

/** The files in a project file whose every byte is as it was saved. */
async function list(task: Task, file: File): Promise<Result<ProjectFile>> {
  try {
    const sealed = await checkSeal(task.signal, file, file.name, (bytes) => {
      task.report(bytes, 2 * file.size, file.name);
    });
    if (!sealed.ok) return sealed;
    const issues: ConcordError[] = [];
    const zip = await openZip(task.signal, file, { path: file.name, onIssue: (issue) => issues.push(issue) });
    if (!zip.ok) return zip;
    if (issues[0]) return err(issues[0]);
    const listed = await listProjectFile(zip.value);
    return listed.ok ? listed : err({ ...listed.error, path: `${file.name}/${listed.error.path}` });
  } catch (error) {
    if (task.signal.aborted) return err(fault('cancelled', ''));
    throw error;
  }
}

/** Puts a new project into the list; from then on it is there. */
async function note(library: Library, session: Session, { storedBytes }: Merged): Promise<void> {
  const { tally, settings } = session.projection;
  const { completed, skipped } = tally.statuses();
  const kinds = await kindsOf(session);
  const content = kinds.size === 2 ? 'mixed' : ([...kinds][0] ?? 'empty');
  const counts = { items: tally.items, done: completed + skipped, bytes: storedBytes };
  await library.note({ id: session.id, name: settings.name, content, ...counts, openedAt: Date.now() });
}

/** What the items are, by a sample. */
async function kindsOf({ projection, reader }: Session): Promise<Set<'texts' | 'images'>> {
  const { order } = projection;
  const step = Math.max(1, Math.floor(order.length / SAMPLED_ITEMS));
  const kinds = new Set<'texts' | 'images'>();
  for (let at = 0; at < order.length && kinds.size < 2; at += step) {
    const { data } = await reader.record(order[at]!);
    kinds.add(data.kind === 'text' ? 'texts' : 'images');
  }
  return kinds;
}

const describe = (
  { id, projection }: Session,
  { commits, contents, forked }: Merged,
  { isNew }: { readonly isNew: boolean },
): OpenedFile => ({ id, name: projection.settings.name, isNew, commits, contents, forked });
