/**
 * What two sides of a link say on its `sync` channel: canonical dag-cbor, one map each.
 *
 * First `hello` and `proof`, by which each shows who it is (`challenge.ts`), and `welcome`; only then the others. Everything that a peer sends
 * passes {@link decodeMessage}, which bounds every size and count, so that what follows works on well-formed values alone.
 */
import { encode } from '@ipld/dag-cbor';
import * as v from 'valibot';
import { fault } from '../errors';
import type { ForkEvidence } from '../log/chain';
import { MAX_COMMIT_BYTES } from '../log/commit';
import { decodeCanonical } from '../model/canonical';
import type { AuthorId } from '../model/ids';
import { err, ok, type Result } from '../result';
import type { Credential } from './invitation';
import type { PresenceRecord } from './presence-record';

/** The version of this protocol; links between different ones end. */
export const PROTOCOL = 1;

/** How far a log goes, as a message says it. */
export interface Reach {
  readonly author: AuthorId;
  /** Commits, at least 1. */
  readonly length: number;
  /** Hash of the last of them. */
  readonly hash: Uint8Array;
}

export type Message =
  // ------------------------------------------------ who is there
  | {
      readonly type: 'hello';
      readonly version: number;
      /** 32 random bytes, never used before. */
      readonly nonce: Uint8Array;
    }
  | {
      readonly type: 'proof';
      readonly author: AuthorId;
      readonly credential: Credential | null;
      /** See `challenge.ts`, 64 bytes. */
      readonly signature: Uint8Array;
    }
  /** The other side is admitted; once both have said so, all that follows may be said. */
  | { readonly type: 'welcome' }
  /** It is not, and nothing that it says is heard until the logs of the refusing side say otherwise: then comes a `welcome`. */
  | { readonly type: 'refused'; readonly reason: 'stranger' | 'removed' }

  // ------------------------------------------------ logs
  /**
   * How far the sender's logs go. In a `round` that is new, what was sent to it in earlier ones was lost on it: what the other side
   * thinks that it has is replaced by this.
   */
  | { readonly type: 'heads'; readonly round: number; readonly heads: readonly Reach[] }
  /** Commits of one author that the other side lacks, as a Yjs update (v1); in answer to `heads` of that round. */
  | { readonly type: 'update'; readonly round: number; readonly update: Uint8Array }
  /** One `update` or `fork` of this round was dealt with: its sender may send another. */
  | { readonly type: 'taken'; readonly round: number }
  /** Asks for the hashes of these commits of an author, to find where two branches of a log part. */
  | { readonly type: 'ask'; readonly author: AuthorId; readonly seqs: readonly number[] }
  /** The answer, in the same order; null for a commit that is not there. */
  | {
      readonly type: 'hashes';
      readonly author: AuthorId;
      readonly seqs: readonly number[];
      readonly hashes: readonly (Uint8Array | null)[];
    }
  /** Asks for one commit, as an `update`: the first in which branches differ. */
  | { readonly type: 'fetch'; readonly author: AuthorId; readonly seq: number }
  /** Proof that an author told two stories; a sender keeps to the same bounds as with updates. */
  | { readonly type: 'fork'; readonly round: number; readonly evidence: ForkEvidence }

  // ------------------------------------------------ who is where
  | { readonly type: 'presence'; readonly records: readonly PresenceRecord[] }
  /** The authors whom the sender has admitted links with: what these say of themselves need not be passed on to it. */
  | { readonly type: 'near'; readonly authors: readonly AuthorId[] }
  /** I am alive; `digest` is the {@link headsDigest} of my logs, so that a difference shows. */
  | { readonly type: 'beat'; readonly digest: Uint8Array };

/** Authors in one message. */
export const MAX_HEADS = 20_000;
/** Hashes that are asked for at once. */
export const MAX_ASKED = 16;
export const MAX_RECORDS = 256;
export const MAX_NEAR = 256;
/** Bytes of a Yjs update: a slice, or a single commit with what Yjs puts around it. */
export const MAX_UPDATE_BYTES = MAX_COMMIT_BYTES + 1024;

/** Bytes of a message before the sender is admitted, and after: two commits with what is around them. */
export const MAX_STRANGERS_MESSAGE = 8 << 10;
export const MAX_MESSAGE = 2 * MAX_COMMIT_BYTES + 4096;

const bytes = (length: number) =>
  v.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === length);
const bytesUpTo = (most: number) =>
  v.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length > 0 && value.length <= most);
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const list = <S extends v.GenericSchema>(of: S, max: number) => v.pipe(v.array(of), v.maxLength(max));
/** 32 bytes in base32. */
const id = v.pipe(v.string(), v.regex(/^[a-z2-7]{51}[aq]$/));
/** 16 bytes in base32. */
const shortId = v.pipe(v.string(), v.regex(/^[a-z2-7]{25}[aeimquy4]$/));
const name = v.pipe(v.string(), v.maxLength(200));

const certificate = v.strictObject({
  project: id,
  invite: bytes(32),
  role: v.picklist(['reviewer', 'annotator', 'viewer']),
  expires: count,
  issuer: id,
  signature: bytes(64),
});

const credential = v.variant('kind', [
  v.strictObject({ kind: v.literal('join'), certificate, name, proof: bytes(64) }),
  v.strictObject({ kind: v.literal('recovery'), proof: bytes(64) }),
]);

const record = v.strictObject({
  author: id,
  session: shortId,
  counter: count,
  length: count,
  state: v.nullable(v.strictObject({ item: v.nullable(shortId), isActive: v.boolean() })),
  signature: bytes(64),
});

const reach = v.strictObject({ author: id, length: v.pipe(count, v.minValue(1)), hash: bytes(32) });

const message = v.variant('type', [
  v.strictObject({ type: v.literal('hello'), version: count, nonce: bytes(32) }),
  v.strictObject({ type: v.literal('proof'), author: id, credential: v.nullable(credential), signature: bytes(64) }),
  v.strictObject({ type: v.literal('welcome') }),
  v.strictObject({ type: v.literal('refused'), reason: v.picklist(['stranger', 'removed']) }),
  v.strictObject({ type: v.literal('heads'), round: count, heads: list(reach, MAX_HEADS) }),
  v.strictObject({ type: v.literal('update'), round: count, update: bytesUpTo(MAX_UPDATE_BYTES) }),
  v.strictObject({ type: v.literal('taken'), round: count }),
  v.strictObject({ type: v.literal('ask'), author: id, seqs: list(count, MAX_ASKED) }),
  v.strictObject({
    type: v.literal('hashes'),
    author: id,
    seqs: list(count, MAX_ASKED),
    hashes: list(v.nullable(bytes(32)), MAX_ASKED),
  }),
  v.strictObject({ type: v.literal('fetch'), author: id, seq: count }),
  v.strictObject({
    type: v.literal('fork'),
    round: count,
    evidence: v.strictObject({
      author: id,
      seq: count,
      a: bytesUpTo(MAX_COMMIT_BYTES),
      b: bytesUpTo(MAX_COMMIT_BYTES),
    }),
  }),
  v.strictObject({ type: v.literal('presence'), records: list(record, MAX_RECORDS) }),
  v.strictObject({ type: v.literal('near'), authors: list(id, MAX_NEAR) }),
  v.strictObject({ type: v.literal('beat'), digest: bytes(32) }),
]);

/** In Node the library gives a Buffer; channels are given plain bytes. */
export const encodeMessage = (said: Message): Uint8Array => new Uint8Array(encode(said));

/**
 * Reads what a peer sent.
 *
 * @returns `peer.garbage` where it is no message of this protocol
 */
export function decodeMessage(received: Uint8Array): Result<Message> {
  const read = v.safeParse(message, decodeCanonical(received));
  return read.success ? ok(read.output) : err(fault('peer.garbage', ''));
}
