import { drawn, withinImage } from '#core/geometry/reshape';
import type { RotatedRect } from '#core/geometry/rotated-rect';
import { grabAt, stretchOf, type Grab } from './grab';
import { Picker } from './pick';
import { drags, snapReach, type Cursor, type Easel, type Sketch, type Tool, type ToolPointer } from './tool';

type State =
  | { readonly name: 'resting' }
  | { readonly name: 'pressed'; readonly from: ToolPointer; readonly grab: Grab | null }
  | { readonly name: 'reshaping'; readonly grab: Grab; readonly shapes: ReadonlyMap<number, RotatedRect> }
  | { readonly name: 'drawing'; readonly from: ToolPointer; readonly shape: RotatedRect };

const RESTING: State = { name: 'resting' };

/**
 * Draws boxes, over others as well; what is selected is moved, resized and turned without leaving the tool, and a click
 * selects.
 */
export class BoxTool implements Tool {
  readonly #easel: Easel;
  readonly #picker: Picker;
  #state: State = RESTING;

  constructor(easel: Easel) {
    this.#easel = easel;
    this.#picker = new Picker(easel);
  }

  get sketch(): Sketch | null {
    if (this.#state.name === 'drawing') return { kind: 'new', shape: this.#state.shape };
    return this.#state.name === 'reshaping' ? { kind: 'reshaped', shapes: this.#state.shapes } : null;
  }

  cursor(pointer: ToolPointer): Cursor {
    if (this.#state.name === 'reshaping') return this.#state.grab.cursor;
    return this.#state.name === 'resting' ? (grabAt(this.#easel, pointer)?.cursor ?? 'crosshair') : 'crosshair';
  }

  press(pointer: ToolPointer): 'taken' {
    this.#state = { name: 'pressed', from: pointer, grab: grabAt(this.#easel, pointer) };
    return 'taken';
  }

  move(pointer: ToolPointer): void {
    const state = this.#state;
    if (state.name === 'pressed' && drags(state.from, pointer)) {
      if (state.grab) this.#reshape(state.grab, pointer);
      else this.#draw(state.from, pointer);
    } else if (state.name === 'reshaping') this.#reshape(state.grab, pointer);
    else if (state.name === 'drawing') this.#draw(state.from, pointer);
  }

  release(pointer: ToolPointer): void {
    this.move(pointer);
    const state = this.#state;
    this.#state = RESTING;
    if (state.name === 'drawing') this.#easel.add(state.shape);
    else if (state.name === 'reshaping') this.#easel.reshape(state.shapes);
    // A handle that was only touched has been missed, not a box beneath it meant.
    else if (state.name === 'pressed' && (state.grab === null || state.grab.kind === 'move'))
      this.#picker.click(state.from);
  }

  cancel(): void {
    this.#state = RESTING;
  }

  #draw(from: ToolPointer, pointer: ToolPointer): void {
    const { extent } = this.#easel;
    const reach = snapReach(pointer);
    const [start, end] = [withinImage(from.at, extent, reach), withinImage(pointer.at, extent, reach)];
    this.#state = { name: 'drawing', from, shape: drawn(start, end, stretchOf(pointer), extent) };
  }

  #reshape(grab: Grab, pointer: ToolPointer): void {
    this.#state = { name: 'reshaping', grab, shapes: grab.shapesAt(pointer) };
  }
}
