import { fault } from '#core/errors';
import { safeName } from '#core/formats/safe-names';
import { commitHash } from '#core/log/commit';
import { wireEvent } from '#core/log/event-schemas';
import type { AuthorId } from '#core/model/ids';
import { toBase32 } from '#core/model/base32';
import type { Projection } from '#core/projection/projection';
import { err, ok, type Result } from '#core/result';
import { BlobParts } from '#io/files/blob-parts';
import type { ProjectStore } from '#io/storage/project-store';
import type { Session } from '../session';
import type { Task } from '../tasks';
import { asIsoTime, asJson } from './as-json';
import { merged } from './merged';
import { compareWalked, walkedCommit, type WalkedCommit } from './walked';

/** Letters of JSON that are turned into bytes at once. */
const PIECE = 1 << 20;

/**
 * The audit trail as JSON Lines: one line for each event of every log that is stored here, in canonical order, whether it counts
 * or not, with all that it says. The commit's hash and number lead to its signature in a project file.
 *
 * @returns `cancelled`
 */
export async function exportActivity(session: Session, task: Task): Promise<Result<{ name: string; blob: Blob }>> {
  await session.idle();
  const { store, projection } = session;
  const heads = await store.heads.toArray();
  const total = heads.reduce((sum, { length }) => sum + length, 0);
  const { name } = projection.settings;
  const parts = new BlobParts();
  const encoder = new TextEncoder();
  let text = '';
  let done = 0;
  const logs = heads.map(({ author, length }) => forwards(store, author, length));
  for await (const walked of merged(logs, (a, b) => compareWalked(a, b) < 0)) {
    if (task.signal.aborted) return err(fault('cancelled', ''));
    text += linesOf(walked, projection);
    task.report(++done, total, name);
    if (text.length < PIECE) continue;
    parts.push(encoder.encode(text));
    text = '';
  }
  parts.push(encoder.encode(text));
  return ok({ name: `${safeName(name)}-activity.jsonl`, blob: parts.blob('application/jsonl') });
}

function linesOf({ author, commit, bytes }: WalkedCommit, projection: Projection): string {
  const { seq, lamport } = commit;
  const hash = toBase32(commitHash(bytes));
  const time = asIsoTime(commit.time);
  const name = projection.name(author);
  const lines = commit.events.map((event, index) => {
    const { type, ...content } = wireEvent(event) as { readonly type: string };
    const standing = projection.eventStanding(author, seq, event);
    return JSON.stringify({
      ...{ time, author, name, type, event: asJson(content), standing },
      ...{ seq, index, lamport, commit: hash },
    });
  });
  return lines.map((line) => `${line}\n`).join('');
}

async function* forwards(store: ProjectStore, author: AuthorId, length: number): AsyncGenerator<WalkedCommit, void> {
  for await (const commits of store.log(author, 0, length)) for (const commit of commits) yield walkedCommit(commit);
}
