import type { Point, Rect, Size } from '#core/geometry/plane';
import type { RotatedRect } from '#core/geometry/rotated-rect';
import type { Box } from '#core/model/annotation';

/** Where a pointer is and what is held with it, in coordinates of the image. */
export interface ToolPointer {
  readonly at: Point;
  /** CSS pixels per pixel of the image. */
  readonly scale: number;
  /** A finger covers what it points at. */
  readonly kind: 'precise' | 'finger';
  readonly shift: boolean;
  readonly alt: boolean;
  /** Ctrl, or Cmd on a Mac. */
  readonly mod: boolean;
}

/**
 * What tools see, and what they do to it. Boxes are named by their place in the list, which runs from the lowest to the
 * topmost; while a gesture is under way, the list stays as it is.
 */
export interface Easel {
  /** Pixels of the upright image. */
  readonly extent: Size;
  readonly boxes: readonly Box[];
  /** Places of the selected boxes, ascending. */
  readonly selected: readonly number[];
  isSelected(place: number): boolean;
  /** Whether a pointer can take hold of it. */
  isPickable(place: number): boolean;
  isRotatable(place: number): boolean;
  select(places: readonly number[], how: 'replace' | 'add' | 'toggle'): void;
  /** Puts a new box of the class that is active. */
  add(shape: RotatedRect): void;
  reshape(shapes: ReadonlyMap<number, RotatedRect>): void;
}

/** What a gesture would do, were it to end now; it is drawn, but nothing has changed yet. */
export type Sketch =
  | { readonly kind: 'new'; readonly shape: RotatedRect }
  | { readonly kind: 'reshaped'; readonly shapes: ReadonlyMap<number, RotatedRect> }
  | { readonly kind: 'marquee'; readonly rect: Rect };

/** As CSS names them. */
export type Cursor =
  'default' | 'crosshair' | 'move' | 'pointer' | 'grab' | 'ns-resize' | 'ew-resize' | 'nwse-resize' | 'nesw-resize';

/** A state machine that turns one pointer's gestures into edits: one gesture, one edit, on its release. */
export interface Tool {
  /** null at rest. */
  readonly sketch: Sketch | null;
  /** What pressing here would do. */
  cursor(pointer: ToolPointer): Cursor;
  /** `pan`: the tool has no use for this press, so it moves the view. */
  press(pointer: ToolPointer): 'taken' | 'pan';
  move(pointer: ToolPointer): void;
  release(pointer: ToolPointer): void;
  /** Gives the gesture up without a trace. */
  cancel(): void;
}

/** CSS pixels within which edges of the image attract; Ctrl or Cmd switches that off. */
const SNAP = 8;

/** {@link SNAP} in pixels of the image. */
export const snapReach = ({ mod, scale }: ToolPointer): number => (mod ? 0 : SNAP / scale);

/** CSS pixels that a pointer travels before a click becomes a drag. */
const TRAVEL = { precise: 2, finger: 6 } as const;

/** Whether a pointer has come so far from where it was pressed that it drags. */
export const drags = (from: ToolPointer, { at, scale }: ToolPointer): boolean =>
  Math.hypot(at.x - from.at.x, at.y - from.at.y) * scale >= TRAVEL[from.kind];
