import { fault } from '#core/errors';
import { writeProjectFile, type ProjectFileSource } from '#core/project-file/write';
import { EXTENSION } from '#core/project-file/layout';
import { err, ok, type Result } from '#core/result';
import { blobEntry } from '#io/files/blob-entry';
import { writeZip } from '#io/files/zip-writer';
import type { ProjectStore } from '#io/storage/project-store';
import type { ExportResult, InFile } from '../api';
import type { Session } from '../session';
import type { Task } from '../tasks';

/** Commits read at once. */
const BATCH = 2_000;

/** Writes the project as it is now into one file, and remembers when. */
export async function saveProjectFile(
  session: Session,
  task: Task,
  blobs: 'all' | 'none',
): Promise<Result<ExportResult>> {
  await session.idle();
  const { store, projection } = session;
  const heads = await store.heads.toArray();
  const commits = Object.fromEntries(heads.map(({ author, length }) => [author, length]));
  const savedAt = Date.now();
  const { name } = projection.settings;
  const source: ProjectFileSource = {
    manifest: { project: session.id, name, savedAt, commits, blobs },
    async *commits(author) {
      const length = commits[author] ?? 0;
      for (let seq = 0; seq < length; seq += BATCH) {
        const stored = await store.commitsFrom(author, seq, Math.min(BATCH, length - seq));
        yield stored.map(({ bytes }) => bytes);
      }
    },
    async *chunks() {
      for (const hash of await store.chunks.toCollection().primaryKeys()) {
        const bytes = await store.chunk(hash);
        if (bytes) yield { hash, bytes };
      }
    },
    async *blobs() {
      for (const hash of await store.blobs.toCollection().primaryKeys()) {
        const blob = await store.blob(hash);
        if (blob) yield { hash, file: blobEntry(hash, blob) };
      }
    },
  };
  try {
    const zip = await writeZip(task.signal, writeProjectFile(source), () => undefined);
    if (!zip.ok) return zip;
    await store.write('inFile', { savedAt, commits });
    return ok({ name: `${name}${EXTENSION}`, blob: zip.value, items: projection.tally.items });
  } catch (error) {
    if (task.signal.aborted) return err(fault('cancelled', ''));
    throw error;
  }
}

/** The project file that was saved last, and how many commits came since. */
export async function inFile(store: ProjectStore): Promise<InFile | null> {
  const saved = await store.read('inFile');
  if (!saved) return null;
  const heads = await store.heads.toArray();
  const since = heads.reduce((sum, { author, length }) => sum + length - (saved.commits[author] ?? 0), 0);
  return { savedAt: saved.savedAt, since };
}
