import { fault } from '#core/errors';
import type { ImageFacts } from '#core/model/item';
import { err, ok, type Result } from '#core/result';

export interface ReadImage {
  readonly facts: ImageFacts;
  /** WebP, at most 160 pixels on its longest side; null where the browser cannot draw the image in a worker (SVG). */
  readonly thumbnail: Blob | null;
}

/** Longest side of a thumbnail, in pixels. */
const THUMBNAIL = 160;

/** Pixels: an RGBA bitmap of that size takes 400 MB. */
export const MAX_PIXELS = 100_000_000;

/**
 * Reads an image by its content, whatever it is called, and proves that it can be decoded.
 *
 * @param path names the file in errors
 */
export async function readImage(signal: AbortSignal, path: string, file: Blob): Promise<Result<ReadImage>> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch (error) {
    signal.throwIfAborted();
    return err(fault('image.unreadable', path, { reason: (error as Error).message }));
  }
  const { width, height } = bitmap;
  const scale = Math.min(1, THUMBNAIL / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const thumbnail = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
  return ok({ facts: { width, height, type: file.type, size: file.size }, thumbnail });
}
