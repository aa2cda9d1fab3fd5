import type { AuthorId } from '#core/model/ids';
import type { Projection } from '#core/projection/projection';
import { ok, type Result } from '#core/result';
import type { Member, People } from '../api';
import type { Session } from '../session';
import { invitesOf } from './invites';

/** Everybody who is or was a member, and, for owners, the invites. */
export async function people(session: Session): Promise<Result<People>> {
  await session.idle();
  const invites = session.role === 'owner' ? await invitesOf(session) : [];
  return ok({ members: membersOf(session.projection, session.author), invites });
}

function membersOf(projection: Projection, me: AuthorId): Member[] {
  const arrivals = arrivalsOf(projection);
  const contributions = projection.contributions();
  return projection.members.map((author) => {
    const arrival = arrivals.get(author);
    const did = contributions.get(author);
    return {
      author,
      // What a member did may have been set aside, and their name with it.
      name: projection.name(author) || (arrival?.name ?? ''),
      role: projection.standing(author),
      paused: projection.control.paused.get(author) ?? '',
      isMe: author === me,
      joinedAt: arrival?.time ?? null,
      lastAt: did?.lastAt ?? arrival?.time ?? null,
      annotated: did?.annotated ?? 0,
      skipped: did?.skipped ?? 0,
      medianLeadMs: did?.medianLeadMs ?? null,
      isForked: projection.forkOf(author) !== null,
    };
  });
}

/** How each author came in first: what they called themselves, and when, by their own clock. */
function arrivalsOf(projection: Projection): ReadonlyMap<AuthorId, { readonly name: string; readonly time: number }> {
  const arrivals = new Map<AuthorId, { name: string; time: number }>();
  for (const { author, event, time } of projection.facts) {
    if (arrivals.has(author)) continue;
    if (event.type === 'project.founded') arrivals.set(author, { name: event.founder, time });
    else if (event.type === 'member.joined') arrivals.set(author, { name: event.name, time });
    else if (event.type === 'owner.added' && event.author === author) arrivals.set(author, { name: event.name, time });
  }
  return arrivals;
}
