import { fault } from '#core/errors';
import { safeName } from '#core/formats/safe-names';
import { EXTENSION } from '#core/project-file/extension';
import { writeProjectFile, type ProjectFileSource } from '#core/project-file/write';
import { err, ok, type Result } from '#core/result';
import { blobEntry } from '#io/files/blob-entry';
import { writeZip } from '#io/files/zip-writer';
import type { ProjectStore } from '#io/storage/project-store';
import type { SavedFile } from '../api';
import { ImageSurvey } from '../peers/image-survey';
import type { Session } from '../session';
import type { Task } from '../tasks';

/** Writes the project as it is now into one file. That the browser was handed it is remembered later, see `in-file.ts`. */
export async function saveProjectFile(session: Session, task: Task, blobs: 'all' | 'none'): Promise<Result<SavedFile>> {
  await session.idle();
  const { store, projection } = session;
  const heads = await store.heads.toArray();
  const commits = Object.fromEntries(heads.map(({ author, length }) => [author, length]));
  const savedAt = Date.now();
  const { name } = projection.settings;
  const length = heads.reduce((sum, head) => sum + head.length, 0);
  const total = length + (await contentCount(store, blobs));
  let done = 0;
  const count = (more: number) => {
    task.signal.throwIfAborted();
    task.report((done += more), total, name);
  };
  const source: ProjectFileSource = {
    manifest: { project: session.id, name, savedAt, commits, blobs },
    async *commits(author) {
      for await (const stored of store.log(author, 0, commits[author] ?? 0)) {
        count(stored.length);
        yield stored.map(({ bytes }) => bytes);
      }
    },
    async *chunks() {
      for await (const hashes of store.hashes('chunks')) {
        for (const hash of hashes) {
          count(1);
          const bytes = await store.chunk(hash);
          if (bytes) yield { hash, bytes };
        }
      }
    },
    async *blobs() {
      for await (const hashes of store.hashes('blobs')) {
        for (const hash of hashes) {
          count(1);
          const blob = await store.blob(hash);
          if (blob) yield { hash, file: blobEntry(hash, blob) };
        }
      }
    },
  };
  try {
    const zip = await writeZip(task.signal, writeProjectFile(source), () => undefined, { seal: 'sealed' });
    if (!zip.ok) return zip;
    const content = { savedAt, blobs, commits: length };
    const absent = blobs === 'all' ? await absentImages(session) : 0;
    return ok({ name: `${safeName(name)}${EXTENSION}`, blob: zip.value, absent, content });
  } catch (error) {
    if (task.signal.aborted) return err(fault('cancelled', ''));
    throw error;
  }
}

/** How many of the project's images are not here to be saved. */
async function absentImages(session: Session): Promise<number> {
  const survey = new ImageSurvey(session);
  while (await survey.count());
  return survey.missing;
}

async function contentCount(store: ProjectStore, blobs: 'all' | 'none'): Promise<number> {
  return (await store.chunks.count()) + (blobs === 'all' ? await store.blobs.count() : 0);
}
