/**
 * How the two sides of a connection show each other who they are.
 *
 * Each sends 32 random bytes, and signs: a domain, the project, both nonces with its own first, its own public key, and the
 * *binding*, a hash over the DTLS certificates of both ends of the connection. So a signature is good
 *
 * - for this purpose and project alone: domain and project;
 * - once: the verifier's nonce is new;
 * - in one direction: the signer's nonce and key stand first, and nobody links with their own key or nonce, so that a challenge
 *   which is sent back to where it came from proves nothing;
 * - over this connection alone: whoever sits in the middle of two has other certificates than either end, so that a challenge which
 *   is passed on proves nothing either.
 */
import { fromBase32 } from '../model/base32';
import { equalBytes, publicKeyOf, type Signer, type Verify } from '../log/commit';
import type { AuthorId, ProjectId } from '../model/ids';

/** What one connection's challenges are about. Both ends hold the same, the other way round. */
export interface Challenge {
  readonly project: ProjectId;
  /** SHA-256 over the fingerprints of both ends, 32 bytes. */
  readonly binding: Uint8Array;
  /** This side's nonce and the other's, 32 bytes each. */
  readonly mine: Uint8Array;
  readonly theirs: Uint8Array;
}

export const NONCE_BYTES = 32;

const DOMAIN = Uint8Array.from('concord-challenge-v1\0', (character) => character.charCodeAt(0));

/** This side's answer to the other's challenge. */
export const prove = (challenge: Challenge, signer: Signer): Promise<Uint8Array> =>
  signer.sign(signedMessage(challenge.project, challenge.binding, challenge.mine, challenge.theirs, signer.author));

/** Whether the other side is who it says, and is not this side itself. */
export async function isProven(
  { project, binding, mine, theirs }: Challenge,
  me: AuthorId,
  author: AuthorId,
  signature: Uint8Array,
  verify: Verify,
): Promise<boolean> {
  const key = publicKeyOf(author);
  if (key === null || author === me || equalBytes(mine, theirs)) return false;
  return verify(key, signedMessage(project, binding, theirs, mine, author), signature);
}

function signedMessage(
  project: ProjectId,
  binding: Uint8Array,
  own: Uint8Array,
  other: Uint8Array,
  author: AuthorId,
): Uint8Array {
  const [projectBytes, key] = [fromBase32(project), publicKeyOf(author)];
  if (projectBytes === null || key === null) throw new Error('not a project, or not an author');
  return Uint8Array.of(...DOMAIN, ...projectBytes, ...binding, ...own, ...other, ...key);
}
