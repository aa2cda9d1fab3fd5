import { fault } from '#core/errors';
import { publicKeyOf } from '#core/log/commit';
import { MAX_NOTE } from '#core/log/event-schemas';
import type { ControlEvent } from '#core/log/events';
import { toBase32 } from '#core/model/base32';
import type { AuthorId } from '#core/model/ids';
import { certify } from '#core/peers/credential';
import type { Invitation } from '#core/peers/invitation';
import type { Projection } from '#core/projection/projection';
import { err, ok, type Result } from '#core/result';
import { randomBytes, seedSigner } from '#io/keys';
import type { Invite, InviteId, NewInvite } from '../api';
import type { Session } from '../session';

type Issued = Extract<ControlEvent, { type: 'invite.issued' }>;

/** Characters that the addresses of signaling servers may take in a link: its QR code has to be read by a phone. */
const MAX_SERVERS = 500;

/** The invites of the project, newest first; those that were issued here with what their links hold. */
export async function invitesOf(session: Session): Promise<Invite[]> {
  const { projection } = session;
  const seeds = (await session.store.read('invites')) ?? {};
  const joined = joinedBy(projection);
  const withdrawn = withdrawnFrom(projection);
  const now = Date.now();
  const invites = new Map<InviteId, Invite>();
  for (const fact of projection.facts) {
    const { event } = fact;
    if (event.type !== 'invite.issued' || !projection.counts(fact)) continue;
    const id = toBase32(event.invite);
    const state = withdrawn.has(id) ? 'withdrawn' : event.expires < now ? 'expired' : 'open';
    const seed = state === 'open' && fact.author === session.author ? seeds[id] : undefined;
    invites.set(id, {
      ...{ id, role: event.role, note: event.note, issuedAt: fact.time, expires: event.expires, state },
      joined: joined.get(id) ?? [],
      invitation: seed ? await invitationOf(session, event, seed) : null,
    });
  }
  return [...invites.values()].reverse();
}

/**
 * Issues an invite. The private half of its key stays on this device, so that the link can be shown again.
 *
 * @returns `role.lacking`, `text.too-long`
 */
export async function invite(session: Session, { role, expires, note }: NewInvite): Promise<Result<Invitation>> {
  if (note.length > MAX_NOTE) return err(fault('text.too-long', 'note', { limit: MAX_NOTE }));
  const seed = randomBytes(32);
  const { author: id } = seedSigner(seed);
  const event: Issued = { type: 'invite.issued', invite: publicKeyOf(id)!, role, expires, note };
  // First, because an invite without its private half is good for nothing.
  await session.store.keepInvite(id, seed);
  const issued = await session.append(() => [event]);
  if (!issued.ok) {
    await session.store.forgetInvite(id);
    return issued;
  }
  session.tell();
  return ok(await invitationOf(session, event, seed));
}

/**
 * Withdraws an invite: of those who join by it, only those who are known here to have done so stay members.
 *
 * @returns `invite.unknown`, `role.lacking`
 */
export async function withdrawInvite(session: Session, id: InviteId): Promise<Result<null>> {
  const invite = publicKeyOf(id);
  const withdrawn = await session.append(() => {
    const { projection } = session;
    const isKnown = projection.facts.some(
      ({ event }) => event.type === 'invite.issued' && toBase32(event.invite) === id,
    );
    if (invite === null || !isKnown) return err(fault('invite.unknown', ''));
    if (withdrawnFrom(projection).has(id)) return [];
    return [{ type: 'invite.withdrawn', invite, admitted: joinedBy(projection).get(id) ?? [] }];
  });
  if (!withdrawn.ok) return withdrawn;
  await session.store.forgetInvite(id);
  session.tell();
  return withdrawn;
}

async function invitationOf(
  session: Session,
  { invite, role, expires }: Issued,
  seed: Uint8Array,
): Promise<Invitation> {
  const { projection, id, signer, author } = session;
  const { name, meeting } = projection.settings;
  let room = MAX_SERVERS;
  return {
    certificate: await certify({ project: id, invite, role, expires }, signer),
    seed,
    projectName: name,
    inviterName: projection.name(author),
    servers: meeting.servers.filter((server) => (room -= server.length) >= 0),
    lamport: projection.facts.at(-1)?.lamport ?? 0,
  };
}

/** Who joined by which invite and is a member by it, as far as is known here. */
function joinedBy(projection: Projection): ReadonlyMap<InviteId, readonly AuthorId[]> {
  const members = new Set(projection.members);
  const joined = new Map<InviteId, AuthorId[]>();
  for (const { author, event } of projection.facts) {
    if (event.type !== 'member.joined' || !members.has(author)) continue;
    const id = toBase32(event.invite);
    const authors = joined.get(id);
    if (!authors) joined.set(id, [author]);
    else if (!authors.includes(author)) authors.push(author);
  }
  return joined;
}

/** Invites that an owner withdrew. */
export function withdrawnFrom(projection: Projection): ReadonlySet<InviteId> {
  const withdrawn = new Set<InviteId>();
  for (const fact of projection.facts) {
    if (fact.event.type === 'invite.withdrawn' && projection.counts(fact)) withdrawn.add(toBase32(fact.event.invite));
  }
  return withdrawn;
}
