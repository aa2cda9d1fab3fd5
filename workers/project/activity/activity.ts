import { activityKind, type ActivityKind } from '#core/log/activity';
import { compareFacts } from '#core/projection/control';
import type { AuthorId } from '#core/model/ids';
import { ok, type Result } from '#core/result';
import type { ActivityCursor, ActivityEntry, ActivityPage, ActivityRequest } from '../api';
import type { Session } from '../session';
import { entriesOf, foldedLines, singleLines, type Line } from './lines';
import { newestFirst } from './newest-first';
import { walkedCommit, type WalkedCommit } from './walked';

/** Bytes of commits that one page looks through: some thousand single labels, or five commits of a thousand. */
const LOOKED_THROUGH = 1 << 19;

/** Kinds whose events all are about the project as a whole: the projection has them at hand, wherever they stand in the logs. */
const CONTROL_KINDS: ReadonlySet<ActivityKind> = new Set<ActivityKind>(['items', 'people', 'project', 'models']);

/** Lines of what happened, newest first, from where a page before ended. */
export async function activity(
  session: Session,
  { after, count, author, kinds }: ActivityRequest,
): Promise<Result<ActivityPage>> {
  await session.idle();
  const lengths = await lengthsOf(session, after, author);
  const isWanted = (kind: ActivityKind): boolean => kinds.length === 0 || kinds.includes(kind);
  const isQuick = kinds.length > 0 && kinds.every((kind) => CONTROL_KINDS.has(kind));
  const commits = isQuick ? withControlEvents(session, lengths, isWanted) : newestFirst(session.store, lengths);
  const left = new Map(lengths);
  const lines: Line[] = [];
  let bytes = 0;
  for await (const walked of commits) {
    left.set(walked.author, walked.commit.seq);
    const found = foldedLines(walked).filter(({ kind }) => isWanted(kind));
    lines.push(...found.reverse());
    bytes += walked.bytes.length;
    if (lines.length < count && bytes < LOOKED_THROUGH) continue;
    const entries = await entriesOf(session, lines);
    return ok({ entries, next: Object.fromEntries(left), lookedBackTo: walked.commit.time });
  }
  return ok({ entries: await entriesOf(session, lines), next: null, lookedBackTo: null });
}

/** The events of one commit, each by itself, in order; none where the commit is not here. */
export async function activityOf(
  session: Session,
  author: AuthorId,
  seq: number,
): Promise<Result<readonly ActivityEntry[]>> {
  const walked = await commitAt(session, author, seq);
  return ok(walked ? await entriesOf(session, singleLines(walked)) : []);
}

/** How many commits of each log are still to be shown. */
async function lengthsOf(
  { store }: Session,
  after: ActivityCursor | null,
  author: AuthorId | null,
): Promise<ReadonlyMap<AuthorId, number>> {
  const lengths = after
    ? Object.entries(after)
    : (await store.heads.toArray()).map((head) => [head.author, head.length] as const);
  return new Map(lengths.filter(([of, length]) => length > 0 && (author === null || of === author)));
}

/** The commits that hold control events of the wanted kinds, the latest first; no other commit is read. */
async function* withControlEvents(
  session: Session,
  lengths: ReadonlyMap<AuthorId, number>,
  isWanted: (kind: ActivityKind) => boolean,
): AsyncGenerator<WalkedCommit> {
  const facts = session.projection.facts.filter(
    ({ author, seq, event }) => seq < (lengths.get(author) ?? 0) && isWanted(activityKind(event)),
  );
  facts.sort(compareFacts);
  let last: WalkedCommit | null = null;
  for (const { author, seq } of facts.reverse()) {
    if (last?.author === author && last.commit.seq === seq) continue;
    last = await commitAt(session, author, seq);
    if (last) yield last;
  }
}

async function commitAt({ store }: Session, author: AuthorId, seq: number): Promise<WalkedCommit | null> {
  const [stored] = await store.commitsFrom(author, seq, 1);
  return stored?.seq === seq ? walkedCommit(stored) : null;
}
