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

const SVG = 'image/svg+xml';
/** Bytes up to which one is drawn as it is among many others. */
const SMALL_SVG = 64 * 1024;

/** Types that every browser decodes. */
const EVERYWHERE: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/bmp',
  'image/x-icon',
]);

/** Types whose headers are not read: icons are at most 256 pixels wide; few browsers decode the others at all. */
const SIZE_BY_DECODING: ReadonlySet<string> = new Set(['image/x-icon', 'image/tiff', 'image/jxl']);

/**
 * Reads an image by its content, whatever it is called, and proves that it can be decoded: Chromium's createImageBitmap
 * refuses a file as soon as pixels of its first frame are missing or damaged. The size is the one in which the browser
 * shows the image, EXIF orientation applied.
 *
 * Works in a worker; decodes one image at a time, which takes the memory of one bitmap. Rejects with the signal's
 * reason when aborted.
 *
 * @param path names the file in errors
 */
export async function readImage(signal: AbortSignal, path: string, file: Blob): Promise<Result<ReadImage>> {
  signal.throwIfAborted();
  try {
    const header = await findHeader(file);
    const refused = refusal(header, path, file.size);
    if (refused !== null) return err(refused);
    const image = header!.type === SVG ? await readSvg(header!, path, file) : await decode(header!, path, file);
    signal.throwIfAborted();
    return image;
  } catch (error) {
    signal.throwIfAborted();
    return err(fault('file.unreadable', path, { reason: (error as Error).message }));
  }
}

const unreadable = (path: string, reason: string) => fault('image.unreadable', path, { reason });

/** What can be said against an image before it is decoded. */
function refusal(header: ImageHeader | null, path: string, bytes: number): ConcordError | null {
  if (bytes === 0) return unreadable(path, 'the file is empty');
  if (header === null) return unreadable(path, 'its content is not that of an image');
  if (header.size !== null) return tooLarge(header.size, path);
  return SIZE_BY_DECODING.has(header.type) ? null : unreadable(path, 'the file is damaged or cut off');
}

async function readSvg(header: ImageHeader, path: string, file: Blob): Promise<Result<ReadImage>> {
  const isComplete = isCompleteSvg(new Uint8Array(await file.arrayBuffer()));
  if (!isComplete) return err(unreadable(path, 'the file is cut off'));
  return ok({ facts: { ...whole(header.size!), type: header.type, size: file.size }, thumbnail: null });
}

async function decode({ type }: ImageHeader, path: string, file: Blob): Promise<Result<ReadImage>> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    const reason = EVERYWHERE.has(type)
      ? 'the file is damaged or cut off'
      : `this browser does not decode ${type}, or the file is damaged`;
    return err(unreadable(path, reason));
  }
  try {
    const { width, height } = bitmap;
    const refused = tooLarge({ width, height }, path);
    if (refused !== null) return err(refused);
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

function tooLarge(size: { width: number; height: number }, path: string): ConcordError | null {
  if (size.width * size.height <= MAX_PIXELS) return null;
  return fault('image.too-large', path, { ...whole(size), limit: MAX_PIXELS });
}

/** Whole pixels, at least one. */
const whole = ({ width, height }: { width: number; height: number }) => ({
  width: Math.max(1, Math.round(width)),
  height: Math.max(1, Math.round(height)),
});

/**
 * The thumbnail of an image that was read before. An SVG, which no worker can draw, is its own as long as it is small; null
 * where the browser cannot draw the image.
 */
export async function thumbnail(image: Blob): Promise<Blob | null> {
  if (image.size <= SMALL_SVG && (await findHeader(image))?.type === SVG) return image.slice(0, image.size, SVG);
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(image);
  } catch {
    return null;
  }
  try {
    return await thumbnailOf(bitmap);
  } finally {
    bitmap.close();
  }
}

async function thumbnailOf(bitmap: ImageBitmap): Promise<Blob> {
  const scale = Math.min(1, THUMBNAIL / Math.max(bitmap.width, bitmap.height));
  const size = whole({ width: bitmap.width * scale, height: bitmap.height * scale });
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
}
