/**
 * An invitation as the text that people send each other: base32, because links that end in a hyphen or hold underscores are
 * cut or taken for emphasis by what people send them through.
 *
 * The bytes are a version, their number (16 bits, highest first), the invitation in canonical dag-cbor, and a checksum over
 * all before it. Length and checksum stay where they are in every version, so that a link which was cut is told from one that
 * was mistyped, and both from one that a newer version made.
 */
import { encode } from '@ipld/dag-cbor';
import { fault } from '../errors';
import { equalBytes } from '../log/commit';
import { fromBase32, toBase32 } from '../model/base32';
import { decodeCanonical } from '../model/canonical';
import { sha256 } from '../model/hash';
import { ROLES } from '../model/project';
import { err, ok, type Result } from '../result';
import type { Certificate, Invitation } from './invitation';

const VERSION = 1;
const HEADER_BYTES = 3;
/** The least that hold them and end with a byte. */
const HEADER_CHARACTERS = 8;
/** 40 bits: one of 10^12 mistyped links passes, and then the signature in it does not hold. */
const CHECKSUM_BYTES = 5;
/** A project's name and 20 servers at their longest fit. */
const MAX_BYTES = 0xffff;

const DOMAIN = Array.from('concord-invite-link-v1\0', (character) => character.charCodeAt(0));

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
  const length = HEADER_BYTES + content.length + CHECKSUM_BYTES;
  if (length > MAX_BYTES) throw new Error('an invitation that no link can hold');
  const body = Uint8Array.of(VERSION, length >> 8, length & 0xff, ...content);
  return toBase32(Uint8Array.of(...body, ...checksum(body)));
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
  const spelt = (at < 0 ? given : given.slice(at + ROUTE.length)).toLowerCase();
  const header = fromBase32(spelt.slice(0, HEADER_CHARACTERS));
  if (header?.length !== HEADER_CHARACTERS * (5 / 8)) return wrong();
  const length = header[1]! * 0x100 + header[2]!;
  if (spelt.length < Math.ceil(length * (8 / 5))) return err(fault('invite-link.cut', ''));
  const bytes = fromBase32(spelt);
  if (bytes?.length !== length) return wrong();
  const body = bytes.subarray(0, -CHECKSUM_BYTES);
  if (!equalBytes(checksum(body), bytes.subarray(body.length))) return wrong();
  if (bytes[0]! > VERSION) return err(fault('invite-link.newer', ''));
  const invitation = invitationOf(decodeCanonical(body.slice(HEADER_BYTES)));
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

const checksum = (bytes: Uint8Array): Uint8Array =>
  sha256(Uint8Array.of(...DOMAIN, ...bytes)).subarray(0, CHECKSUM_BYTES);
