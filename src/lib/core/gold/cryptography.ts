/** What sealing needs of the platform, given to core as functions. */
export interface Cryptography {
  /** As good as nobody can guess them. */
  randomBytes(length: number): Uint8Array;
  /**
   * AES-256-GCM: the ciphertext with its tag of 16 bytes at the end.
   *
   * @param key 32 bytes
   * @param nonce 12 bytes, never twice under one key
   * @param bound what the tag covers besides, and is not in the result
   */
  encrypt(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array, bound: Uint8Array): Promise<Uint8Array>;
  /** Inverse of `encrypt`; null where any of it is not what was encrypted. */
  decrypt(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, bound: Uint8Array): Promise<Uint8Array | null>;
  /**
   * A secret that only the holder of a public key can find again: ECDH over P-256 with a key pair made for this once, then
   * HKDF-SHA-256, with both public points as its salt.
   *
   * @param to the 65 bytes of an uncompressed point
   * @param info what the secret is for
   * @returns the public half of the pair, 65 bytes, and 32 bytes of secret; null where `to` is no point
   */
  agree(
    to: Uint8Array,
    info: Uint8Array,
  ): Promise<{ readonly ephemeral: Uint8Array; readonly secret: Uint8Array } | null>;
}

/** The private half of what others encrypt to this device with. */
export interface DecryptionKey {
  /** The 65 bytes of an uncompressed point of P-256. */
  readonly publicKey: Uint8Array;
  /** The secret that `agree` made for this key; null where `ephemeral` is no point. */
  agree(ephemeral: Uint8Array, info: Uint8Array): Promise<Uint8Array | null>;
}
