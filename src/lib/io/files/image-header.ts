import { imageDimensionsFromData } from 'image-dimensions';
import { svgSize } from './svg';

export interface ImageHeader {
  /** MIME type by content. */
  readonly type: string;
  /** Pixels before any EXIF orientation; null where only decoding can tell. */
  readonly size: { readonly width: number; readonly height: number } | null;
}

/** Bytes at the beginning of a file in which its header mostly lies; large EXIF blocks may put it further back. */
export const HEADER_BYTES = 2 ** 16;

/**
 * Recognises an image by its content and reads its size, so that a file of a few kilobytes that would unfold to
 * gigabytes is never decoded.
 *
 * @param bytes the file, or its beginning
 * @returns null where this is no image that any browser decodes
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const known = imageDimensionsFromData(bytes);
  if (known !== undefined) return { type: `image/${known.type}`, size: { width: known.width, height: known.height } };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const signature = SIGNATURES.find(([, ...start]) => start.every((byte, at) => byte === null || bytes[at] === byte));
  if (signature !== undefined)
    return { type: signature[0], size: signature[0] === 'image/bmp' ? bitmapSize(view) : null };
  const size = svgSize(bytes);
  return size === null ? null : { type: 'image/svg+xml', size };
}

/**
 * Type, then its first bytes; null for any byte. Those whose size is read above are here for headers that lie beyond
 * `bytes`.
 */
const SIGNATURES: readonly (readonly [type: string, ...(number | null)[]])[] = [
  ['image/png', 0x89, 0x50, 0x4e, 0x47],
  ['image/jpeg', 0xff, 0xd8, 0xff],
  ['image/gif', 0x47, 0x49, 0x46, 0x38],
  ['image/webp', 0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50],
  ['image/avif', null, null, null, null, 0x66, 0x74, 0x79, 0x70, 0x61, 0x76, 0x69],
  ['image/heic', null, null, null, null, 0x66, 0x74, 0x79, 0x70, 0x68, 0x65, 0x69],
  ['image/bmp', 0x42, 0x4d],
  ['image/x-icon', 0x00, 0x00, 0x01, 0x00],
  ['image/tiff', 0x49, 0x49, 0x2a, 0x00],
  ['image/tiff', 0x4d, 0x4d, 0x00, 0x2a],
  ['image/jxl', 0xff, 0x0a],
  ['image/jxl', 0x00, 0x00, 0x00, 0x0c, 0x4a, 0x58, 0x4c, 0x20],
];

/** A BMP's size, from its OS/2 (12 bytes) or Windows header; a negative height means rows from the top. */
function bitmapSize(view: DataView): ImageHeader['size'] {
  if (view.byteLength < 26) return null;
  if (view.getUint32(14, true) === 12) return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
  return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
}
