import { Dexie, type EntityTable, type Table } from 'dexie';
import { fault } from '#core/errors';
import type { LogHead } from '#core/log/chain';
import type { Draft } from '#core/model/annotation';
import type { AuthorId, Hash, ItemId, ProjectId } from '#core/model/ids';
import type { Checkpoint } from '#core/projection/projection';
import { err, ok, type Result } from '#core/result';
import { storageFault } from './storage-fault';

export interface StoredCommit {
  readonly author: AuthorId;
  readonly seq: number;
  /** Canonical bytes. */
  readonly bytes: Uint8Array;
}

/** What travels with commits into one transaction: all of it is stored, or none. */
export interface Attachments {
  readonly chunks?: readonly { readonly hash: Hash; readonly bytes: Uint8Array }[];
  readonly blobs?: readonly StoredBlob[];
  /** Drafts that the commits make obsolete. */
  readonly settledDrafts?: readonly ItemId[];
}

export interface StoredBlob {
  readonly hash: Hash;
  readonly blob: Blob;
  /** At most 160 pixels on its longer side; null where the browser could not make one. */
  readonly thumbnail: Blob | null;
}

/** Small facts about the project on this device, by key. */
interface Local {
  /** Counts the sessions that took the project over; a write under an older epoch is refused. */
  epoch: number;
  lastItem: ItemId;
  recoveryCode: string;
  /** The project file saved last: when, and how long each log was in it. */
  inFile: { readonly savedAt: number; readonly commits: Readonly<Record<AuthorId, number>> };
}

/** One project's database. The commits are its durable truth; the checkpoint only saves time. */
export class ProjectStore extends Dexie {
  declare readonly commits: Table<StoredCommit, [AuthorId, number]>;
  declare readonly heads: Table<LogHead, AuthorId>;
  declare readonly chunks: EntityTable<{ hash: Hash; bytes: Uint8Array }, 'hash'>;
  declare readonly blobs: EntityTable<{ hash: Hash; blob: Blob }, 'hash'>;
  declare readonly thumbnails: EntityTable<{ hash: Hash; blob: Blob }, 'hash'>;
  declare readonly drafts: EntityTable<{ item: ItemId; draft: Draft }, 'item'>;
  declare readonly checkpoints: EntityTable<{ id: 'projection'; checkpoint: Checkpoint }, 'id'>;
  declare readonly local: Table<{ key: string; value: unknown }, string>;
  #epoch = 0;

  constructor(id: ProjectId) {
    // Strict: a label shown as saved survives the power cord.
    super(`concord-${id}`, { chromeTransactionDurability: 'strict' });
    this.version(1).stores({
      commits: '[author+seq]',
      heads: 'author',
      chunks: 'hash',
      blobs: 'hash',
      thumbnails: 'hash',
      drafts: 'item',
      checkpoints: 'id',
      local: 'key',
    });
  }

  /**
   * Makes this session the only one that may write, whatever others still believe. On a full disk it cannot, and opens
   * nevertheless: the lock keeps others away, and what is there can be read and exported.
   */
  async beginEpoch(): Promise<void> {
    const former = (await this.read('epoch')) ?? 0;
    this.#epoch = former + 1;
    await this.write('epoch', this.#epoch).catch(() => (this.#epoch = former));
  }

  /**
   * Appends commits to one author's log, durably.
   *
   * @param before the log's end that the commits continue
   * @returns `project.moved` when another session took over, or appended first; `storage.full`, `storage.failed`.
   */
  async append(
    before: LogHead,
    commits: readonly StoredCommit[],
    after: LogHead,
    attachments: Attachments = {},
  ): Promise<Result<null>> {
    const { chunks = [], blobs = [], settledDrafts = [] } = attachments;
    const tables = [this.commits, this.heads, this.local, this.chunks, this.blobs, this.thumbnails, this.drafts];
    try {
      return await this.transaction('rw', tables, async (): Promise<Result<null>> => {
        const [epoch, head] = await Promise.all([this.read('epoch'), this.heads.get(after.author)]);
        if ((epoch ?? 0) !== this.#epoch || (head?.length ?? 0) !== before.length) {
          return err(fault('project.moved', ''));
        }
        const thumbnails = blobs.flatMap(({ hash, thumbnail }) => (thumbnail ? [{ hash, blob: thumbnail }] : []));
        await Promise.all([
          this.blobs.bulkPut(blobs.map(({ hash, blob }) => ({ hash, blob }))),
          this.thumbnails.bulkPut(thumbnails),
          this.chunks.bulkPut([...chunks]),
          this.drafts.bulkDelete([...settledDrafts]),
          this.commits.bulkAdd([...commits]),
          this.heads.put(after),
        ]);
        return ok(null);
      });
    } catch (error) {
      return err(storageFault(error, this.name));
    }
  }

  /** The bytes of a chunk; undefined where they are not on this device. */
  async chunk(hash: Hash): Promise<Uint8Array | undefined> {
    return (await this.chunks.get(hash))?.bytes;
  }

  async blob(hash: Hash): Promise<Blob | null> {
    return (await this.blobs.get(hash))?.blob ?? null;
  }

  /** An author's commits from `seq` on, in order, at most `limit` of them. */
  commitsFrom(author: AuthorId, seq: number, limit: number): Promise<StoredCommit[]> {
    return this.commits.where('[author+seq]').between([author, seq], [author, Infinity]).limit(limit).toArray();
  }

  async read<K extends keyof Local>(key: K): Promise<Local[K] | undefined> {
    return (await this.local.get(key))?.value as Local[K] | undefined;
  }

  async write<K extends keyof Local>(key: K, value: Local[K]): Promise<void> {
    await this.local.put({ key, value });
  }

  async forget(key: keyof Local): Promise<void> {
    await this.local.delete(key);
  }
}
