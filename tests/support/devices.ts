import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { encodeChunk } from '#core/model/chunk';
import { hashOf } from '#core/model/hash';
import type { ProjectId } from '#core/model/ids';
import { itemId, type ItemRecord } from '#core/model/item';
import { DEFAULT_SETTINGS, type Settings } from '#core/model/project';
import type { Result } from '#core/result';
import { ProjectStore } from '#io/storage/project-store';
import type { OpenedFile, ProjectNotice, SavedFile } from '#workers/project/api';
import { openProjectFile } from '#workers/project/files/open';
import { saveProjectFile } from '#workers/project/files/save';
import { Library } from '#workers/project/library';
import { Session } from '#workers/project/session';
import type { Task } from '#workers/project/tasks';
import { SCHEMA } from './schema';

export const idleTask = (signal = new AbortController().signal): Task => ({ signal, report: () => undefined });

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.path}: ${result.error.message}`);
  return result.value;
}

/** Authors' keys are drawn anew every time, and whose work a reviewer looks at with them. */
const NOBODY_REVIEWS: Partial<Settings> = { workflow: { ...DEFAULT_SETTINGS.workflow, review: 0 } };

/** A browser with a storage and an identity of its own. Work on one device at a time: {@link Device.use} switches. */
export class Device {
  readonly factory = new IDBFactory();
  readonly notices: ProjectNotice[] = [];
  readonly #library: Library;

  constructor() {
    this.#switch();
    this.#library = new Library();
  }

  /** Makes this device's storage the one that databases are opened in. */
  use(): Library {
    this.#switch();
    return this.#library;
  }

  #switch(): void {
    Dexie.dependencies.indexedDB = this.factory;
    Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  }

  /** Founds a project of texts. */
  async found(texts: readonly string[], name = 'Birds'): Promise<ProjectId> {
    const id = value(await this.use().create({ name, founder: 'Ada', schema: SCHEMA, settings: NOBODY_REVIEWS }));
    const session = await this.open(id);
    await addItems(
      session,
      texts.map((text) => ({ data: { kind: 'text', text }, sources: [{ file: 'a.txt' }] })),
    );
    await session.close();
    return id;
  }

  async open(id: ProjectId): Promise<Session> {
    const library = this.use();
    const store = new ProjectStore(id);
    await store.beginEpoch();
    return Session.open(id, store, await library.signer(), (notice) => this.notices.push(notice));
  }

  /** Works on a project as long as it is open. */
  async with<T>(id: ProjectId, work: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.open(id);
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  }

  async save(id: ProjectId, blobs: 'all' | 'none' = 'all'): Promise<SavedFile> {
    return this.with(id, async (session) => value(await saveProjectFile(session, idleTask(), blobs)));
  }

  take(file: Blob, session: Session | null = null, task = idleTask()): Promise<Result<OpenedFile>> {
    const library = this.use();
    const acquire = () => Promise.resolve({ release: () => undefined });
    return openProjectFile({ library, session, acquire }, task, new File([file], 'a.concord'), session?.id ?? null);
  }
}

/** Adds one chunk of items. */
export async function addItems(session: Session, records: readonly ItemRecord[], blobs: readonly Blob[] = []) {
  const bytes = encodeChunk(records);
  const chunk = hashOf(bytes);
  const stored = await Promise.all(
    blobs.map(async (blob) => ({ hash: hashOf(new Uint8Array(await blob.arrayBuffer())), blob, thumbnail: null })),
  );
  const event = { type: 'items.added', chunk, count: records.length } as const;
  value(await session.append(() => [event], { chunks: [{ hash: chunk, bytes }], blobs: stored }));
  session.projection.addChunk(
    chunk,
    records.map(({ data }) => itemId(data)),
  );
}
