import type { Hash } from '#core/model/ids';
import { ok, type Result } from '#core/result';
import { hashBlob } from '#io/files/hash';
import { HEADER_BYTES, readImageHeader } from '#io/files/image-header';
import { smallerImage } from '#io/files/smaller-image';
import type { ProjectStore } from '#io/storage/project-store';

/** Stores an image by its hash, made small, for a text that will refer to it. */
export async function addImage(store: ProjectStore, file: File): Promise<Result<Hash>> {
  const image = await smallerImage(new AbortController().signal, file.name, file);
  if (!image.ok) return image;
  const hash = await hashBlob(image.value);
  const kept = await store.keep({ blobs: [{ hash, blob: image.value, thumbnail: null }] });
  return kept.ok ? ok(hash) : kept;
}

/** What a page may show as it is: pictures, and nothing that could run. */
const SHOWN: ReadonlySet<string> = new Set(['image/webp', 'image/jpeg', 'image/png', 'image/gif', 'image/avif']);

/** A stored image, typed by its content, whatever it came as; null where it is not on this device, or is none. */
export async function storedImage(store: ProjectStore, hash: Hash): Promise<Result<Blob | null>> {
  const blob = (await store.blobs.get(hash))?.blob;
  if (!blob) return ok(null);
  const header = readImageHeader(new Uint8Array(await blob.slice(0, HEADER_BYTES).arrayBuffer()));
  return ok(header && SHOWN.has(header.type) ? blob.slice(0, blob.size, header.type) : null);
}
