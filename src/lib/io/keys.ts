/**
 * The keys of this device. WebCrypto makes and uses them where it knows Ed25519, and then no script can read the private
 * half; elsewhere they are plain bytes, which `Identity.kind` tells, so that the person can be told.
 */
import { authorId, type Signer, type Verify } from '#core/log/commit';
import { readRecoveryCode, recoveryCode } from '#core/log/recovery-code';
import { ok, type Result } from '#core/result';
import { publicKeyOfSeed, signInJavaScript, verifyInJavaScript } from './ed25519';

/** An author's key pair, storable in IndexedDB as it is. */
export type Identity =
  /** Ed25519 in a CryptoKey that cannot be exported. */
  | { readonly kind: 'protected'; readonly publicKey: Uint8Array; readonly privateKey: CryptoKey }
  /** The seed in plain bytes: whoever can read this browser's files can sign as this author. */
  | { readonly kind: 'raw'; readonly publicKey: Uint8Array; readonly seed: Uint8Array };

/** A project's recovery key: the public half goes into the founding commit, the code to the person, and nowhere else. */
export interface Recovery {
  readonly publicKey: Uint8Array;
  readonly code: string;
}

const ALGORITHM = 'Ed25519';

/** A new key pair, protected where the platform can. */
export async function createIdentity(): Promise<Identity> {
  try {
    const pair = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
    const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
    return { kind: 'protected', publicKey, privateKey: pair.privateKey };
  } catch (error) {
    if (isUnsupported(error)) return createRawIdentity();
    throw error;
  }
}

/** A new key pair in plain bytes, for where a CryptoKey cannot be stored. */
export function createRawIdentity(): Identity {
  const seed = randomBytes(32);
  return { kind: 'raw', publicKey: publicKeyOfSeed(seed), seed };
}

export function signerOf(identity: Identity): Signer {
  const author = authorId(identity.publicKey);
  if (identity.kind === 'raw') return seedSigner(identity.seed);
  return {
    author,
    sign: async (message) => new Uint8Array(await crypto.subtle.sign(ALGORITHM, identity.privateKey, owned(message))),
  };
}

export const verify: Verify = async (publicKey, message, signature) => {
  try {
    const key = await crypto.subtle.importKey('raw', owned(publicKey), ALGORITHM, false, ['verify']);
    return await crypto.subtle.verify(ALGORITHM, key, owned(signature), owned(message));
  } catch (error) {
    // A key of 32 bytes that is no point of the curve is refused by import in some browsers and by verify in others.
    return isUnsupported(error) && verifyInJavaScript(publicKey, message, signature);
  }
};

export function createRecovery(): Recovery {
  const seed = randomBytes(32);
  return { publicKey: publicKeyOfSeed(seed), code: recoveryCode(seed) };
}

/**
 * The signer behind a recovery code; its `author` is the recovery key in base32.
 *
 * @returns `recovery.invalid` where the code was mistyped
 */
export function recoverySigner(code: string): Result<Signer> {
  const seed = readRecoveryCode(code);
  return seed.ok ? ok(seedSigner(seed.value)) : seed;
}

export const randomBytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

/** The signer behind a key in plain bytes; its `author` is the public half in base32. */
export function seedSigner(seed: Uint8Array): Signer {
  return {
    author: authorId(publicKeyOfSeed(seed)),
    sign: (message) => Promise.resolve(signInJavaScript(message, seed)),
  };
}

/** Ed25519 came to WebCrypto late, and WebCrypto itself is only there on secure origins. */
function isUnsupported(error: unknown): boolean {
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
  return subtle === undefined || (error instanceof DOMException && error.name === 'NotSupportedError');
}

/** WebCrypto's types refuse what might be shared memory. */
const owned = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
