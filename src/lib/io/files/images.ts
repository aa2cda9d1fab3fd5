import { fault, type ConcordError } from '#core/errors';
import type { ImageFacts } from '#core/model/item';
import { err, ok, type Result } from '#core/result';
import { HEADER_BYTES, readImageHeader, type ImageHeader } from './image-header';
import { isCompleteSvg } from './svg';

export interface ReadImage {
  readonly facts: ImageFacts;
  /** WebP, at most 160 pixels on its longest side; null where the browser cannot draw the image in a worker (SVG). */
  readonly thumbnail: Blob | null;
}

/** Longest side of a thumbnail, in pixels. */
const THUMBNAIL = 160;

/** Pixels: an RGBA bitmap of that size takes 400 MB. */
const MAX_PIXELS = 100_000_000;

/** Types that every browser decodes. */
const EVERYWHERE: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/bmp',
  'image/x-icon',
]);

/** Types whose headers are not read: icons are at most 256 pixels wide, and browsers that decode the others limit them themselves. */
const SIZE_BY_DECODING: ReadonlySet<string> = new Set(['image/x-icon', 'image/tiff', 'image/jxl']);

/**
 * Reads an image by its content, whatever it is called, and proves that it can be decoded: Chromium's createImageBitmap refuses every file
 * whose first frame is not complete, down to a single missing byte. EXIF orientation is honoured as the browser does when it shows the image.
 *
 * Works in a worker; decodes one image at a time, which takes the memory of one bitmap.
 *
 * @param path names the file in errors
 */
export async function readImage(signal: AbortSignal, path: string, file: Blob): Promise<Result<ReadImage>> {
  signal.throwIfAborted();
  const unreadable = (reason: string) => err(fault('image.unreadable', path, { reason }));
  if (file.size === 0) return unreadable('the file is empty');
  let header: ImageHeader | null;
  try {
    header = await findHeader(file);
  } catch (error) {
    return err(fault('file.unreadable', path, { reason: (error as Error).message }));
  }
  if (header === null) return unreadable('its content is not that of an image');
  const { type } = header;
  if (header.size === null && !SIZE_BY_DECODING.has(type)) return unreadable('the file is damaged or cut off');
  const tooLarge = checkSize(header.size, path);
  if (tooLarge !== null) return err(tooLarge);

  if (type === 'image/svg+xml') {
    if (header.size === null || !isCompleteSvg(await file.text())) return unreadable('the file is cut off');
    return ok({ facts: { ...rounded(header.size), type, size: file.size }, thumbnail: null });
  }

  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    signal.throwIfAborted();
    return unreadable(
      EVERYWHERE.has(type)
        ? 'the file is damaged or cut off'
        : `this browser does not decode ${type}, or it is damaged`,
    );
  }
  try {
    signal.throwIfAborted();
    const { width, height } = bitmap;
    const stillTooLarge = checkSize({ width, height }, path);
    if (stillTooLarge !== null) return err(stillTooLarge);
    return ok({ facts: { width, height, type, size: file.size }, thumbnail: await thumbnailOf(bitmap) });
  } finally {
    bitmap.close();
  }
}

/** The header of an image; null where there is none. */
async function findHeader(file: Blob): Promise<ImageHeader | null> {
  const head = readImageHeader(new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer()));
  if (head === null || head.size !== null || file.size <= HEADER_BYTES) return head;
  return readImageHeader(new Uint8Array(await file.arrayBuffer()));
}

function checkSize(size: ImageHeader['size'], path: string): ConcordError | null {
  if (size === null || size.width * size.height <= MAX_PIXELS) return null;
  return fault('image.too-large', path, { ...rounded(size), limit: MAX_PIXELS });
}

const rounded = ({ width, height }: { width: number; height: number }) => ({
  width: Math.max(1, Math.round(width)),
  height: Math.max(1, Math.round(height)),
});

async function thumbnailOf(bitmap: ImageBitmap): Promise<Blob> {
  const scale = Math.min(1, THUMBNAIL / Math.max(bitmap.width, bitmap.height));
  const size = rounded({ width: bitmap.width * scale, height: bitmap.height * scale });
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
}
