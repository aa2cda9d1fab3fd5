import type { Point, Rect } from '#core/geometry/plane';
import { intersectionArea, type RotatedRect } from '#core/geometry/rotated-rect';
import { grabAt, moving, type Grab } from './grab';
import { boxesUnder, Picker } from './pick';
import { drags, type Cursor, type Easel, type Sketch, type Tool, type ToolPointer } from './tool';

type State =
  | { readonly name: 'resting' }
  /** `lone`: on a box that is not selected; it is, as soon as it is dragged. */
  | { readonly name: 'pressed'; readonly from: ToolPointer; readonly on: Grab | 'lone' | 'nothing' }
  | { readonly name: 'reshaping'; readonly grab: Grab; readonly shapes: ReadonlyMap<number, RotatedRect> }
  | { readonly name: 'marquee'; readonly from: ToolPointer; readonly rect: Rect };

const RESTING: State = { name: 'resting' };

/** Selects, moves, resizes and turns. On free ground a mouse spans a marquee, and a finger moves the view. */
export class SelectTool implements Tool {
  readonly #easel: Easel;
  readonly #picker: Picker;
  #state: State = RESTING;

  constructor(easel: Easel) {
    this.#easel = easel;
    this.#picker = new Picker(easel);
  }

  get sketch(): Sketch | null {
    if (this.#state.name === 'marquee') return { kind: 'marquee', rect: this.#state.rect };
    return this.#state.name === 'reshaping' ? { kind: 'reshaped', shapes: this.#state.shapes } : null;
  }

  cursor(pointer: ToolPointer): Cursor {
    if (this.#state.name === 'reshaping') return this.#state.grab.cursor;
    if (this.#state.name !== 'resting') return 'default';
    const grab = grabAt(this.#easel, pointer);
    if (grab) return grab.cursor;
    return boxesUnder(this.#easel, pointer).length > 0 ? 'pointer' : 'default';
  }

  press(pointer: ToolPointer): 'taken' | 'pan' {
    const grab = grabAt(this.#easel, pointer);
    const isOnBox = boxesUnder(this.#easel, pointer).length > 0;
    // A finger that drags over a box on its way is not to displace it.
    const isLone = isOnBox && pointer.kind === 'precise' && !pointer.shift;
    this.#state = { name: 'pressed', from: pointer, on: grab ?? (isLone ? 'lone' : 'nothing') };
    return grab === null && pointer.kind === 'finger' ? 'pan' : 'taken';
  }

  move(pointer: ToolPointer): void {
    const state = this.#state;
    if (state.name === 'pressed' && drags(state.from, pointer)) this.#begin(state, pointer);
    else if (state.name === 'reshaping') this.#reshape(state.grab, pointer);
    else if (state.name === 'marquee') this.#span(state.from, pointer);
  }

  release(pointer: ToolPointer): void {
    this.move(pointer);
    const state = this.#state;
    this.#state = RESTING;
    if (state.name === 'reshaping') this.#easel.reshape(state.shapes);
    else if (state.name === 'marquee') this.#easel.select(this.#within(state.rect), pointer.shift ? 'add' : 'replace');
    else if (state.name === 'pressed' && (typeof state.on === 'string' || state.on.kind === 'move'))
      this.#picker.click(state.from);
  }

  cancel(): void {
    this.#state = RESTING;
  }

  #begin({ from, on }: Extract<State, { name: 'pressed' }>, pointer: ToolPointer): void {
    if (on === 'lone') {
      this.#easel.select(boxesUnder(this.#easel, from).slice(0, 1), 'replace');
      this.#reshape(moving(this.#easel, from), pointer);
    } else if (on === 'nothing') {
      // The view moves along with a finger.
      if (from.kind === 'precise') this.#span(from, pointer);
      else this.#state = RESTING;
    } else this.#reshape(on, pointer);
  }

  #reshape(grab: Grab, pointer: ToolPointer): void {
    this.#state = { name: 'reshaping', grab, shapes: grab.shapesAt(pointer) };
  }

  #span(from: ToolPointer, { at }: ToolPointer): void {
    this.#state = { name: 'marquee', from, rect: spanned(from.at, at) };
  }

  /** Boxes that the marquee touches. */
  #within(rect: Rect): number[] {
    const marquee = { ...rect, rotation: 0 };
    const { boxes } = this.#easel;
    const places: number[] = [];
    for (let place = 0; place < boxes.length; place++)
      if (this.#easel.isPickable(place) && intersectionArea(boxes[place]!, marquee) > 0) places.push(place);
    return places;
  }
}

const spanned = (a: Point, b: Point): Rect => ({
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  width: Math.abs(a.x - b.x),
  height: Math.abs(a.y - b.y),
});
