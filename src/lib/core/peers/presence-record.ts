/**
 * What sessions say of themselves, signed, so that whoever is linked with nobody but a third hears it unchanged.
 *
 * A record is newer than another of its session when its counter is higher. Sessions of the past are told from those of now
 * by the author's log, which never shrinks: a record names its length, and one that names a shorter log than is known is out of
 * date. So an old record that somebody plays again is believed by nobody who heard of that session, nor by anybody at
 * all once its author has committed something since; and it is gone after {@link PRESENCE_LASTS_MS} in any case.
 */
import { encode } from '@ipld/dag-cbor';
import { fromBase32 } from '../model/base32';
import { publicKeyOf, type Signer, type Verify } from '../log/commit';
import type { AuthorId, ProjectId } from '../model/ids';
import type { PresenceState } from './presence';

export interface PresenceRecord {
  readonly author: AuthorId;
  /** 16 random bytes in base32: one for each time that a project is opened. */
  readonly session: string;
  /** Grows with every record of the session. */
  readonly counter: number;
  /** Commits in the author's log when they said so. */
  readonly length: number;
  /** null: the session ends. */
  readonly state: PresenceState | null;
  /** Ed25519, 64 bytes. */
  readonly signature: Uint8Array;
}

/** Milliseconds after which a session says again that it is there, and without which it is thought to be gone. */
export const PRESENCE_EVERY_MS = 15_000;
export const PRESENCE_LASTS_MS = 45_000;

const DOMAIN = Uint8Array.from('concord-presence-v1\0', (character) => character.charCodeAt(0));

export async function signPresence(
  project: ProjectId,
  unsigned: Omit<PresenceRecord, 'author' | 'signature'>,
  signer: Signer,
): Promise<PresenceRecord> {
  const record = { ...unsigned, author: signer.author };
  return { ...record, signature: await signer.sign(signedMessage(project, record)) };
}

/** Whether the author said this, of a session in this project. */
export async function verifyPresence(project: ProjectId, record: PresenceRecord, verify: Verify): Promise<boolean> {
  const key = publicKeyOf(record.author);
  return key !== null && (await verify(key, signedMessage(project, record), record.signature));
}

function signedMessage(project: ProjectId, record: Omit<PresenceRecord, 'signature'>): Uint8Array {
  const { author, session, counter, length, state } = record;
  return Uint8Array.of(...DOMAIN, ...fromBase32(project)!, ...encode({ author, session, counter, length, state }));
}
