import { cryptography, decryptionKeyOf } from '#io/encryption-key';
import type { PresentMember } from '#workers/project/api';
import { Gold } from '#workers/project/gold/gold';
import type { Session } from '#workers/project/session';
import type { Device } from './devices';

/** The gold of a session that looks when it is told to, with whoever is said to be there. */
export async function goldOn(device: Device, session: Session, present: () => readonly PresentMember[] = () => []) {
  const key = decryptionKeyOf(await device.use().encryptionKey());
  return new Gold(session, {
    key: () => Promise.resolve(key),
    cryptography,
    peers: () => ({ present: present(), connected: present().length, behind: { commits: 0, blobs: 0 } }),
    later: () => () => undefined,
  });
}
