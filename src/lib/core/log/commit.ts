/**
 * Commits: signed batches of events, each naming the one before it. An author's log is the list of their commits.
 *
 * For the rest of Concord: {@link signCommit} makes the bytes of a commit, {@link decodeCommit} reads bytes from anywhere,
 * {@link commitHash} is what the next commit names as `prev`, {@link verifySignature} checks one; `chain.ts` judges
 * whether commits continue a log.
 *
 * The bytes are canonical dag-cbor of `{ seq, prev, lamport, time, events, sig }`: equal commits have equal bytes, and
 * {@link decodeCommit} refuses any others. `sig` is Ed25519 over `concord-commit-v1\0` followed by the canonical encoding
 * of the same map without `sig`, so that no signature made for anything else passes for a commit.
 */
import { encode } from '@ipld/dag-cbor';
import { fault } from '../errors';
import { fromBase32, toBase32 } from '../model/base32';
import { decodeCanonical } from '../model/canonical';
import { sha256 } from '../model/hash';
import type { AuthorId } from '../model/ids';
import { err, ok, type Result } from '../result';
import { readEvent, wireEvent } from './event-schemas';
import type { LogEvent } from './events';

export interface CommitBody {
  /** Place in the author's log, from 0, without gaps. */
  readonly seq: number;
  /**
   * {@link commitHash} of the author's previous commit. The first commit of a log names the project instead (the 32
   * bytes of its id), so that no log can be replayed into another project; the founding commit, whose hash *is* the
   * project's id, has null.
   */
  readonly prev: Uint8Array | null;
  /** Lamport clock, 1 to 2^48, growing within a log. It orders the control events of equals; it never gives authority. */
  readonly lamport: number;
  /** The author's clock, milliseconds since the epoch. Shown, never trusted. */
  readonly time: number;
  readonly events: readonly LogEvent[];
}

export interface Commit extends CommitBody {
  /** Ed25519, 64 bytes. */
  readonly sig: Uint8Array;
}

/** Whoever holds an author's private key. */
export interface Signer {
  readonly author: AuthorId;
  /** The Ed25519 signature of the message, 64 bytes. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** Whether the signature is the key's for the message; false, never a rejection, for a malformed key or signature. */
export type Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => Promise<boolean>;

export const MAX_COMMIT_BYTES = 4 << 20;
export const MAX_COMMIT_EVENTS = 1000;
const MAX_LAMPORT = 2 ** 48;

/** No clock is followed further than this at once. */
const MAX_LAMPORT_STEP = 2 ** 24;

const DOMAIN = Uint8Array.from('concord-commit-v1\0', (character) => character.charCodeAt(0));

export const authorId = (publicKey: Uint8Array): AuthorId => toBase32(publicKey);

/** The Ed25519 public key that an author's id spells, 32 bytes; null where the text is no author's id. */
export function publicKeyOf(author: AuthorId): Uint8Array | null {
  const key = fromBase32(author);
  return key?.length === 32 ? key : null;
}

/** What the next commit of the author names as `prev`: SHA-256 over all bytes of this one, signature included. */
export const commitHash = (bytes: Uint8Array): Uint8Array => sha256(bytes);

/**
 * The lamport for an author's next commit.
 *
 * A hostile author's clock at its bound would leave nobody room for another commit if it were simply followed; so it is
 * followed by steps, and everybody has room for 2^24 commits.
 *
 * @param own the author's last; 0 for none
 * @param seen the highest in any log
 */
export const nextLamport = (own: number, seen: number): number =>
  Math.max(own, Math.min(seen, own + MAX_LAMPORT_STEP - 1)) + 1;

/** Canonical bytes of a commit; the exact inverse of {@link decodeCommit}. */
export function encodeCommit(commit: Commit): Uint8Array {
  // In Node the library gives a Buffer, which Yjs refuses.
  return new Uint8Array(encode({ ...wireBody(commit), sig: commit.sig }));
}

/**
 * Signs a commit.
 *
 * @returns its canonical bytes, at most {@link MAX_COMMIT_BYTES}
 * @throws Error when the body is one that no peer would accept: what people typed is checked before it becomes an event
 */
export async function signCommit(body: CommitBody, signer: Signer): Promise<Uint8Array> {
  const sig = await signer.sign(signedMessage(body));
  const bytes = encodeCommit({ ...body, sig });
  const read = decodeCommit(bytes);
  if (!read.ok) throw new Error(`A commit that nobody could read: ${read.error.message}`);
  return bytes;
}

/**
 * Reads a commit that came from anywhere. Its shape is checked, its place in a log and its signature are not.
 *
 * Events of unknown types, and events of known types in a newer vocabulary, come out as `unknown:…` and go back in
 * unchanged. Keys that this version does not know are kept on the events and ignored.
 *
 * @param path where the bytes come from, for the error
 * @returns `commit.malformed` where these are not the canonical bytes of a well-formed commit; `commit.lamport`
 */
export function decodeCommit(bytes: Uint8Array, path = ''): Result<Commit> {
  const malformed = (reason: string) => err(fault('commit.malformed', path, { reason }));
  if (bytes.length > MAX_COMMIT_BYTES) return malformed('it is larger than 4 MiB');
  const wire = decodeCanonical(bytes);
  if (wire === undefined) return malformed('it is not canonical dag-cbor');
  if (typeof wire !== 'object' || wire === null || Object.keys(wire).length !== 6)
    return malformed('it has other parts');
  const { seq, prev, lamport, time, events, sig } = wire as Readonly<Record<string, unknown>>;
  if (!isCount(seq)) return malformed('its sequence number is not a whole number');
  if (prev !== null && !isBytes(prev, 32)) return malformed('its predecessor is not a hash');
  if (!isCount(lamport)) return malformed('its logical clock is not a whole number');
  if (lamport < 1 || lamport > MAX_LAMPORT) return err(fault('commit.lamport', path));
  if (!isCount(time)) return malformed('its time is not a whole number');
  if (!isBytes(sig, 64)) return malformed('its signature is not 64 bytes');
  if (!Array.isArray(events) || events.length === 0) return malformed('it has no events');
  if (events.length > MAX_COMMIT_EVENTS) return malformed(`it has more than ${MAX_COMMIT_EVENTS} events`);
  const read: LogEvent[] = [];
  for (const raw of events as unknown[]) {
    const event = readEvent(raw);
    if (event === null) return malformed(`its event ${read.length + 1} has an invalid shape`);
    read.push(event);
  }
  if ((prev === null) !== (seq === 0 && isFounding(read[0]!)) || read.slice(1).some(isFounding)) {
    return malformed('only the first event of a project founds it');
  }
  return ok({ seq, prev, lamport, time, events: read, sig });
}

/** Whether the commit was signed by the author; `commit.signature` where it was not. */
export async function verifySignature(author: AuthorId, commit: Commit, verify: Verify): Promise<Result<null>> {
  const key = publicKeyOf(author);
  const valid = key !== null && (await verify(key, signedMessage(commit), commit.sig));
  return valid ? ok(null) : err(fault('commit.signature', commitPath(author, commit.seq)));
}

/** How errors name a commit. */
export const commitPath = (author: AuthorId, seq: number): string => `${author}, commit ${seq}`;

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Of whatever version, so that a project of a newer version is recognised as one. */
const isFounding = ({ type }: LogEvent): boolean => type === 'project.founded' || type === 'unknown:project.founded';

function wireBody({ seq, prev, lamport, time, events }: CommitBody) {
  return { seq, prev, lamport, time, events: events.map(wireEvent) };
}

function signedMessage(body: CommitBody): Uint8Array {
  const encoded = encode(wireBody(body));
  const message = new Uint8Array(DOMAIN.length + encoded.length);
  message.set(DOMAIN);
  message.set(encoded, DOMAIN.length);
  return message;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const isBytes = (value: unknown, length: number): value is Uint8Array =>
  value instanceof Uint8Array && value.length === length;
