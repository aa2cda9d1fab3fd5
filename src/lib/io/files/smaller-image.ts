import { fault } from '#core/errors';
import { err, ok, type Result } from '#core/result';
import { readImage } from './images';

/** Longest side of an image in guidelines, in pixels: as wide as a screen shows it. */
const LONGEST = 1600;
const QUALITY = 0.85;

/**
 * An image made fit to be read beside a text: upright, at most 1,600 pixels on its longest side, as WebP (JPEG where the
 * browser cannot write that), without anything that its file said besides, such as where it was taken.
 *
 * Works in a worker. Errors as of {@link readImage}.
 */
export async function smallerImage(signal: AbortSignal, path: string, file: Blob): Promise<Result<Blob>> {
  const read = await readImage(signal, path, file);
  if (!read.ok) return read;
  const { width, height, type } = read.value.facts;
  if (type === 'image/svg+xml') {
    return err(fault('image.unreadable', path, { reason: 'drawings in SVG are not shown in guidelines' }));
  }
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  const bitmap = await createImageBitmap(file);
  try {
    return ok(await encoded(bitmap, Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))));
  } finally {
    bitmap.close();
  }
}

async function encoded(bitmap: ImageBitmap, width: number, height: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  const webp = await canvas.convertToBlob({ type: 'image/webp', quality: QUALITY });
  if (webp.type === 'image/webp') return webp;
  // JPEG knows no transparency: what shines through would become black.
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
}
