import { activityKind, type ActivityKind } from '#core/log/activity';
import { activityWords, foldedWords, type ActivityWords } from '#core/log/activity-words';
import { commitHash, verifySignature } from '#core/log/commit';
import { isItemEvent, type LogEvent } from '#core/log/events';
import { toBase32 } from '#core/model/base32';
import type { ItemId } from '#core/model/ids';
import { itemName } from '#core/model/item';
import { verify } from '#io/keys';
import type { ActivityEntry } from '../api';
import type { Session } from '../session';
import type { WalkedCommit } from './walked';

/** Letters of the id of an item that has no name here. */
const ID_SHOWN = 8;

/** An event, or several of one type that follow each other in a commit, with the place of the first. */
interface Group {
  readonly event: LogEvent;
  readonly index: number;
  readonly events: number;
}

/** A line before it is looked up who and what it names. */
export interface Line extends Group {
  readonly walked: WalkedCommit;
  readonly kind: ActivityKind;
}

/** The events of a commit as lines, in order, those of one type that follow each other as one. */
export function foldedLines(walked: WalkedCommit): Line[] {
  const groups: Group[] = [];
  for (const [index, event] of walked.commit.events.entries()) {
    const last = groups.at(-1);
    if (last && isItemEvent(event) && last.event.type === event.type)
      groups[groups.length - 1] = { ...last, events: last.events + 1 };
    else groups.push({ event, index, events: 1 });
  }
  return groups.map((group) => ({ ...group, walked, kind: activityKind(group.event) }));
}

/** Each event of a commit as a line of its own, in order. */
export const singleLines = (walked: WalkedCommit): Line[] =>
  walked.commit.events.map((event, index) => ({ event, index, events: 1, walked, kind: activityKind(event) }));

/** Puts lines into words and checks the signatures of their commits. */
export async function entriesOf(session: Session, lines: readonly Line[]): Promise<ActivityEntry[]> {
  const names = await itemNames(
    session,
    lines.flatMap(({ event, events }) => (events === 1 && isItemEvent(event) ? [event.item] : [])),
  );
  const signed = await signedOf(lines.map(({ walked }) => walked));
  const { projection } = session;
  return lines.map(({ walked, event, index, events, kind }): ActivityEntry => {
    const { author, commit } = walked;
    const id = events === 1 && isItemEvent(event) ? event.item : null;
    const { hash, isSigned } = signed.get(walked)!;
    return {
      ...{ author, authorName: projection.name(author), index, events, kind },
      ...{ lamport: commit.lamport, seq: commit.seq, time: commit.time, commit: hash, isSigned },
      words: wordsOf(session, { author, event, events }),
      item: id === null ? null : { id, name: names.get(id) ?? `${id.slice(0, ID_SHOWN)}…` },
      isSnapshot: event.type === 'snapshot.taken',
      standing: projection.eventStanding(author, commit.seq, event),
    };
  });
}

function wordsOf(
  { projection }: Session,
  { author, event, events }: { readonly author: string; readonly event: LogEvent; readonly events: number },
): ActivityWords {
  if (events > 1 && isItemEvent(event)) return foldedWords(event.type, events);
  return activityWords(event, { author, schema: projection.schema, name: (of) => projection.name(of) });
}

/** Names of the items that the project has. */
async function itemNames({ projection, reader }: Session, ids: readonly ItemId[]): Promise<Map<ItemId, string>> {
  const items = [...new Set(ids)].map((id) => projection.find(id)).filter((item) => item >= 0);
  const names = new Map<ItemId, string>();
  for await (const batch of reader.records(items)) {
    for (const { item, record } of batch) names.set(projection.id(item), itemName(record));
  }
  return names;
}

async function signedOf(commits: readonly WalkedCommit[]) {
  const checked = [...new Set(commits)].map(async (walked) => {
    const signature = await verifySignature(walked.author, walked.commit, verify);
    return [walked, { hash: toBase32(commitHash(walked.bytes)), isSigned: signature.ok }] as const;
  });
  return new Map(await Promise.all(checked));
}
