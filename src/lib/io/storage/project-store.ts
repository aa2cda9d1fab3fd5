import { Dexie, type EntityTable, type Table } from 'dexie';
import { fault } from '#core/errors';
import type { ForkEvidence, LogHead } from '#core/log/chain';
import type { Draft } from '#core/model/annotation';
import type { AuthorId, Hash, ItemId, ProjectId } from '#core/model/ids';
import type { Role } from '#core/model/project';
import type { Credential } from '#core/peers/invitation';
import { err, ok, type Result } from '#core/result';
import { storageFault } from './storage-fault';

export interface StoredCommit {
  readonly author: AuthorId;
  readonly seq: number;
  /** Canonical bytes. */
  readonly bytes: Uint8Array;
}

/**
 * Consecutive commits of one author, at the place of the first. A gesture is one record; what comes many at once comes in
 * runs, because a record costs the browser 0.1 ms, whatever is in it.
 */
interface StoredRun {
  readonly author: AuthorId;
  readonly seq: number;
  /** Canonical bytes of each. */
  readonly commits: readonly Uint8Array[];
}

/** Commits of one run: as many as a reader takes at once. */
export const RUN_COMMITS = 1_000;
export const RUN_BYTES = 4 << 20;

/** Commits that continue an author's log. */
export interface LogPart {
  /** Where the log ends without them, and with them. */
  readonly before: LogHead;
  readonly after: LogHead;
  /** Canonical bytes of each. */
  readonly commits: readonly Uint8Array[];
}

/** What travels with commits into one transaction: all of it is stored, or none. */
export interface Attachments {
  readonly chunks?: readonly { readonly hash: Hash; readonly bytes: Uint8Array }[];
  readonly blobs?: readonly StoredBlob[];
  /** Drafts that the commits make obsolete. */
  readonly settledDrafts?: readonly ItemId[];
  /** Proofs that came with them. */
  readonly forks?: readonly ForkEvidence[];
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
  /** The project file saved last: when, whether with images, and how many commits of all logs were in it. */
  inFile: { readonly savedAt: number; readonly blobs: 'all' | 'none'; readonly commits: number };
  /** What this author shows to peers who do not know them; of those who joined by an invite. */
  credential: Credential;
  /** What the invite said that this author joined by: stands in for the project's settings until they are here. */
  invitation: {
    readonly projectName: string;
    readonly inviterName: string;
    readonly role: Role;
    readonly servers: readonly string[];
  };
  /** Commits that this author made here before the project was deleted from this device; they come back from others. */
  ownLength: number;
  /** How many of this author's commits other authors' devices hold, as they said when last met. */
  holders: Readonly<Record<AuthorId, number>>;
  /** Private halves of the invites that were issued here, 32 bytes each, by the base32 of the public half. */
  invites: Readonly<Record<string, Uint8Array>>;
  /** Bytes of blobs from peers above which the least recently used give way. */
  blobBudget: number;
}

/** Keys or records read at once. */
const PAGE = 2_000;

/** One project's database. The commits are its durable truth; the checkpoint only saves time. */
export class ProjectStore extends Dexie {
  declare readonly commits: Table<StoredCommit, [AuthorId, number]>;
  declare readonly runs: Table<StoredRun, [AuthorId, number]>;
  declare readonly heads: Table<LogHead, AuthorId>;
  /** Proofs that an author told two stories. */
  declare readonly forks: Table<ForkEvidence, [AuthorId, number]>;
  declare readonly chunks: EntityTable<{ hash: Hash; bytes: Uint8Array }, 'hash'>;
  declare readonly blobs: EntityTable<{ hash: Hash; blob: Blob }, 'hash'>;
  declare readonly thumbnails: EntityTable<{ hash: Hash; blob: Blob }, 'hash'>;
  /** Blobs that came from peers: only these may give way. */
  declare readonly fetched: EntityTable<{ hash: Hash; size: number; usedAt: number }, 'hash'>;
  declare readonly drafts: EntityTable<{ item: ItemId; draft: Draft }, 'item'>;
  /** The parts of the last checkpoint. */
  declare readonly checkpoints: EntityTable<{ id: string; checkpoint: unknown }, 'id'>;
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
    this.version(2).stores({ runs: '[author+seq]', forks: '[author+seq]' });
    this.version(3).stores({ fetched: 'hash, usedAt' });
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
   * Appends commits to logs, each author's at most once, durably: all of it or nothing.
   *
   * @returns `project.moved` when another session took over, or appended first; `storage.full`, `storage.failed`.
   */
  async append(parts: readonly LogPart[], attachments: Attachments = {}): Promise<Result<null>> {
    const { chunks = [], blobs = [], settledDrafts = [], forks = [] } = attachments;
    const single = parts.filter(({ commits }) => commits.length === 1);
    const runs = parts.filter(({ commits }) => commits.length > 1).flatMap(asRuns);
    const tables = [
      this.commits,
      this.runs,
      this.heads,
      this.forks,
      this.local,
      this.chunks,
      this.blobs,
      this.thumbnails,
      this.fetched,
      this.drafts,
    ];
    try {
      return await this.transaction('rw', tables, async (): Promise<Result<null>> => {
        const authors = parts.map(({ before }) => before.author);
        const [epoch, heads] = await Promise.all([this.read('epoch'), this.heads.bulkGet(authors)]);
        const isContinued = parts.every(({ before }, at) => (heads[at]?.length ?? 0) === before.length);
        if ((epoch ?? 0) !== this.#epoch || !isContinued) return err(fault('project.moved', ''));
        const thumbnails = blobs.flatMap(({ hash, thumbnail }) => (thumbnail ? [{ hash, blob: thumbnail }] : []));
        await Promise.all([
          this.blobs.bulkPut(blobs.map(({ hash, blob }) => ({ hash, blob }))),
          this.thumbnails.bulkPut(thumbnails),
          this.own(blobs.map(({ hash }) => hash)),
          this.chunks.bulkPut([...chunks]),
          this.drafts.bulkDelete([...settledDrafts]),
          this.commits.bulkAdd(
            single.map(({ before, commits }) => ({ author: before.author, seq: before.length, bytes: commits[0]! })),
          ),
          this.runs.bulkAdd(runs),
          this.forks.bulkPut([...forks]),
          this.heads.bulkPut(parts.map(({ after }) => after)),
        ]);
        return ok(null);
      });
    } catch (error) {
      return err(storageFault(error, this.name));
    }
  }

  /**
   * Stores contents by their hashes, as this device's own; what is there already stays. Without commits that name them they change nothing, so
   * no epoch is asked for.
   *
   * @returns `storage.full`, `storage.failed`
   */
  async keep({ chunks = [], blobs = [] }: Pick<Attachments, 'chunks' | 'blobs'>): Promise<Result<null>> {
    try {
      await this.transaction('rw', [this.chunks, this.blobs, this.fetched], async () => {
        await this.chunks.bulkPut([...chunks]);
        await this.blobs.bulkPut(blobs.map(({ hash, blob }) => ({ hash, blob })));
        await this.own(blobs.map(({ hash }) => hash));
      });
      return ok(null);
    } catch (error) {
      return err(storageFault(error, this.name));
    }
  }

  /** @returns `storage.full`, `storage.failed` */
  async keepForks(forks: readonly ForkEvidence[]): Promise<Result<null>> {
    try {
      if (forks.length > 0) await this.forks.bulkPut([...forks]);
      return ok(null);
    } catch (error) {
      return err(storageFault(error, this.name));
    }
  }

  /** These blobs were imported here, whoever gave them before: they never give way. */
  async own(blobs: readonly Hash[]): Promise<void> {
    if (blobs.length > 0) await this.fetched.bulkDelete([...blobs]);
  }

  /** Which of these contents are stored. */
  async has(kind: 'chunks' | 'blobs', hashes: readonly Hash[]): Promise<ReadonlySet<Hash>> {
    return new Set(await this[kind].where('hash').anyOf(hashes).primaryKeys());
  }

  /** All hashes, a page at a time, in ascending order. */
  async *hashes(kind: 'chunks' | 'blobs'): AsyncGenerator<readonly Hash[]> {
    let after: Hash = '';
    for (;;) {
      const page = await this[kind].where('hash').above(after).limit(PAGE).primaryKeys();
      if (page.length === 0) return;
      yield page;
      after = page.at(-1)!;
    }
  }

  /** The bytes of a chunk; undefined where they are not on this device. */
  async chunk(hash: Hash): Promise<Uint8Array | undefined> {
    return (await this.chunks.get(hash))?.bytes;
  }

  async blob(hash: Hash): Promise<Blob | null> {
    return (await this.blobs.get(hash))?.blob ?? null;
  }

  /** An author's commits from `from` up to `to`, in order, in lists of at most 2,000. */
  async *log(author: AuthorId, from: number, to: number): AsyncGenerator<readonly StoredCommit[]> {
    for (let seq = from; seq < to;) {
      const commits = await this.commitsFrom(author, seq, Math.min(PAGE, to - seq));
      if (commits.length === 0) throw new Error(`the log of ${author} ends before its head`);
      yield commits;
      seq += commits.length;
    }
  }

  /** An author's commits from `seq` on, in order, at most `limit` of them; at least one where there is one. */
  commitsFrom(author: AuthorId, seq: number, limit: number): Promise<StoredCommit[]> {
    // In one transaction: commits may be moved from one table to the other.
    return this.transaction('r', [this.runs, this.commits], () => this.#commitsFrom(author, seq, limit));
  }

  async #commitsFrom(author: AuthorId, seq: number, limit: number): Promise<StoredCommit[]> {
    const run = await this.runs.where('[author+seq]').between([author, 0], [author, seq], true, true).last();
    if (run && seq < run.seq + run.commits.length) {
      const commits = run.commits.slice(seq - run.seq, seq - run.seq + limit);
      return commits.map((bytes, at) => ({ author, seq: seq + at, bytes }));
    }
    const single = this.commits.where('[author+seq]').between([author, seq], [author, Infinity]);
    const commits = await single.limit(limit).toArray();
    // Where a number is missing, a run goes on.
    const gap = commits.findIndex((commit, at) => commit.seq !== seq + at);
    return gap < 0 ? commits : commits.slice(0, gap);
  }

  async read<K extends keyof Local>(key: K): Promise<Local[K] | undefined> {
    return (await this.local.get(key))?.value as Local[K] | undefined;
  }

  async write<K extends keyof Local>(key: K, value: Local[K]): Promise<void> {
    await this.local.put({ key, value });
  }

  /** Keeps the private half of an invite; `invite`: the public half in base32. */
  async keepInvite(invite: string, seed: Uint8Array): Promise<void> {
    await this.transaction('rw', this.local, async () => {
      await this.write('invites', { ...(await this.read('invites')), [invite]: seed });
    });
  }

  async forgetInvite(invite: string): Promise<void> {
    await this.transaction('rw', this.local, async () => {
      const { [invite]: _, ...rest } = (await this.read('invites')) ?? {};
      await this.write('invites', rest);
    });
  }

  async forget(key: keyof Local): Promise<void> {
    await this.local.delete(key);
  }
}

/** Cut into runs of a bounded size. */
function asRuns({ before, commits }: LogPart): StoredRun[] {
  const { author } = before;
  const runs: { author: AuthorId; seq: number; commits: Uint8Array[] }[] = [];
  let bytes = 0;
  for (const [at, commit] of commits.entries()) {
    const run = runs.at(-1);
    bytes += commit.length;
    if (run && run.commits.length < RUN_COMMITS && bytes <= RUN_BYTES) run.commits.push(commit);
    else {
      runs.push({ author, seq: before.length + at, commits: [commit] });
      bytes = commit.length;
    }
  }
  return runs;
}
