import { centreOf, contains, type RotatedRect } from '#core/geometry/rotated-rect';
import { turned } from '#core/geometry/rotated-rect';
import type { Easel, ToolPointer } from './tool';

/** CSS pixels around a box within which it is still meant, where nothing lies under the pointer itself. */
const NEAR = { precise: 4, finger: 22 } as const;

/** CSS pixels; a click that is nearer to the one before goes on through what lies beneath. */
const SAME_PLACE = 4;

/** Boxes under a pointer, the smallest first; without any, the nearest one within reach. */
export function boxesUnder(easel: Easel, { at, scale, kind }: ToolPointer): number[] {
  const { boxes } = easel;
  const under: number[] = [];
  let nearest: number | null = null;
  let least = NEAR[kind] / scale;
  for (let place = 0; place < boxes.length; place++) {
    const box = boxes[place]!;
    // A circle around the box rules most of them out without a turn.
    const [dx, dy] = [at.x - box.x - box.width / 2, at.y - box.y - box.height / 2];
    const radius = (box.width + box.height) / 2 + least;
    if (dx * dx + dy * dy > radius * radius || !easel.isPickable(place)) continue;
    if (contains(box, at)) under.push(place);
    else {
      const distance = distanceTo(box, at);
      if (distance > least) continue;
      nearest = place;
      least = distance;
    }
  }
  const area = (place: number): number => boxes[place]!.width * boxes[place]!.height;
  if (under.length > 0) return under.sort((a, b) => area(a) - area(b) || b - a);
  return nearest === null ? [] : [nearest];
}

/** Whether a selected box that can be taken hold of lies under the pointer. */
export const selectionUnder = (easel: Easel, { at }: ToolPointer): boolean =>
  easel.selected.some((place) => easel.isPickable(place) && contains(easel.boxes[place]!, at));

/** What clicks select: the smallest box, and at the same place again, the next one beneath it. */
export class Picker {
  readonly #easel: Easel;
  #last: ToolPointer | null = null;

  constructor(easel: Easel) {
    this.#easel = easel;
  }

  click(pointer: ToolPointer): void {
    const under = boxesUnder(this.#easel, pointer);
    const again = this.#last !== null && distance(this.#last, pointer) * pointer.scale <= SAME_PLACE;
    this.#last = pointer;
    if (pointer.shift) {
      if (under[0] !== undefined) this.#easel.select([under[0]], 'toggle');
      return;
    }
    const { selected } = this.#easel;
    const at = again && selected.length === 1 ? under.indexOf(selected[0]!) : -1;
    const picked = under[(at + 1) % Math.max(1, under.length)];
    if (picked !== undefined) this.#easel.select([picked], 'replace');
    else if (selected.length > 0) this.#easel.select([], 'replace');
  }
}

const distance = (a: ToolPointer, b: ToolPointer): number => Math.hypot(a.at.x - b.at.x, a.at.y - b.at.y);

/** From a box's edge to a place outside of it. */
function distanceTo(box: RotatedRect, at: ToolPointer['at']): number {
  const { x, y } = turned(at, centreOf(box), -box.rotation);
  const dx = Math.max(box.x - x, 0, x - box.x - box.width);
  const dy = Math.max(box.y - y, 0, y - box.y - box.height);
  return Math.hypot(dx, dy);
}
