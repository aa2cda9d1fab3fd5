import { pageFault } from '../page-errors';
import { boundsOf, intersectionOverUnion, normalDegrees, overlapArea } from '../geometry/rotated-rect';
import type { Box, BoxValue } from '../model/annotation';
import type { BoxField } from '../model/schema';
import { err, ok } from '../result';
import { bestPairs, type Pair } from '../stats/assignment';
import type { Extent, FieldKind } from './kind';
import { canonicalRegions, countClasses, isRegion, regionsFault, remapped, withoutConfidence } from './regions';

/** Pixels; beyond, numbers are no coordinates of any image. */
const FARTHEST = 1e7;

/**
 * A box as values hold it: its keys in the order of the canonical encoding, its rotation normal, no negative zero. Does
 * not check anything.
 */
export const newBox = ({ x, y, id, class: classId, width, height, rotation, confidence }: Box): Box => ({
  ...{ x: x + 0, y: y + 0, id, class: classId, width, height, rotation: normalDegrees(rotation) },
  ...(confidence !== undefined && { confidence }),
});

const KEYS = ['x', 'y', 'id', 'class', 'width', 'height', 'rotation'];

const isNormal = ({ x, y, rotation }: Box): boolean =>
  !Object.is(x, -0) && !Object.is(y, -0) && !Object.is(rotation, -0) && rotation >= 0 && rotation < 360;

/** What keeps a box from being one, in words; null for nothing. Partly outside the image is allowed. */
export function boxFault(box: Omit<Box, 'id' | 'class'>, extent: Extent | null): string | null {
  const { x, y, width, height, rotation } = box;
  if (!Number.isFinite(x + y + width + height + rotation)) {
    for (const [name, number] of Object.entries({ x, y, width, height, rotation }))
      if (!Number.isFinite(number)) return `the ${name} of a box is not a number`;
  }
  if (width <= 0 || height <= 0) return 'a box has no area';
  if (Math.max(Math.abs(x), Math.abs(y), width, height) > FARTHEST) return 'a box is larger than any image';
  if (extent === null) return null;
  if (extent.kind !== 'image') return 'a text has no boxes';
  // Nearly all are upright and wholly inside, and a gesture among thousands of boxes asks for each.
  const isInside = x >= 0 && y >= 0 && x + width <= extent.width && y + height <= extent.height;
  if (rotation === 0 && isInside) return null;
  const isKnown = extent.width > 0 && extent.height > 0;
  if (isKnown && overlapArea(boundsOf(box), { x: 0, y: 0, ...extent }) <= 0) return 'a box lies outside the image';
  return null;
}

const isBox = (value: unknown): value is Box =>
  isRegion(value) &&
  Number.isFinite(value['x']) &&
  Number.isFinite(value['y']) &&
  Number.isFinite(value['width']) &&
  Number.isFinite(value['height']) &&
  Number.isFinite(value['rotation']);

const isBoxes = (value: unknown): value is BoxValue => Array.isArray(value) && value.every(isBox);

/** Boxes around things in an image, perhaps turned. */
export const box: FieldKind<BoxField, BoxValue> = {
  kind: 'box',
  content: ['image'],
  is: isBoxes,
  blank: () => [],

  validate(value, field, extent) {
    const invalid = (reason: string) => err(pageFault('value.invalid', field.id, { reason }));
    if (!isBoxes(value)) return invalid('boxes are a list, each with id, class, x, y, width, height and rotation');
    const wrong = regionsFault(value, field, 'boxes');
    if (wrong !== null) return invalid(wrong);
    for (const one of value) {
      const reason = boxFault(one, extent);
      if (reason !== null) return invalid(`${reason} (${one.id})`);
    }
    return ok(canonicalRegions(value, KEYS, newBox, isNormal));
  },

  /**
   * Boxes of the same class are paired so that their intersections over union sum to the most; that sum over the number
   * of pairs and of boxes without a partner. The Jaccard index where pairs overlap fully or not at all.
   */
  similarity(a, b) {
    if (a.length === 0 && b.length === 0) return 1;
    const pairs = bestPairs(overlappingPairs(a, b));
    return pairs.reduce((sum, { weight }) => sum + weight, 0) / (a.length + b.length - pairs.length);
  },

  project: remapped,
  counts: countClasses,
  confirmed: withoutConfidence,
};

/** Boxes of one class that share any area, by a sweep from left to right. */
function overlappingPairs(a: BoxValue, b: BoxValue): Pair[] {
  const edge = (one: Box, at: number) => {
    const { x, width } = boundsOf(one);
    return { one, at, left: x, right: x + width };
  };
  const sorted = b.map(edge).sort((one, other) => one.left - other.left);
  const widest = sorted.reduce((most, { left, right }) => Math.max(most, right - left), 0);
  const pairs: Pair[] = [];
  for (const { one, at, left, right } of a.map(edge)) {
    for (let index = firstFrom(sorted, left - widest); index < sorted.length; index++) {
      const other = sorted[index]!;
      if (other.left > right) break;
      if (other.one.class !== one.class) continue;
      const weight = intersectionOverUnion(one, other.one);
      if (weight > 0) pairs.push({ left: at, right: other.at, weight });
    }
  }
  return pairs;
}

/** The first that begins at `from` or later, by bisection. */
function firstFrom(sorted: readonly { readonly left: number }[], from: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.left < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
