import type { Size } from './viewport';

/** An image ready to be drawn. `source` may hold fewer pixels than the image has. */
export interface Picture {
  readonly source: CanvasImageSource;
  /** Pixels of the upright image: what coordinates refer to. */
  readonly size: Size;
  /** Pixels of `source` per pixel of the image, at most 1; Infinity for vector images, which are sharp at any scale. */
  readonly detail: number;
  /** Gives the memory back; the picture must not be drawn afterwards. */
  close(): void;
}

/** Where the pixels come from. */
export type PictureSource =
  /** A size of 0 x 0 is not known. */
  | { readonly kind: 'blob'; readonly blob: Blob; readonly type: string; readonly size: Size }
  | { readonly kind: 'url'; readonly url: string };

/**
 * More pixels than this are not decoded: a decoder holds them all at once, 4 bytes each, and a tab that asks for more
 * than about a gigabyte is killed.
 */
const MAX_PIXELS = 200_000_000;

/** A full-resolution bitmap is kept only up to this many pixels (256 MB); beyond, zooming shows what fits. */
const MAX_KEPT_PIXELS = 64_000_000;

/**
 * Decodes an image off the page's thread and scales it down to `target` (device pixels; null: as it is).
 *
 * @throws when the browser cannot decode it
 */
export async function decodePicture(source: PictureSource, target: Size | null): Promise<Picture> {
  if (source.kind === 'url') return fromElement(await loadElement(source.url), target);
  if (source.type === 'image/svg+xml') return vector(source.blob, source.size);
  const { size } = source;
  if (size.width * size.height > MAX_PIXELS) throw new RangeError('too many pixels');
  const detail = detailFor(size, target);
  const bitmap = await createImageBitmap(source.blob, { imageOrientation: 'from-image', ...scaled(size, detail) });
  return picture(bitmap, size.width > 0 ? size : { width: bitmap.width, height: bitmap.height }, detail);
}

function picture(bitmap: ImageBitmap, size: Size, detail: number): Picture {
  return {
    source: bitmap,
    size,
    detail,
    close: () => {
      bitmap.close();
    },
  };
}

/** The share of an image's resolution that `target` (device pixels; null: all of it) needs, at most 1. */
export function detailFor(size: Size, target: Size | null): number {
  const wanted = target === null ? 1 : Math.min(target.width / size.width, target.height / size.height, 1);
  return Math.min(wanted, Math.sqrt(MAX_KEPT_PIXELS / (size.width * size.height)));
}

function scaled(size: Size, detail: number): ImageBitmapOptions {
  if (detail >= 1) return {};
  return {
    resizeWidth: Math.max(1, Math.round(size.width * detail)),
    resizeHeight: Math.max(1, Math.round(size.height * detail)),
    resizeQuality: detail < 0.5 ? 'medium' : 'high',
  };
}

async function loadElement(url: string): Promise<HTMLImageElement> {
  const element = new Image();
  // The host need not learn which project its image is labelled in. No CORS is asked for: the pixels are only shown.
  element.referrerPolicy = 'no-referrer';
  element.decoding = 'async';
  element.src = url;
  await element.decode();
  return element;
}

async function fromElement(element: HTMLImageElement, target: Size | null): Promise<Picture> {
  const size = { width: element.naturalWidth, height: element.naturalHeight };
  if (size.width === 0 || size.height === 0 || new URL(element.src).pathname.endsWith('.svg'))
    return asElement(element, size);
  const detail = detailFor(size, target);
  return picture(await createImageBitmap(element, scaled(size, detail)), size, detail);
}

async function vector(blob: Blob, size: Size): Promise<Picture> {
  const url = URL.createObjectURL(blob);
  try {
    return asElement(await loadElement(url), size);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** An SVG without a size of its own is shown as a square. */
function asElement(element: HTMLImageElement, size: Size): Picture {
  const known = size.width > 0 && size.height > 0 ? size : { width: 1000, height: 1000 };
  element.width = known.width;
  element.height = known.height;
  return { source: element, size: known, detail: Infinity, close: () => undefined };
}
