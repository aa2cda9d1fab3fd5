import { fault } from '#core/errors';
import type { AuthorityFact } from '#core/log/authority-fact';
import { MAX_NAME } from '#core/log/event-schemas';
import type { ControlEvent } from '#core/log/events';
import type { AuthorId } from '#core/model/ids';
import { err, type Result } from '#core/result';
import type { MemberChange } from '../api';
import type { Session } from '../session';

type Changed = Extract<ControlEvent, { type: 'member.changed' }>;

/** Nothing of a log. */
const BEFORE_ALL: Changed['asOf'] = { seq: -1, hash: new Uint8Array(32) };

/**
 * Gives a member another role, or removes them: from the end of their log as it is known here, or, where what they did is
 * set aside, from its beginning. Who was removed and gets a role again gets it from where it was taken, so that a removal by
 * mistake leaves no gap.
 *
 * @returns `member.unknown`, `member.self`, `role.lacking`; `member.outranked` where another owner's word stands above
 */
export async function changeMember(session: Session, author: AuthorId, change: MemberChange): Promise<Result<null>> {
  if (author === session.author) return err(fault('member.self', ''));
  await session.idle();
  const { projection } = session;
  if (!projection.members.includes(author)) return err(fault('member.unknown', author));
  if (projection.standing(author) === change.role && change.work === 'kept') return { ok: true, value: null };
  const asOf = change.work === 'set-aside' ? BEFORE_ALL : await keptUntil(session, author);
  const event: Changed = { type: 'member.changed', author, role: change.role, asOf };
  const changed = await session.append(() => [event]);
  if (changed.ok && session.projection.isStale) await session.takeIn(() => Promise.resolve(changed));
  session.tell();
  if (changed.ok && session.projection.standing(author) !== change.role) return err(fault('member.outranked', author));
  return changed;
}

/**
 * Says how this owner is called: who founded a project before saying a name is called something by the first invite.
 *
 * @returns `role.lacking`, `name.missing`, `text.too-long`
 */
export async function nameMyself(session: Session, name: string): Promise<Result<null>> {
  const called = name.trim();
  if (called === '') return err(fault('name.missing', 'name'));
  if (called.length > MAX_NAME) return err(fault('text.too-long', 'name', { limit: MAX_NAME }));
  // Nobody decides about themselves: of this the name alone counts.
  const named = await session.append(() => [{ type: 'owner.added', author: session.author, name: called }]);
  session.tell();
  return named;
}

/** The last commit of the member's that stands as it stood before the change. */
async function keptUntil({ projection, store }: Session, author: AuthorId): Promise<Changed['asOf']> {
  if (projection.standing(author) === 'none') {
    const removal = projection.facts.findLast((fact) => isChangeOf(fact, author) && projection.counts(fact));
    return removal?.event.type === 'member.changed' ? removal.event.asOf : BEFORE_ALL;
  }
  const head = await store.heads.get(author);
  return head?.hash ? { seq: head.length - 1, hash: head.hash } : BEFORE_ALL;
}

const isChangeOf = ({ event }: AuthorityFact, author: AuthorId): boolean =>
  event.type === 'member.changed' && event.author === author;
