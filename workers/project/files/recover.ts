import { fault } from '#core/errors';
import { recoverySigner } from '#io/keys';
import { err, ok, type Result } from '#core/result';
import type { Session } from '../session';

/** Characters of a name that a commit can carry. */
const MAX_NAME = 200;

/** Makes this device an owner by the recovery code; where it is one already, nothing is written. */
export async function recover(session: Session, code: string, name: string): Promise<Result<null>> {
  const recovery = recoverySigner(code);
  if (!recovery.ok) return recovery;
  if (name.length > MAX_NAME) return err(fault('text.too-long', 'name', { limit: MAX_NAME }));
  await session.idle();
  return session.role === 'owner' ? ok(null) : session.recover(recovery.value, name);
}
