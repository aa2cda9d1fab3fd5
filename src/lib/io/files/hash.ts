import { toBase32 } from '#core/model/base32';
import type { Hash } from '#core/model/ids';

/**
 * The content address of a file: SHA-256 by the platform, which reads 50 MB in about 60 ms. Rejects where the file
 * cannot be read.
 */
export async function hashBlob(blob: Blob): Promise<Hash> {
  return hashBytes(await blob.arrayBuffer());
}

/** As {@link hashBlob}, of bytes that are in memory already. */
export async function hashBytes(bytes: BufferSource): Promise<Hash> {
  return toBase32(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
