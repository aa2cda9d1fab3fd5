/**
 * Known answers that owners and reviewers alone can read, in a log that everybody has.
 *
 * Each `gold.set` has a content key of its own, 32 random bytes, under which its answers are encrypted by AES-256-GCM. Bound to
 * them are the project and the author, so that nobody can pass off in their own name, or in another project, what somebody
 * else sealed. The content key is sealed to each reader by a secret that is made for them alone (ECDH over P-256 with a pair that
 * is used once, HKDF-SHA-256), whose purpose names project, reader and the hash of what it opens, so that no key fits elsewhere.
 *
 * Whoever stops being a reader keeps the keys that they had, and gets none of what is sealed afterwards.
 */
import type { SealedKey } from '../log/events';
import { fromBase32 } from '../model/base32';
import { hashOf } from '../model/hash';
import type { AuthorId, Hash, ProjectId } from '../model/ids';
import { decodeAnswers, encodeAnswers, type SealedAnswer } from './answer-codec';
import type { Cryptography, DecryptionKey } from './cryptography';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
/** A wrapping key encrypts one thing, so its nonce need not differ. */
const NO_NONCE = new Uint8Array(NONCE_BYTES);
const NOTHING = new Uint8Array(0);

const CONTENT = ascii('concord-gold-content-v1\0');
const WRAPPING = ascii('concord-gold-key-v1\0');

/** Somebody who is to read, and what is encrypted to them with. */
export interface Reader {
  readonly author: AuthorId;
  /** The 65 bytes of an uncompressed point of P-256. */
  readonly key: Uint8Array;
}

/** Whose answers, in which project. */
interface SealedIn {
  readonly project: ProjectId;
  readonly author: AuthorId;
}

/**
 * Seals answers for these readers. Readers whose key is no point of the curve are left out.
 *
 * @returns the content of a `gold.set`, and the key that it is under
 */
export async function seal(
  answers: readonly SealedAnswer[],
  place: SealedIn,
  readers: readonly Reader[],
  cryptography: Cryptography,
): Promise<{ readonly sealed: Uint8Array; readonly keys: readonly SealedKey[]; readonly contentKey: Uint8Array }> {
  const contentKey = cryptography.randomBytes(KEY_BYTES);
  const nonce = cryptography.randomBytes(NONCE_BYTES);
  const encrypted = await cryptography.encrypt(contentKey, nonce, encodeAnswers(answers), boundTo(place));
  const sealed = new Uint8Array(NONCE_BYTES + encrypted.length);
  sealed.set(nonce);
  sealed.set(encrypted, NONCE_BYTES);
  const keys = await sealKey(contentKey, { project: place.project, of: hashOf(sealed) }, readers, cryptography);
  return { sealed, keys, contentKey };
}

/** The answers under a content key; null where key, author or project are others, or a byte is. */
export async function open(
  sealed: Uint8Array,
  contentKey: Uint8Array,
  place: SealedIn,
  cryptography: Cryptography,
): Promise<SealedAnswer[] | null> {
  const [nonce, encrypted] = [sealed.subarray(0, NONCE_BYTES), sealed.subarray(NONCE_BYTES)];
  if (nonce.length < NONCE_BYTES) return null;
  const plain = await cryptography.decrypt(contentKey, nonce, encrypted, boundTo(place));
  return plain && decodeAnswers(plain);
}

/** Seals a content key to these readers. `of`: the hash of what it opens. */
export async function sealKey(
  contentKey: Uint8Array,
  { project, of }: { readonly project: ProjectId; readonly of: Hash },
  readers: readonly Reader[],
  cryptography: Cryptography,
): Promise<readonly SealedKey[]> {
  const sealed = await Promise.all(
    readers.map(async ({ author, key }) => {
      const agreed = await cryptography.agree(key, purpose(project, of, author));
      if (agreed === null) return [];
      const wrapped = await cryptography.encrypt(agreed.secret, NO_NONCE, contentKey, NOTHING);
      return [{ author, ephemeral: agreed.ephemeral, wrapped }];
    }),
  );
  return sealed.flat();
}

/** The content key that was sealed to this reader; null where it was not, or it opens something else. */
export async function openKey(
  { author, ephemeral, wrapped }: SealedKey,
  { project, of }: { readonly project: ProjectId; readonly of: Hash },
  mine: DecryptionKey,
  cryptography: Cryptography,
): Promise<Uint8Array | null> {
  const secret = await mine.agree(ephemeral, purpose(project, of, author));
  return secret && cryptography.decrypt(secret, NO_NONCE, wrapped, NOTHING);
}

const boundTo = ({ project, author }: SealedIn): Uint8Array => joined(CONTENT, bytesOf(project), bytesOf(author));

const purpose = (project: ProjectId, of: Hash, reader: AuthorId): Uint8Array =>
  joined(WRAPPING, bytesOf(project), bytesOf(of), bytesOf(reader));

function bytesOf(id: string): Uint8Array {
  const bytes = fromBase32(id);
  if (bytes === null) throw new Error(`not an id: ${id}`);
  return bytes;
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
