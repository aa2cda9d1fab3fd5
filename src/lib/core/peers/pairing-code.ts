/**
 * The two codes by which two devices meet with no server: an offer, and the answer to it. Base32 in capitals, which QR codes hold in
 * fewer dots than other letters.
 */
import { encode } from '@ipld/dag-cbor';
import { fault } from '../errors';
import { equalBytes } from '../log/commit';
import { fromBase32 } from '../model/base32';
import { decodeCanonical } from '../model/canonical';
import { sha256 } from '../model/hash';
import type { ProjectId } from '../model/ids';
import { err, ok, type Result } from '../result';
import { openText, sealText } from './sealed-text';
import { CANDIDATE_KINDS, SETUPS, type Candidate, type Session } from './session-description';

export interface PairingCode {
  readonly step: PairingStep;
  /** 8 random bytes of the offer, which its answer repeats. */
  readonly attempt: Uint8Array;
  readonly session: Session;
}

export type PairingStep = 'offer' | 'answer';
const STEPS: readonly PairingStep[] = ['offer', 'answer'];

const KIND = { domain: 'concord-pairing-code-v1\0', version: 1 };
/** What every code begins with. */
const SCHEME = 'CONCORD-PAIR:';

const ATTEMPT_BYTES = 8;
const PROJECT_BYTES = 8;
/** Addresses of one device; more make the code too dense to scan. */
const MAX_CANDIDATES = 12;
/** https://www.rfc-editor.org/rfc/rfc8839#section-5.4, and what stands in one line of SDP without breaking it. */
const ICE_TEXT = /^[\w+/-]{4,256}$/;
const MID = /^[\w-]{1,16}$/;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const HIDDEN = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.local$/;
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f:.]{2,45}|[\w-]{1,63}\.local)$/i;

export function pairingCode(project: ProjectId, { step, attempt, session }: PairingCode): string {
  const { ufrag, password, fingerprint, setup, mid, candidates } = session;
  // The likeliest first.
  const best = [...candidates].sort((a, b) => b.priority - a.priority).slice(0, MAX_CANDIDATES);
  const content = encode([
    ...[STEPS.indexOf(step), markOf(project), attempt],
    ...[ufrag, password, fingerprint, SETUPS.indexOf(setup), mid],
    best.map(({ kind, address, port, priority }) => [CANDIDATE_KINDS.indexOf(kind), packed(address), port, priority]),
  ]);
  return `${SCHEME}${sealText(KIND, content).toUpperCase()}`;
}

/**
 * Reads a code that was scanned or pasted; case and white space do not matter.
 *
 * @returns `pairing.malformed`, `pairing.other-project`, `pairing.wrong-step`
 */
export function readPairingCode(text: string, project: ProjectId, expected: PairingStep): Result<PairingCode> {
  const malformed = (reason: string) => err(fault('pairing.malformed', '', { reason }));
  const given = text.replace(/\s/g, '').toUpperCase();
  if (given === '') return malformed('it is empty');
  if (!given.startsWith(SCHEME)) return malformed(`it does not begin with ${SCHEME}`);
  const content = openText(KIND, given.slice(SCHEME.length));
  if (content === 'cut') return malformed('its end is missing');
  if (content === 'newer') return malformed('a newer version of Concord made it; reload this page');
  const fields = content === 'wrong' ? undefined : decodeCanonical(content);
  if (!Array.isArray(fields) || fields.length !== 9) return malformed('a part of it is damaged');
  const [step, mark, attempt, ...rest] = fields as readonly unknown[];
  const session = sessionOf(rest);
  if (!isBytes(mark, PROJECT_BYTES) || !isBytes(attempt, ATTEMPT_BYTES) || !session)
    return malformed('a part of it is damaged');
  if (!equalBytes(mark, markOf(project))) return err(fault('pairing.other-project', ''));
  if (pick(STEPS, step) !== expected) return err(fault('pairing.wrong-step', '', { expected }));
  return ok({ step: expected, attempt, session });
}

function sessionOf(fields: readonly unknown[]): Session | null {
  const [ufrag, password, fingerprint, setupIndex, mid, listed] = fields;
  const setup = pick(SETUPS, setupIndex);
  if (!matches(ufrag, ICE_TEXT) || !matches(password, ICE_TEXT) || !matches(mid, MID)) return null;
  if (!isBytes(fingerprint, 32) || !setup || !Array.isArray(listed) || listed.length > MAX_CANDIDATES) return null;
  const candidates = listed.map(candidateOf);
  if (!candidates.every((candidate) => candidate !== null)) return null;
  return { ufrag, password, fingerprint, setup, mid, candidates };
}

function candidateOf(fields: unknown): Candidate | null {
  const [kindIndex, given, port, priority] = Array.isArray(fields) ? (fields as readonly unknown[]) : [];
  const address = unpacked(given);
  const kind = pick(CANDIDATE_KINDS, kindIndex);
  if (!kind || !matches(address, ADDRESS) || !isUpTo(port, 0xffff) || !isUpTo(priority, 0xffff_ffff)) return null;
  return { kind, address, port, priority };
}

/** The addresses that are in nearly every code, as bytes: of IPv4, and the random names that browsers hide their own behind. */
function packed(address: string): string | Uint8Array {
  if (IPV4.test(address)) return Uint8Array.from(address.split('.'), Number);
  const [, digits] = HIDDEN.exec(address) ?? [];
  if (digits === undefined) return address;
  return Uint8Array.from(digits.replaceAll('-', '').match(/../g) ?? [], (byte) => parseInt(byte, 16));
}

function unpacked(given: unknown): unknown {
  if (isBytes(given, 4)) return given.join('.');
  if (!isBytes(given, 16)) return given;
  const digits = Array.from(given, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}.local`;
}

const matches = (value: unknown, pattern: RegExp): value is string => typeof value === 'string' && pattern.test(value);

const isUpTo = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;

const pick = <T>(list: readonly T[], index: unknown): T | undefined =>
  isUpTo(index, list.length - 1) ? list[index] : undefined;

const isBytes = (value: unknown, length: number): value is Uint8Array =>
  value instanceof Uint8Array && value.length === length;

/** Tells projects apart, and nothing of this one. */
function markOf(project: ProjectId): Uint8Array {
  const id = fromBase32(project);
  if (id === null) throw new Error(`not a project: ${project}`);
  const domain = Array.from('concord-pairing-v1\0', (character) => character.charCodeAt(0));
  return sha256(Uint8Array.of(...domain, ...id)).subarray(0, PROJECT_BYTES);
}
