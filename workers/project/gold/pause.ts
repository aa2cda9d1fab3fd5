import { fault } from '#core/errors';
import { MAX_TEXT } from '#core/log/event-schemas';
import type { AuthorId } from '#core/model/ids';
import { err, type Result } from '#core/result';
import type { Session } from '../session';

/**
 * Pauses a member; '' lets them go on.
 *
 * @returns `member.unknown`, `text.too-long`, `role.lacking`
 */
export async function pauseMember(session: Session, author: AuthorId, reason: string): Promise<Result<null>> {
  await session.idle();
  if (!session.projection.members.includes(author)) return err(fault('member.unknown', author));
  if (reason.length > MAX_TEXT) return err(fault('text.too-long', 'reason', { limit: MAX_TEXT }));
  const paused = await session.append(() => [{ type: 'member.paused', author, reason }]);
  session.tell();
  return paused;
}
