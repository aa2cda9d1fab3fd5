import { boxFault } from '../../fields/box';
import { boundsAround, rectangleOf, type Quadrilateral } from '../../geometry/quadrilateral';
import type { Point, Rect } from '../../geometry/plane';
import { boundsOf, type RotatedRect } from '../../geometry/rotated-rect';
import { err, ok, type Result } from '../../result';

/** What an annotation says, apart from what it belongs to. */
export interface Shape {
  readonly rect: RotatedRect;
  /** null where it gives none. */
  readonly score: number | null;
  /** What was read otherwise than it is written; null for nothing. */
  readonly adjusted: string | null;
  /** Whether it has an outline, which a box does not keep. */
  readonly hasOutline: boolean;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** Pixels: half of the last digit where corners are written with two decimals, as other tools do, and some rounding. */
const CORNER_TOLERANCE = 0.01;
/** Pixels: corners with the same rounded coordinate are on one line; this is for what sums of floats leave. */
const ROUNDING = 1e-6;

/**
 * The box of an annotation or of a result.
 *
 * A segmentation that is just the four corners of a turned rectangle, with `bbox` around it, is a turned box: so Concord
 * writes them. Any other polygon counts only where there is no `bbox`. What marks a crowd is no box of one thing.
 *
 * @returns the reason, in words, where it cannot be a box
 */
export function shapeOf(record: JsonObject): Result<Shape, string> {
  if (record['iscrowd'] === 1 || record['iscrowd'] === true)
    return err('it marks a crowd (iscrowd), which is not the box of one thing');
  const score = scoreOf(record['score']);
  if (!score.ok) return score;
  const polygons = polygonsOf(record['segmentation']);
  const hasOutline = polygons.length > 0 || isRunLength(record['segmentation']);
  const bbox = record['bbox'];
  if (bbox === undefined || bbox === null || (Array.isArray(bbox) && bbox.length === 0)) {
    if (polygons.length === 0)
      return err(hasOutline ? 'it has no bbox, only a mask (RLE)' : 'it has neither a bbox nor a polygon');
    const rect = { ...boundsAround(polygons.flat()), rotation: 0 };
    const adjusted = 'it has no bbox; the box around its polygons was taken';
    return checked({ rect, score: score.value, adjusted, hasOutline });
  }
  const upright = rectOf(bbox);
  if (!upright.ok) return upright;
  const turned = turnedBox(polygons, upright.value);
  if (turned) return checked({ rect: turned, score: score.value, adjusted: null, hasOutline: false });
  return checked({
    rect: { ...upright.value, rotation: 0 },
    score: score.value,
    adjusted: null,
    hasOutline: hasOutline && !isItsOwnOutline(polygons, upright.value),
  });
}

function checked(shape: Shape): Result<Shape, string> {
  const fault = boxFault(shape.rect, null);
  return fault === null ? ok(shape) : err(fault);
}

function scoreOf(score: unknown): Result<number | null, string> {
  if (score === undefined || score === null) return ok(null);
  if (typeof score !== 'number') return err(`its score is ${inWords(score)}, not a number`);
  return score >= 0 && score <= 1 ? ok(score) : err(`its score is ${score}, not between 0 and 1`);
}

const BBOX = ['x', 'y', 'width', 'height'] as const;

function rectOf(bbox: unknown): Result<Rect, string> {
  if (!Array.isArray(bbox)) return err(`its bbox is ${inWords(bbox)}, not a list`);
  if (bbox.length !== BBOX.length)
    return err(`its bbox has ${bbox.length} numbers, not the four of x, y, width and height`);
  for (const [at, name] of BBOX.entries())
    if (typeof bbox[at] !== 'number') return err(`the ${name} of its bbox is ${inWords(bbox[at])}, not a number`);
  const [x, y, width, height] = bbox as [number, number, number, number];
  return ok({ x, y, width, height });
}

/** The polygons of a segmentation; none where it is a mask or is damaged. */
function polygonsOf(segmentation: unknown): Point[][] {
  if (!Array.isArray(segmentation)) return [];
  return segmentation.flatMap((polygon: unknown) => {
    const isPolygon = Array.isArray(polygon) && polygon.length >= 6 && polygon.length % 2 === 0;
    if (!isPolygon || !polygon.every((number) => typeof number === 'number')) return [];
    const numbers = polygon;
    return [Array.from({ length: numbers.length / 2 }, (_, at) => ({ x: numbers[2 * at]!, y: numbers[2 * at + 1]! }))];
  });
}

const isRunLength = (segmentation: unknown): boolean =>
  typeof segmentation === 'object' && segmentation !== null && !Array.isArray(segmentation);

/** A turned rectangle with the box around it; null for anything else, upright rectangles too. */
function turnedBox(polygons: readonly Point[][], bbox: Rect): RotatedRect | null {
  const [corners, ...others] = polygons;
  if (corners?.length !== 4 || others.length > 0) return null;
  const { rect, deviation } = rectangleOf(corners as unknown as Quadrilateral);
  if (deviation > CORNER_TOLERANCE || !isNear(boundsOf(rect), bbox)) return null;
  const bounds = boundsAround(corners);
  return corners.every((corner) => isCorner(corner, bounds, ROUNDING)) ? null : rect;
}

/** Whether the polygon says no more than the box itself; many tools write that. */
const isItsOwnOutline = (polygons: readonly Point[][], bbox: Rect): boolean =>
  polygons.length === 1 &&
  polygons[0]!.length === 4 &&
  polygons[0]!.every((corner) => isCorner(corner, bbox, CORNER_TOLERANCE));

const isCorner = (point: Point, { x, y, width, height }: Rect, tolerance: number): boolean =>
  Math.min(Math.abs(point.x - x), Math.abs(point.x - x - width)) <= tolerance &&
  Math.min(Math.abs(point.y - y), Math.abs(point.y - y - height)) <= tolerance;

const isNear = (a: Rect, b: Rect): boolean =>
  Math.abs(a.x - b.x) <= 2 * CORNER_TOLERANCE &&
  Math.abs(a.y - b.y) <= 2 * CORNER_TOLERANCE &&
  Math.abs(a.width - b.width) <= 2 * CORNER_TOLERANCE &&
  Math.abs(a.height - b.height) <= 2 * CORNER_TOLERANCE;

const LONGEST_WORDS = 40;

/** A value as an issue quotes it. */
function inWords(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > LONGEST_WORDS ? `${json.slice(0, LONGEST_WORDS)}…` : json;
}
