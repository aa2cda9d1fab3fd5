/**
 * Whether somebody who is no member here yet may see the project: they bring an owner's signature, not an entry in a list.
 *
 * An owner signs the terms of an invite ({@link certify}), so that a peer which has not heard of the invite can believe it.
 * Whoever holds the invite's private key signs the author's public key with it, so that the credential is of use to nobody else.
 * What a peer knows besides goes before: a withdrawal, a removal.
 */
import { encode } from '@ipld/dag-cbor';
import type { AuthorityFact } from '../log/authority-fact';
import { equalBytes, publicKeyOf, type Signer, type Verify } from '../log/commit';
import { proofMessage, recoveryKey } from '../log/proofs';
import type { AuthorId, ProjectId } from '../model/ids';
import type { Certificate, Credential, InviteTerms } from './invitation';

/** What a device knows of its project when it judges a stranger. */
export interface KnownProject {
  readonly project: ProjectId;
  /** Control events of all authors, in any order; those of others than owners are passed over. */
  readonly facts: readonly AuthorityFact[];
  isOwner(author: AuthorId): boolean;
  /** Milliseconds since the epoch by this device's clock. */
  readonly now: number;
}

const DOMAIN = Uint8Array.from('concord-invite-v1\0', (character) => character.charCodeAt(0));

/** An invite that expired on a clock which is ahead is still good for so long: clocks of people's devices are seldom exact. */
const CLOCK_SLACK_MS = 60 * 60_000;

/** Signs the terms of an invite as its issuer. */
export async function certify(terms: InviteTerms, signer: Signer): Promise<Certificate> {
  const { project, invite, role, expires } = terms;
  const signature = await signer.sign(signedMessage(terms));
  return { project, invite, role, expires, issuer: signer.author, signature };
}

/** Whether the issuer signed these terms; whether they are an owner is another question. */
export async function verifyCertificate(certificate: Certificate, verify: Verify): Promise<boolean> {
  const key = publicKeyOf(certificate.issuer);
  return key !== null && (await verify(key, signedMessage(certificate), certificate.signature));
}

/** Whether an honest device takes the invite for expired; `now`: milliseconds since the epoch by its clock. */
export const isExpired = ({ expires }: Pick<InviteTerms, 'expires'>, now: number): boolean =>
  now > expires + CLOCK_SLACK_MS;

/**
 * Whether a credential admits an author who has no standing in the logs that are here. Who was removed is not admitted by an
 * invite, old or new: an owner gives them a role again.
 */
export function judgeCredential(
  author: AuthorId,
  credential: Credential,
  known: KnownProject,
  verify: Verify,
): Promise<boolean> {
  return credential.kind === 'join'
    ? judgeJoin(author, credential, known, verify)
    : judgeRecovery(author, credential, known, verify);
}

async function judgeJoin(
  author: AuthorId,
  { certificate, proof }: Extract<Credential, { kind: 'join' }>,
  known: KnownProject,
  verify: Verify,
): Promise<boolean> {
  const { project, invite, issuer } = certificate;
  if (project !== known.project || !known.isOwner(issuer) || isExpired(certificate, known.now)) return false;
  if (isRemoved(author, known) || isWithdrawnFrom(author, invite, known)) return false;
  return (await verifyCertificate(certificate, verify)) && verify(invite, proofMessage('join', project, author), proof);
}

/** The recovery key's word is above every owner's, until the recovery is here: then the author's standing tells the rest. */
async function judgeRecovery(
  author: AuthorId,
  { proof }: Extract<Credential, { kind: 'recovery' }>,
  { project, facts }: KnownProject,
  verify: Verify,
): Promise<boolean> {
  const key = recoveryKey(facts);
  const isHere = facts.some((fact) => fact.author === author && fact.event.type === 'owner.added');
  return key !== null && !isHere && verify(key, proofMessage('owner', project, author), proof);
}

/** Whether the last that any owner decided about the author is their removal. */
function isRemoved(author: AuthorId, known: KnownProject): boolean {
  const last = new Map<AuthorId, AuthorityFact>();
  for (const fact of known.facts) {
    const { event } = fact;
    if (event.type !== 'member.changed' || event.author !== author || fact.author === author) continue;
    const former = last.get(fact.author);
    if (!former || former.seq < fact.seq || (former.seq === fact.seq && former.index < fact.index))
      last.set(fact.author, fact);
  }
  return [...last.values()].some(
    ({ author: issuer, event }) => event.type === 'member.changed' && event.role === 'none' && known.isOwner(issuer),
  );
}

/** Whether an owner withdrew the invite without counting the author among those who had joined by it. */
const isWithdrawnFrom = (author: AuthorId, invite: Uint8Array, known: KnownProject): boolean =>
  known.facts.some(
    ({ author: issuer, event }) =>
      event.type === 'invite.withdrawn' &&
      equalBytes(event.invite, invite) &&
      !event.admitted.includes(author) &&
      known.isOwner(issuer),
  );

function signedMessage({ project, invite, role, expires }: InviteTerms): Uint8Array {
  return Uint8Array.of(...DOMAIN, ...encode({ project, invite, role, expires }));
}
