import { Dexie } from 'dexie';
import { emptyLog } from '#core/log/chain';
import type { Signer } from '#core/log/commit';
import { found } from '#core/log/founding';
import type { ProjectId } from '#core/model/ids';
import { ok, type Result } from '#core/result';
import type { EncryptionKey } from '#io/encryption-key';
import { createRecovery, randomBytes, signerOf } from '#io/keys';
import { LibraryStore, type LeftProject } from '#io/storage/library-store';
import { ProjectStore } from '#io/storage/project-store';
import type { NewProject, ProjectSummary } from './api';

/** The projects of this device and the identity that signs on it. */
export class Library {
  readonly #store = new LibraryStore();
  #signer: Promise<Signer> | null = null;

  /** This device's signer; its key is made on first use. */
  signer(): Promise<Signer> {
    this.#signer ??= this.#store.identity().then(signerOf);
    this.#signer.catch(() => (this.#signer = null));
    return this.#signer;
  }

  /** What others encrypt to this device with; made on first use. */
  encryptionKey(): Promise<EncryptionKey> {
    return this.#store.encryptionKey();
  }

  /** Most recently opened first. */
  async projects(): Promise<ProjectSummary[]> {
    const projects = await this.#store.projects.toArray();
    // What was opened by a clock that was ahead, and set back since, is no later than now.
    const now = Date.now();
    const opened = ({ openedAt }: ProjectSummary) => (openedAt > now ? -openedAt : openedAt);
    return projects.sort((a, b) => opened(b) - opened(a));
  }

  async has(id: ProjectId): Promise<boolean> {
    return (await this.#store.projects.get(id)) !== undefined;
  }

  /** Founds a project: its first commit, whose hash names it, says who owns it and what is asked. */
  async create({ name, founder, schema, settings }: NewProject): Promise<Result<ProjectId>> {
    const signer = await this.signer();
    const recovery = createRecovery();
    const time = Date.now();
    const founding = {
      name,
      founder,
      schema,
      settings: settings ?? {},
      recovery: recovery.publicKey,
      nonce: randomBytes(16),
      time,
    };
    const { project: id, bytes, head } = await found(founding, signer);
    const store = new ProjectStore(id);
    const stored = await store.append([{ before: emptyLog(id, head.author), after: head, commits: [bytes] }]);
    if (stored.ok) await store.write('recoveryCode', recovery.code);
    store.close();
    if (!stored.ok) {
      await Dexie.delete(store.name);
      return stored;
    }
    await this.note({ id, name, content: 'empty', items: 0, done: 0, bytes: 0, openedAt: time });
    return ok(id);
  }

  /** Keeps what the list of projects shows up to date. */
  async note(summary: ProjectSummary): Promise<void> {
    await this.#store.projects.put(summary);
  }

  async update(id: ProjectId, changes: Partial<Omit<ProjectSummary, 'id'>>): Promise<void> {
    await this.#store.projects.update(id, changes);
  }

  /** Notes that a project holds items of these kinds too, and so many bytes more. */
  async grow(id: ProjectId, kinds: ReadonlySet<'texts' | 'images'>, bytes: number): Promise<void> {
    const known = await this.#store.projects.get(id);
    if (!known) return;
    const all = new Set<string>([...kinds, known.content]);
    const isMixed = all.has('mixed') || (all.has('texts') && all.has('images'));
    const content = isMixed ? 'mixed' : all.has('texts') ? 'texts' : all.has('images') ? 'images' : 'empty';
    await this.update(id, { content, bytes: known.bytes + bytes });
  }

  /** Deletes the project from this device, with everything that is stored of it but where this author's log ended. */
  async remove(id: ProjectId): Promise<void> {
    const store = new ProjectStore(id);
    // One that cannot be read any more can be deleted nevertheless.
    await this.#noteLeft(id, store).catch(() => undefined);
    store.close();
    await this.#store.projects.delete(id);
    await Dexie.delete(store.name);
  }

  /** What this author had written in a project that was deleted from this device; null for others. */
  async left(id: ProjectId): Promise<LeftProject | null> {
    return (await this.#store.left.get(id)) ?? null;
  }

  /** The project's line in the list. */
  async summary(id: ProjectId): Promise<ProjectSummary | undefined> {
    return this.#store.projects.get(id);
  }

  async #noteLeft(id: ProjectId, store: ProjectStore): Promise<void> {
    const { author } = await this.signer();
    const length = (await store.heads.get(author))?.length ?? 0;
    const [first] = length > 0 ? await store.commitsFrom(author, 0, 1) : [];
    if (first) await this.#store.left.put({ id, first: first.bytes, length });
  }
}
