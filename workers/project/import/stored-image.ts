import type { ImageFacts } from '#core/model/item';
import { ok, type Result } from '#core/result';
import { hashBlob } from '#io/files/hash';
import { readImage } from '#io/files/images';
import type { StoredBlob } from '#io/storage/project-store';
import type { GivenFile } from './given';

/** An image that was decoded, with what is stored of it. */
export interface StoredImage {
  readonly facts: ImageFacts;
  readonly stored: StoredBlob;
}

/** Images that are read and decoded at once; more only hold memory. */
export const IMAGES_AHEAD = 4;

export async function readStoredImage(signal: AbortSignal, file: GivenFile): Promise<Result<StoredImage>> {
  const blob = await file.blob(signal);
  if (!blob.ok) return blob;
  const image = await readImage(signal, file.path, blob.value);
  if (!image.ok) return image;
  const { facts, thumbnail } = image.value;
  // The stored file is named by its content, so its type is what it is, not what it was called.
  const typed = new Blob([blob.value], { type: facts.type });
  return ok({ facts, stored: { hash: await hashBlob(typed), blob: typed, thumbnail } });
}
