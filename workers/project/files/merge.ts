import { fault } from '#core/errors';
import { emptyLog, type ForkEvidence, type LogHead } from '#core/log/chain';
import { commitHash, equalBytes } from '#core/log/commit';
import { clientOf } from '#core/log/gate';
import { toBase32 } from '#core/model/base32';
import type { AuthorId } from '#core/model/ids';
import type { ProjectFile } from '#core/project-file/read';
import { ReadFailure } from '#core/read-failure';
import { err, ok, type Result } from '#core/result';
import { verify } from '#io/keys';
import type { ProjectStore } from '#io/storage/project-store';
import type { Session } from '../session';
import type { Task } from '../tasks';
import { ContentsStorer } from './contents';
import { judgeLog, type JudgedLog, type KnownLog } from './judge-log';

/** Decoded commits that are held between judging and applying, about 1 kB each; of longer logs the rest is decoded again. */
const HELD_COMMITS = 150_000;

export interface Merged {
  /** Commits that were new. */
  readonly commits: number;
  /** Chunks and blobs that were. */
  readonly contents: number;
  /** Bytes of these blobs. */
  readonly storedBytes: number;
  readonly forked: readonly AuthorId[];
}

/**
 * Merges a project file into an open project. Everything is judged before anything is stored. Then come the contents,
 * which are harmless by themselves, and last the commits: wherever this ends, merging the file again goes on from there.
 *
 * @param onProgress told which share of the contents is stored, 0 to 1
 * @returns what is wrong with the file, or what storing says: `storage.…`, `project.moved`; then nothing of it stays, but the
 *   commits that were stored before the disk was full
 */
export async function mergeProjectFile(
  session: Session,
  task: Task,
  name: string,
  file: ProjectFile,
  onProgress: (share: number) => void,
): Promise<Result<Merged>> {
  const { store } = session;
  const total = sizeOf(file);
  let done = 0;
  const contents = new ContentsStorer(store, name, (bytes) => {
    task.signal.throwIfAborted();
    done += bytes;
    onProgress(done / total);
  });
  let judged: JudgedLog[];
  try {
    await session.idle();
    const logs = await judgeLogs(session, task, name, file);
    if (!logs.ok) return logs;
    const stored = await contents.run(file);
    if (!stored.ok) {
      await contents.undo();
      return stored;
    }
    judged = logs.value;
  } catch (error) {
    await contents.undo();
    if (task.signal.aborted) return err(fault('cancelled', ''));
    if (error instanceof ReadFailure) return err(error.error);
    throw error;
  }
  const held = new Map(judged.map((log) => [log.author, { from: log.before.length, commits: log.held }]));
  return session.takeIn(async () => {
    let commits = 0;
    const forks: ForkEvidence[] = [];
    for (const earlier of judged) {
      // This author may have gone on since the file was judged; from here on, nobody does.
      const log = await upToDate(store, file, earlier);
      if (!log.ok) return log;
      if (log.value !== earlier) held.delete(earlier.author);
      if (log.value.fork) forks.push(log.value.fork);
      const appended = await append(task, store, file, log.value);
      if (!appended.ok) return appended;
      commits += appended.value;
    }
    const kept = await store.keepForks(forks);
    if (!kept.ok) return kept;
    const { added, storedBytes } = contents;
    return ok({ commits, contents: added, storedBytes, forked: forks.map(({ author }) => author) });
  }, held);
}

/** Judges all logs; the founding commit must be in one of them or here already. */
async function judgeLogs(
  { id, store }: Session,
  task: Task,
  name: string,
  file: ProjectFile,
): Promise<Result<JudgedLog[]>> {
  const heads = new Map((await store.heads.toArray()).map((head) => [head.author, head]));
  const clients = new Map([...heads.keys()].map((author) => [clientOf(author), author]));
  const judged: JudgedLog[] = [];
  let room = HELD_COMMITS;
  for (const author of file.authors) {
    task.signal.throwIfAborted();
    const client = clientOf(author);
    if ((clients.get(client) ?? author) !== author) return err(fault('commit.signature', `${name}, ${author}`));
    clients.set(client, author);
    const known = knownLog(store, heads.get(author) ?? emptyLog(id, author));
    const log = await judgeLog(file, author, known, verify, room);
    if (!log.ok) return err({ ...log.error, path: `${name}, ${log.error.path}` });
    judged.push(log.value);
    room -= log.value.held.length;
  }
  if (heads.size === 0 && !judged.some(({ first }) => toBase32(first) === id)) {
    return err(fault('project-file.invalid', name, { reason: 'the commit that founded the project is not there' }));
  }
  return ok(judged);
}

async function upToDate(store: ProjectStore, file: ProjectFile, judged: JudgedLog): Promise<Result<JudgedLog>> {
  const { author, before } = judged;
  const head = (await store.heads.get(author)) ?? emptyLog(before.project, author);
  return head.length === before.length ? ok(judged) : judgeLog(file, author, knownLog(store, head), verify);
}

const knownLog = (store: ProjectStore, head: LogHead): KnownLog => ({
  head,
  commit: async (seq) => {
    const [commit] = await store.commitsFrom(head.author, seq, 1);
    if (!commit) throw new Error(`the log of ${head.author} ends before its head`);
    return commit.bytes;
  },
});

/** Stores what a judged log brings, a segment per transaction, each with the head that it leads to. */
async function append(
  task: Task,
  store: ProjectStore,
  file: ProjectFile,
  { author, before, after }: JudgedLog,
): Promise<Result<number>> {
  if (after.length === 0) return ok(0);
  const ahead = [...after];
  let head = before;
  let start = 0;
  for await (const { path, commits } of file.commits(author)) {
    const end = start + commits.length;
    const first = Math.max(start, head.length);
    const fresh = commits.slice(first - start);
    start = end;
    if (fresh.length === 0) continue;
    if (task.signal.aborted) return err(fault('cancelled', ''));
    const next = ahead.shift();
    if (next?.length !== end || !equalBytes(commitHash(fresh.at(-1)!), next.hash!)) {
      return err(fault('file.unreadable', path, { reason: 'it was changed while it was read' }));
    }
    const appended = await store.append([{ before: head, after: next, commits: fresh }]);
    if (!appended.ok) return appended;
    head = next;
  }
  return ok(head.length - before.length);
}

/** Bytes of the chunks and blobs, which are most of a large file. */
const sizeOf = ({ chunks, blobs }: ProjectFile): number =>
  [...chunks.values(), ...blobs.values()].reduce((sum, { size }) => sum + size, 0);
