import type { ItemId, ProjectId } from '#core/model/ids';
import { itemId } from '#core/model/item';
import type { Role } from '#core/model/project';
import { invite } from '#workers/project/people/invites';
import { join } from '#workers/project/people/join';
import type { Session } from '#workers/project/session';
import { Device, value } from './devices';

const textOf = (item: number): string => `text ${item}`;
/** The id of the team's n-th item. */
export const itemOf = (item: number): ItemId => itemId({ kind: 'text', text: textOf(item) });
const NEVER = 4e12;

/** A project on several devices: the founder's first, then of those who joined by one invite. Nobody has met anybody yet. */
export interface Team {
  readonly id: ProjectId;
  readonly devices: readonly Device[];
  /** Of each device the session that is open; the caller puts in what they open. */
  readonly sessions: Session[];
}

export async function team(guests: number, role: Exclude<Role, 'owner'> = 'annotator', items = 8): Promise<Team> {
  const founder = new Device();
  const id = await founder.found(Array.from({ length: items }, (_, item) => textOf(item)));
  const first = await founder.open(id);
  const invitation = value(await invite(first, { role, expires: NEVER, note: '' }));
  const team = { id, devices: [founder], sessions: [first] };
  for (let n = 1; n <= guests; n++) {
    const device = new Device();
    const library = device.use();
    const joined = await join({ library, open: () => Promise.reject(new Error('new here')) }, invitation, `Guest ${n}`);
    value(joined);
    team.devices.push(device);
    team.sessions.push(await device.open(id));
  }
  return team;
}

/** Labels an item; gives the error's code, '' where it was saved. */
export async function label(session: Session, item: number, choice: string): Promise<string> {
  const submission = { item: itemOf(item), values: { label: [choice] }, note: '', leadMs: 1, from: 'person' } as const;
  const saved = await session.submit(submission);
  return saved.ok ? '' : saved.error.code;
}

/** Gives the others the items of the first: chunks travel by a way of their own. */
export async function shareItems([first, ...others]: readonly Session[]): Promise<void> {
  const chunks = await first!.store.chunks.toArray();
  for (const { store, projection } of others) {
    await store.keep({ chunks });
    for (const { hash, items } of first!.projection.chunks)
      projection.addChunk(
        hash,
        Array.from(items, (item) => first!.projection.id(item)),
      );
  }
}

/** What counts as an item's label on a device; undefined for nothing. */
export function labelOf({ projection }: Session, item: number): unknown {
  const ref = projection.label(projection.find(itemOf(item)));
  return ref === 0 ? undefined : projection.pool.read(ref)['label']?.[0];
}
