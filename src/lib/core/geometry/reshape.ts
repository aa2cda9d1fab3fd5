import type { Point, Rect, Size } from './plane';
import { boundsOf, centreOf, normalDegrees, turned, type RotatedRect } from './rotated-rect';

/** A corner or side of a rectangle before it is turned: -1 is left or top, 0 the middle, 1 right or bottom. */
export interface Grip {
  readonly x: -1 | 0 | 1;
  readonly y: -1 | 0 | 1;
}

/** How a rectangle follows the point that its grip is dragged to. */
export interface Stretch {
  readonly proportions: 'free' | 'kept';
  /** What stays in its place: what is opposite to the grip, or the centre. */
  readonly about: 'opposite' | 'centre';
}

/** Pixels: nothing that a person draws is smaller. */
const SMALLEST = 1;

/** Positions that people draw are as fine as this part of a pixel, or of a degree. */
const FINENESS = 100;

const fine = (value: number): number => Math.round(value * FINENESS) / FINENESS + 0;

/** As people draw it: hundredths of a pixel. The edges of an upright one are rounded, so that none of them drifts. */
export function rounded({ x, y, width, height, rotation }: RotatedRect): RotatedRect {
  const degrees = normalDegrees(fine(rotation));
  const [left, top] = [fine(x), fine(y)];
  if (degrees !== 0) return { x: left, y: top, width: fine(width), height: fine(height), rotation: degrees };
  return { x: left, y: top, width: fine(fine(x + width) - left), height: fine(fine(y + height) - top), rotation: 0 };
}

/** The nearest place in the image; its edges attract what is within `reach`. */
export function withinImage({ x, y }: Point, image: Size, reach: number): Point {
  const along = (at: number, length: number): number => (at <= reach ? 0 : at >= length - reach ? length : at);
  return { x: along(x, image.width), y: along(y, image.height) };
}

/** The smallest upright rectangle around all of them; there must be one. */
export function unionBounds(rects: Iterable<RotatedRect>): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const rect of rects) {
    const { x, y, width, height } = boundsOf(rect);
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * How far something with these bounds moves when it is pushed `by`: it stays in the image, or comes into it, and the
 * image's edges attract it within `reach`. What is larger than the image stays where it covers all of it.
 */
function allowedShift(bounds: Rect, by: Point, image: Size, reach: number): Point {
  const along = (start: number, length: number, push: number, whole: number): number => {
    const [toStart, toEnd] = [-start, whole - start - length];
    const [low, high] = [Math.min(toStart, toEnd), Math.max(toStart, toEnd)];
    if (push !== 0 && Math.abs(push - toStart) <= reach) return toStart;
    if (push !== 0 && Math.abs(push - toEnd) <= reach) return toEnd;
    return Math.min(Math.max(push, low), high);
  };
  return {
    x: along(bounds.x, bounds.width, by.x, image.width),
    y: along(bounds.y, bounds.height, by.y, image.height),
  };
}

export const shifted = (rect: RotatedRect, by: Point): RotatedRect =>
  rounded({ x: rect.x + by.x, y: rect.y + by.y, width: rect.width, height: rect.height, rotation: rect.rotation });

/** Moves rectangles together, as far as {@link allowedShift} lets them. */
export function shiftedWithin(rects: readonly RotatedRect[], by: Point, image: Size, reach: number): RotatedRect[] {
  const shift = allowedShift(unionBounds(rects), by, image, reach);
  return rects.map((rect) => shifted(rect, shift));
}

/** Brings a rectangle into an image, cutting off what an upright one has too much. */
export function fitted(rect: RotatedRect, image: Size): RotatedRect {
  const upright = rect.rotation === 0;
  const width = upright ? Math.min(rect.width, image.width) : rect.width;
  const height = upright ? Math.min(rect.height, image.height) : rect.height;
  const cut = { x: rect.x, y: rect.y, width, height, rotation: rect.rotation };
  return shifted(cut, allowedShift(boundsOf(cut), { x: 0, y: 0 }, image, 0));
}

/** The upright rectangle that is drawn from one place in the image to another. */
export function drawn(from: Point, to: Point, { proportions, about }: Stretch, image: Size): RotatedRect {
  const way = { x: to.x - from.x, y: to.y - from.y };
  const isCentred = about === 'centre';
  const direction = isCentred
    ? { x: 0, y: 0 }
    : { x: headed(way.x, from.x, image.width, SMALLEST), y: headed(way.y, from.y, image.height, SMALLEST) };
  const times = isCentred ? 2 : 1;
  let [width, height] = [Math.abs(way.x) * times, Math.abs(way.y) * times];
  if (proportions === 'kept') width = height = Math.max(width, height);
  const [roomX, roomY] = [room(from.x, image.width, direction.x), room(from.y, image.height, direction.y)];
  if (proportions === 'kept') width = height = Math.min(width, roomX, roomY);
  const size = { width: atLeastSmallest(Math.min(width, roomX)), height: atLeastSmallest(Math.min(height, roomY)) };
  return fitted(grown(from, 0, direction, size), image);
}

/**
 * The rectangle with its grip dragged to a place. Beyond what stays in place it turns inside out. An upright one grows as far
 * as the image goes; of a turned one, corners may stand out.
 */
export function resized(
  rect: RotatedRect,
  grip: Grip,
  to: Point,
  { proportions, about }: Stretch,
  image: Size,
): RotatedRect {
  const { width, height, rotation } = rect;
  const [isKept, isCentred, isUpright] = [proportions === 'kept', about === 'centre', rotation === 0];
  const centre = centreOf(rect);
  const opposite = { x: centre.x - (grip.x * width) / 2, y: centre.y - (grip.y * height) / 2 };
  const anchor = isCentred ? centre : turned(opposite, centre, rotation);
  const local = turned(to, anchor, -rotation);
  /** The least share of its own size that it can have, and still be a pixel wide and high. */
  const least = isKept ? Math.min(1, SMALLEST / Math.min(width, height)) : 0;

  const along = (side: Grip['x'], way: number, own: number, from: number, whole: number) => {
    const isFixed = isCentred || side === 0;
    const wayOut = way === 0 ? side : Math.sign(way);
    const direction = isFixed ? 0 : isUpright ? headed(wayOut, from, whole, Math.max(SMALLEST, own * least)) : wayOut;
    return {
      direction,
      wished: side === 0 ? own : Math.abs(way) * (isCentred ? 2 : 1),
      most: isUpright ? room(from, whole, direction) : Infinity,
    };
  };
  const x = along(grip.x, local.x - anchor.x, width, anchor.x, image.width);
  const y = along(grip.y, local.y - anchor.y, height, anchor.y, image.height);

  let size: Size;
  if (isKept) {
    const wished = Math.max(grip.x === 0 ? 0 : x.wished / width, grip.y === 0 ? 0 : y.wished / height);
    const factor = Math.max(Math.min(wished, x.most / width, y.most / height), least);
    size = { width: width * factor, height: height * factor };
  } else {
    size = {
      width: grip.x === 0 ? width : atLeastSmallest(Math.min(x.wished, x.most)),
      height: grip.y === 0 ? height : atLeastSmallest(Math.min(y.wished, y.most)),
    };
  }
  return rounded(grown(anchor, rotation, { x: x.direction, y: y.direction }, size));
}

/** Turned so that the middle of what is its upper side looks towards a place; `step`: to whole multiples, degrees; 0: freely. */
export function turnedTowards(rect: RotatedRect, place: Point, step: number): RotatedRect {
  const centre = centreOf(rect);
  const degrees = (Math.atan2(place.x - centre.x, centre.y - place.y) * 180) / Math.PI;
  return withRotation(rect, step > 0 ? Math.round(degrees / step) * step : degrees);
}

export const withRotation = ({ x, y, width, height }: RotatedRect, degrees: number): RotatedRect => ({
  ...{ x, y, width, height },
  rotation: normalDegrees(fine(degrees)),
});

/** Where a grip is. */
export function gripPoint(rect: RotatedRect, { x, y }: Grip): Point {
  const centre = centreOf(rect);
  return turned({ x: centre.x + (x * rect.width) / 2, y: centre.y + (y * rect.height) / 2 }, centre, rect.rotation);
}

/** The rectangle of a size whose side or corner against `direction` is at the anchor; 0: whose middle is. */
function grown(anchor: Point, rotation: number, direction: Point, { width, height }: Size): RotatedRect {
  const upright = { x: anchor.x + (direction.x * width) / 2, y: anchor.y + (direction.y * height) / 2 };
  const centre = turned(upright, anchor, rotation);
  return { x: centre.x - width / 2, y: centre.y - height / 2, width, height, rotation };
}

/** How long something may become that grows from a place in a direction, or, for 0, to both sides of it. */
function room(at: number, length: number, direction: number): number {
  if (direction === 0) return 2 * Math.max(0, Math.min(at, length - at));
  return Math.max(0, direction > 0 ? length - at : at);
}

/** Which way something goes along an axis: as it is drawn, unless there is not even room for the least that it needs. */
function headed(way: number, from: number, length: number, needed: number): number {
  const direction = Math.sign(way) || 1;
  return room(from, length, direction) < needed && room(from, length, -direction) >= needed ? -direction : direction;
}

const atLeastSmallest = (length: number): number => Math.max(length, SMALLEST);
