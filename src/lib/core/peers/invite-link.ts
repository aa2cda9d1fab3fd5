/**
 * An invitation as the text that people send each other: base32, because links that end in a hyphen or hold underscores are
 * cut or taken for emphasis by what people send them through. What is sealed is the invitation in canonical dag-cbor.
 */
import { encode } from '@ipld/dag-cbor';
import { fault } from '../errors';
import { fromBase32, toBase32 } from '../model/base32';
import { decodeCanonical } from '../model/canonical';
import { ROLES } from '../model/project';
import { err, ok, type Result } from '../result';
import type { Certificate, Invitation } from './invitation';
import { openText, sealText } from './sealed-text';

const KIND = { domain: 'concord-invite-link-v1\0', version: 1 };

/** What stands before the invitation in an address of the app. */
const ROUTE = '#/join/';

/** What writing programs put around or behind an address. */
const AROUND = /^[<("'“‘«]+|[>)"'”’»\].,;:!?]+$/g;

/** @param app the app's address, without the part behind # */
export const inviteLink = (app: string, invitation: Invitation): string =>
  `${app}${ROUTE}${invitationText(invitation)}`;

export function invitationText(invitation: Invitation): string {
  const { certificate, seed, projectName, inviterName, servers, lamport } = invitation;
  const { project, invite, role, expires, issuer, signature } = certificate;
  const content = encode([
    ...[fromBase32(project), invite, role, expires, fromBase32(issuer), signature],
    ...[seed, projectName, inviterName, servers, lamport],
  ]);
  return sealText(KIND, content);
}

/**
 * Reads what a person opened or pasted: a whole link or what stands behind `#/join/` in it; case, white space and what a sentence
 * puts around it do not matter.
 *
 * @returns `invite-link.wrong`, `invite-link.cut`, `invite-link.newer`; whether its signatures hold is not looked at
 */
export function readInvitation(text: string): Result<Invitation> {
  const wrong = () => err(fault('invite-link.wrong', ''));
  const given = text.replace(/\s/g, '').replace(AROUND, '');
  const at = given.indexOf(ROUTE);
  const content = openText(KIND, at < 0 ? given : given.slice(at + ROUTE.length));
  if (content === 'cut') return err(fault('invite-link.cut', ''));
  if (content === 'newer') return err(fault('invite-link.newer', ''));
  const invitation = content === 'wrong' ? null : invitationOf(decodeCanonical(content));
  return invitation ? ok(invitation) : wrong();
}

function invitationOf(content: unknown): Invitation | null {
  if (!Array.isArray(content) || content.length !== 11) return null;
  const [project, invite, role, expires, issuer, signature, seed, projectName, inviterName, servers, lamport] =
    content as readonly unknown[];
  if (!isBytes(project, 32) || !isBytes(invite, 32) || !isBytes(issuer, 32)) return null;
  if (!isBytes(signature, 64) || !isBytes(seed, 32)) return null;
  if (!isInvitedRole(role) || !isCount(expires) || !isCount(lamport)) return null;
  if (typeof projectName !== 'string' || typeof inviterName !== 'string') return null;
  if (!Array.isArray(servers) || !servers.every((server) => typeof server === 'string')) return null;
  const certificate = { project: toBase32(project), invite, role, expires, issuer: toBase32(issuer), signature };
  return { certificate, seed, projectName, inviterName, servers, lamport };
}

const isInvitedRole = (role: unknown): role is Certificate['role'] =>
  role !== 'owner' && (ROLES as readonly unknown[]).includes(role);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const isBytes = (value: unknown, length: number): value is Uint8Array =>
  value instanceof Uint8Array && value.length === length;
