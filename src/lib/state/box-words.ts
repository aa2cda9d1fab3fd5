import type { Box } from '#core/model/annotation';
import { displayClass, type BoxField } from '#core/model/schema';

/** How boxes are spoken of. */

export const classNameOf = (field: BoxField, box: Box): string => displayClass(field, box.class).name;

/** Whole pixels: `120 × 80`. */
export const sizeInWords = ({ width, height }: Pick<Box, 'width' | 'height'>): string =>
  `${inPixels(width)} × ${inPixels(height)}`;

/** For a screen reader: `RBC box, 120 by 80 at 30, 40`. */
export function boxInWords(field: BoxField, box: Box): string {
  const { x, y, width, height, rotation } = box;
  const turned = rotation === 0 ? '' : `, turned by ${Math.round(rotation)} degrees`;
  return `${classNameOf(field, box)} box, ${inPixels(width)} by ${inPixels(height)} at ${inPixels(x)}, ${inPixels(y)}${turned}`;
}

export const boxesInWords = (count: number): string => (count === 1 ? '1 box' : `${count.toLocaleString('en')} boxes`);

/** Small ones keep a digit, so that none is 0 wide. */
const inPixels = (length: number): string =>
  String(Math.abs(length) < 10 ? Math.round(length * 10) / 10 : Math.round(length));
