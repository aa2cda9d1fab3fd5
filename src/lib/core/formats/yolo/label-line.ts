import { rectangleOf, smallestRectangle, type Quadrilateral } from '../../geometry/quadrilateral';
import type { Point, Rect, Size } from '../../geometry/plane';
import { boundsOf, clippedTo, corners, type RotatedRect } from '../../geometry/rotated-rect';
import { err, ok, type Result } from '../../result';

/**
 * Lines of label files as Ultralytics reads them. Upright: `class cx cy w h`; oriented: `class x1 y1 x2 y2 x3 y3 x4 y4`,
 * the corners one after the other; both with a confidence after them where they are predictions. All numbers but the
 * class are shares of the image's width and height.
 */
export interface LabelLine {
  /** Index of the class. */
  readonly class: number;
  readonly shape:
    | { readonly kind: 'upright'; readonly cx: number; readonly cy: number; readonly w: number; readonly h: number }
    | { readonly kind: 'oriented'; readonly corners: Quadrilateral };
  /** null where the line gives none. */
  readonly confidence: number | null;
}

/** Columns of an upright and of an oriented box, without a confidence. */
const UPRIGHT = 5;
const ORIENTED = 9;

/** Writers that reckon in 32-bit floats come out above 1 by up to two units in the last place, 2.4e-7. */
const OVERSHOOT = 2.4e-7;

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** @returns the reason, in words, where the line is no box */
export function parseLine(text: string): Result<LabelLine, string> {
  if (text.includes(',')) return err('its numbers are separated by commas, not by blanks');
  const words = text.trim().split(/\s+/);
  const wrong = words.find((word) => !NUMBER.test(word));
  if (wrong !== undefined) return err(`“${wrong.slice(0, 40)}” is not a number`);
  const count = words.length;
  const isScored = count === UPRIGHT + 1 || count === ORIENTED + 1;
  if (count !== UPRIGHT && count !== ORIENTED && !isScored) return err(columnsFault(count));

  const [classIndex, ...numbers] = words.map(Number) as [number, ...number[]];
  if (!Number.isSafeInteger(classIndex) || classIndex < 0) return err(`“${words[0]!}” is no number of a class`);
  const confidence = isScored ? numbers.pop()! : null;
  if (confidence !== null && !(confidence >= 0 && confidence <= 1))
    return err(`its confidence is ${confidence}, not between 0 and 1`);
  const outside = numbers.find((number) => !(number >= 0 && number <= 1 + OVERSHOOT));
  if (outside !== undefined) return err(`${outside} is not between 0 and 1, as a share of the image must be`);
  return ok({ class: classIndex, shape: shapeOf(numbers), confidence });
}

function shapeOf(numbers: readonly number[]): LabelLine['shape'] {
  if (numbers.length === UPRIGHT - 1) {
    const [cx, cy, w, h] = numbers as [number, number, number, number];
    return { kind: 'upright', cx, cy, w, h };
  }
  const corner = (at: number): Point => ({ x: numbers[2 * at]!, y: numbers[2 * at + 1]! });
  return { kind: 'oriented', corners: [corner(0), corner(1), corner(2), corner(3)] };
}

function columnsFault(count: number): string {
  if (count > UPRIGHT && count % 2 === 1)
    return `it has ${count} columns, the outline of something with ${(count - 1) / 2} points; a box has 5, or 9 where it is turned`;
  return `it has ${count} ${count === 1 ? 'column' : 'columns'}; a box has 5, or 9 where it is turned, and one more with a confidence`;
}

/** Pixels by which corners may miss those of a rectangle: writers round them to whole pixels, by 0.71 px on the diagonal. */
const CORNER_TOLERANCE = 1;

/**
 * The box in pixels. `isFitted`: its corners were none of a rectangle, and the smallest one around them was taken, as
 * Ultralytics does. Where one of them lies on the image's edge, that only says that the box was cut off there.
 */
export function toPixels(
  shape: LabelLine['shape'],
  { width, height }: Size,
): { readonly rect: RotatedRect; readonly isFitted: boolean } {
  if (shape.kind === 'upright') {
    const [w, h] = [shape.w * width, shape.h * height];
    return {
      rect: { x: shape.cx * width - w / 2, y: shape.cy * height - h / 2, width: w, height: h, rotation: 0 },
      isFitted: false,
    };
  }
  const [a, b, c, d] = shape.corners.map(({ x, y }) => ({ x: x * width, y: y * height })) as unknown as Quadrilateral;
  const { rect, deviation } = rectangleOf([a, b, c, d]);
  return deviation <= CORNER_TOLERANCE
    ? { rect, isFitted: false }
    : { rect: smallestRectangle([a, b, c, d]), isFitted: !shape.corners.some(isOnEdge) };
}

const isOnEdge = ({ x, y }: Point): boolean => x <= 0 || x >= 1 || y <= 0 || y >= 1;

/** The line of an upright box: the part of it, or of the box around it, that lies in the image; null where none does. */
export function uprightLine(classIndex: number, box: RotatedRect, image: Size): string | null {
  const part = partWithin(boundsOf(box), image);
  if (!part) return null;
  const { x, y, width, height } = part;
  const numbers = [
    share(x + width / 2, image.width),
    share(y + height / 2, image.height),
    extent(width, image.width),
    extent(height, image.height),
  ];
  return `${classIndex} ${numbers.join(' ')}\n`;
}

/**
 * The line of an oriented box. Ultralytics refuses an image with coordinates outside of it: of a box that reaches beyond
 * the edge it is the smallest rectangle around the part in the image, its corners moved to the edge where they are still
 * beyond. Null where nothing of it is in the image.
 */
export function orientedLine(classIndex: number, box: RotatedRect, image: Size): string | null {
  const whole = corners(box);
  const isInside = whole.every(({ x, y }) => x >= 0 && x <= image.width && y >= 0 && y <= image.height);
  const part = isInside ? whole : clippedTo(whole, image);
  if (part.length === 0) return null;
  const quad = isInside ? whole : corners(smallestRectangle(part));
  const numbers = quad.flatMap(({ x, y }) => [
    share(within(x, image.width), image.width),
    share(within(y, image.height), image.height),
  ]);
  return `${classIndex} ${numbers.join(' ')}\n`;
}

function partWithin({ x, y, width, height }: Rect, image: Size): Rect | null {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  const [right, bottom] = [Math.min(image.width, x + width), Math.min(image.height, y + height)];
  return right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}

const within = (value: number, most: number): number => Math.min(Math.max(value, 0), most);

/**
 * Decimals of a share. An edge is the centre minus half of the extent, so that it is off by at most 0.75 units of the last
 * decimal: on an image of 10,000 pixels by 0.000075 px.
 */
const DECIMALS = 8;
const SMALLEST = 10 ** -DECIMALS;

const share = (pixels: number, of: number): string => (pixels / of).toFixed(DECIMALS);
/** Never 0, which would be no box. */
const extent = (pixels: number, of: number): string => Math.max(pixels / of, SMALLEST).toFixed(DECIMALS);
