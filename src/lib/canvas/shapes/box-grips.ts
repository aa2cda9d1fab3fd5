import type { Point } from '#core/geometry/plane';
import { gripPoint, type Grip } from '#core/geometry/reshape';
import { centreOf, contains, turned, type RotatedRect } from '#core/geometry/rotated-rect';

/** Where a selected box is taken hold of to be resized (a corner or side) or turned. */
export interface BoxHandle {
  readonly grip: Grip | 'turn';
  /** Pixels of the image. */
  readonly at: Point;
}

const CORNERS: readonly Grip[] = [
  { x: -1, y: -1 },
  { x: 1, y: -1 },
  { x: 1, y: 1 },
  { x: -1, y: 1 },
];
const LEVEL_SIDES: readonly Grip[] = [
  { x: 0, y: -1 },
  { x: 0, y: 1 },
];
const UPRIGHT_SIDES: readonly Grip[] = [
  { x: -1, y: 0 },
  { x: 1, y: 0 },
];

/** CSS pixels. */
const STALK = 28;
/** A side that is shorter has no handle of its own. */
const SIDE_FROM = 36;
/** Handles of a smaller box stand off, so that there is something left between them to move it by. */
const ROOMY = 18;
const REACH = { precise: 8, finger: 22 } as const;

/** @param scale CSS pixels per pixel of the image */
export function boxHandles(box: RotatedRect, scale: number, isRotatable: boolean): BoxHandle[] {
  const roomy = standingOff(box, scale);
  const sides = [
    ...(roomy.width * scale >= SIDE_FROM ? LEVEL_SIDES : []),
    ...(roomy.height * scale >= SIDE_FROM ? UPRIGHT_SIDES : []),
  ];
  const handles: BoxHandle[] = [...CORNERS, ...sides].map((grip) => ({ grip, at: gripPoint(roomy, grip) }));
  if (isRotatable) {
    const above = { x: roomy.x + roomy.width / 2, y: roomy.y - STALK / scale };
    handles.push({ grip: 'turn', at: turned(above, centreOf(roomy), roomy.rotation) });
  }
  return handles;
}

/** The handle that a pointer takes hold of; within the box, only what is nearer to it than to the box's middle. */
export function handleUnder(
  box: RotatedRect,
  pointer: { readonly at: Point; readonly scale: number; readonly kind: 'precise' | 'finger' },
  isRotatable: boolean,
): BoxHandle | null {
  const { at, scale, kind } = pointer;
  const inner = (Math.min(box.width, box.height) * scale) / 4;
  const reach = contains(box, at) ? Math.min(REACH[kind], Math.max(inner, 3)) : REACH[kind];
  let nearest: BoxHandle | null = null;
  let least = reach / scale;
  for (const handle of boxHandles(box, scale, isRotatable)) {
    const distance = Math.hypot(handle.at.x - at.x, handle.at.y - at.y);
    if (distance > least) continue;
    nearest = handle;
    least = distance;
  }
  return nearest;
}

const DIRECTIONS = ['ew-resize', 'nwse-resize', 'ns-resize', 'nesw-resize'] as const;

/** The arrows that show where a grip of a turned box goes. */
export function resizeCursor({ x, y }: Grip, rotation: number): (typeof DIRECTIONS)[number] {
  const degrees = (Math.atan2(y, x) * 180) / Math.PI + rotation;
  return DIRECTIONS[(Math.round(degrees / 45) + 8) % 4]!;
}

function standingOff(box: RotatedRect, scale: number): RotatedRect {
  const [dx, dy] = [Math.max(0, ROOMY / scale - box.width) / 2, Math.max(0, ROOMY / scale - box.height) / 2];
  const { x, y, width, height, rotation } = box;
  return { x: x - dx, y: y - dy, width: width + 2 * dx, height: height + 2 * dy, rotation };
}
