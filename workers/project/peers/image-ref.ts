import { isHash } from '#core/model/hash';
import type { Hash } from '#core/model/ids';
import type { ItemRecord } from '#core/model/item';
import type { Wanted } from '#io/sync/blob-source';

/** A stored image that an item or the guidelines name. */
export interface ImageRef {
  readonly hash: Hash;
  /** Bytes, as the item's record says; null where it does not. */
  readonly size: number | null;
  /** The chunk that its item stands in; null for an image of the guidelines. */
  readonly chunk: Hash | null;
}

/** Bytes of an image above which it is not taken from a peer: no import takes one near it. */
const MAX_IMAGE_BYTES = 1 << 30;

/** The image of an item; null where it has none that a peer could have. */
export function imageOf({ data, image }: ItemRecord, chunk: Hash | null): ImageRef | null {
  if (data.kind !== 'image' || !isHash(data.blob)) return null;
  const size = image?.size ?? 0;
  const isSize = Number.isSafeInteger(size) && size > 0 && size <= MAX_IMAGE_BYTES;
  return { hash: data.blob, size: isSize ? size : null, chunk };
}

/** What a peer is asked for an image. */
export const wantedImage = ({ hash, size, chunk }: ImageRef, isUrgent: boolean): Wanted => ({
  kind: 'blob',
  hash,
  size,
  limit: size ?? MAX_IMAGE_BYTES,
  isUrgent,
  tag: chunk,
});
