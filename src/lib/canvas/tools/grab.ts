import {
  gripPoint,
  resized,
  shiftedWithin,
  turnedTowards,
  withinImage,
  type Grip,
  type Stretch,
} from '#core/geometry/reshape';
import type { RotatedRect } from '#core/geometry/rotated-rect';
import { handleUnder, resizeCursor } from '../shapes/box-grips';
import { selectionUnder } from './pick';
import { snapReach, type Cursor, type Easel, type ToolPointer } from './tool';

/** The selection in a pointer's hold. */
export interface Grab {
  readonly kind: 'move' | 'resize' | 'turn';
  readonly cursor: Cursor;
  /** The shapes of what is held when the pointer has come to a place. */
  shapesAt(pointer: ToolPointer): ReadonlyMap<number, RotatedRect>;
}

/** Degrees, with Shift. */
const TURN_STEP = 15;

/** What dragging does with the keys that are held: Shift keeps the proportions, Alt the centre. */
export const stretchOf = ({ shift, alt }: ToolPointer): Stretch => ({
  proportions: shift ? 'kept' : 'free',
  about: alt ? 'centre' : 'opposite',
});

/** What a press takes hold of: a handle of the one selected box, or the selected boxes; null: neither. */
export function grabAt(easel: Easel, pointer: ToolPointer): Grab | null {
  const [only, ...others] = easel.selected;
  if (only === undefined) return null;
  if (others.length === 0 && easel.isPickable(only)) {
    const box = easel.boxes[only]!;
    const handle = handleUnder(box, pointer, easel.isRotatable(only));
    if (handle?.grip === 'turn') return turning(easel, only, handle.at, pointer);
    if (handle) return resizing(easel, only, handle.grip, pointer);
  }
  return selectionUnder(easel, pointer) ? moving(easel, pointer) : null;
}

/** Takes hold of all selected boxes that can be. */
export function moving(easel: Easel, from: ToolPointer): Grab {
  const places = easel.selected.filter((place) => easel.isPickable(place));
  const rects = places.map((place) => easel.boxes[place]!);
  return {
    kind: 'move',
    cursor: 'move',
    shapesAt(pointer) {
      let by = { x: pointer.at.x - from.at.x, y: pointer.at.y - from.at.y };
      // With Shift along one axis only.
      if (pointer.shift) by = Math.abs(by.x) > Math.abs(by.y) ? { x: by.x, y: 0 } : { x: 0, y: by.y };
      const moved = shiftedWithin(rects, by, easel.extent, snapReach(pointer));
      return new Map(places.map((place, at) => [place, moved[at]!]));
    },
  };
}

function resizing(easel: Easel, place: number, grip: Grip, from: ToolPointer): Grab {
  const box = easel.boxes[place]!;
  // The corner keeps its distance from the pointer, which seldom takes it in its very middle.
  const corner = gripPoint(box, grip);
  const off = { x: corner.x - from.at.x, y: corner.y - from.at.y };
  return {
    kind: 'resize',
    cursor: resizeCursor(grip, box.rotation),
    shapesAt(pointer) {
      const wished = { x: pointer.at.x + off.x, y: pointer.at.y + off.y };
      const to = withinImage(wished, easel.extent, snapReach(pointer));
      return new Map([[place, resized(box, grip, to, stretchOf(pointer), easel.extent)]]);
    },
  };
}

function turning(easel: Easel, place: number, handle: ToolPointer['at'], from: ToolPointer): Grab {
  const box = easel.boxes[place]!;
  const off = { x: handle.x - from.at.x, y: handle.y - from.at.y };
  return {
    kind: 'turn',
    cursor: 'grab',
    shapesAt({ at, shift }) {
      const towards = { x: at.x + off.x, y: at.y + off.y };
      return new Map([[place, turnedTowards(box, towards, shift ? TURN_STEP : 0)]]);
    },
  };
}
