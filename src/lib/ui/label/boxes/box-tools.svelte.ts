import { PointerGestures } from '#canvas/pointer';
import { ToolPointers, type ToolSample } from '#canvas/tool-pointers';
import { boxesUnder } from '#canvas/tools/pick';
import { tools, type ToolId } from '#canvas/tools/registry';
import type { Cursor, Sketch, Tool, ToolPointer } from '#canvas/tools/tool';
import { toImage, type Point } from '#canvas/viewport';
import type { BoxEditor } from '#state/box-editor';
import type { ImageStage } from '../image-stage.svelte';

/** Share of the visible part of the image that a box put there by a key takes along each axis. */
const PUT_SHARE = 0.25;

/** The tool in hand, its gesture, and what the pointer points at. */
export class BoxTools {
  readonly pointers: ToolPointers;
  readonly gestures: PointerGestures;
  readonly #boxes: BoxEditor;
  readonly #stage: ImageStage;
  readonly #tools: Record<ToolId, Tool>;
  #chosen = $state<ToolId>('box');
  #sketch = $state.raw<Sketch | null>(null);
  #hover = $state.raw<ToolPointer | null>(null);
  #cursor = $state<Cursor>('default');
  #isHand = $state(false);
  #menu = $state.raw<Point | null>(null);

  constructor(boxes: BoxEditor, stage: ImageStage) {
    this.#boxes = boxes;
    this.#stage = stage;
    this.#tools = { select: tools.select(boxes), box: tools.box(boxes) };
    this.gestures = new PointerGestures((gesture) => {
      stage.hear(gesture);
    });
    this.pointers = new ToolPointers({
      view: this.gestures,
      tool: () => this.#tool,
      viewport: () => stage.viewport,
      held: (sample) => {
        this.openMenu(sample, 'finger');
      },
      later: (milliseconds, work) => {
        const timer = setTimeout(work, milliseconds);
        return () => {
          clearTimeout(timer);
        };
      },
    });
  }

  /** Whether there is anything to draw: otherwise every pointer moves the view. */
  get isAtHand(): boolean {
    return this.#boxes.active !== null;
  }

  get chosen() {
    return this.#chosen;
  }
  get sketch() {
    return this.#sketch;
  }
  /** Where a mouse points, while it does not press; null for fingers, and outside. */
  get hover() {
    return this.#hover;
  }
  /** Whether the space bar makes the pointer a hand that moves the view. */
  get isHand() {
    return this.#isHand;
  }
  set isHand(isHand) {
    this.#isHand = isHand;
  }
  get cursor(): Cursor {
    return this.#isHand ? 'grab' : this.#cursor;
  }
  /** Where the choice of a class is open, CSS pixels of the view; null: nowhere. */
  get menu() {
    return this.#menu;
  }

  choose(id: ToolId): void {
    this.abandon();
    this.#chosen = id;
    this.#point(this.#hover);
  }

  press(sample: ToolSample, button: 'main' | 'middle'): void {
    this.#menu = null;
    this.pointers.press(sample, this.#isHand || button === 'middle' ? 'pan' : 'tool');
    this.#refresh(sample);
  }

  move(sample: ToolSample): void {
    this.pointers.move(sample);
    this.#refresh(sample);
  }

  release(sample: ToolSample): void {
    this.pointers.release(sample);
    this.#refresh(sample);
  }

  cancel(id: number): void {
    this.pointers.cancel(id);
    this.#sketch = this.#tool?.sketch ?? null;
  }

  leave(): void {
    this.#hover = null;
  }

  /** Gives up the gesture under way; whether there was one. */
  abandon(): boolean {
    const abandoned = this.pointers.abandon();
    this.#sketch = null;
    return abandoned;
  }

  /** Opens the choice of a class for the selection, or for the box that is pointed at. */
  openMenu({ x, y }: Point, kind: ToolPointer['kind']): void {
    this.abandon();
    const pointer = this.#pointerAt({ x, y, kind, shift: false, alt: false, mod: false });
    if (!pointer || !this.isAtHand) return;
    const under = boxesUnder(this.#boxes, pointer);
    if (under[0] === undefined) this.#boxes.select([]);
    else if (!under.some((place) => this.#boxes.isSelected(place))) this.#boxes.select([under[0]]);
    this.#menu = { x, y };
  }

  /** Opens the choice of a class for the selection, from a button. */
  openMenuInMiddle(): void {
    const { width, height } = this.#stage.view;
    this.#menu = { x: width / 2, y: height };
  }

  closeMenu(): void {
    this.#menu = null;
  }

  /** Puts a box into the middle of what is seen of the image. */
  put(): void {
    const seen = this.#stage.seen;
    if (!seen) return;
    const [width, height] = [seen.width * PUT_SHARE, seen.height * PUT_SHARE];
    const middle = { x: seen.x + seen.width / 2, y: seen.y + seen.height / 2 };
    this.#boxes.add({ x: middle.x - width / 2, y: middle.y - height / 2, width, height, rotation: 0 });
  }

  /** Selects the next box or the one before, and brings it into view. */
  step(step: 1 | -1): void {
    this.#boxes.step(step);
    this.#reveal();
  }

  /** Selects a box by its place, and brings it into view. */
  pick(place: number): void {
    this.#boxes.select([place]);
    this.#reveal();
  }

  get #tool(): Tool | null {
    return this.isAtHand ? this.#tools[this.#chosen] : null;
  }

  #reveal(): void {
    const [place] = this.#boxes.selected;
    if (place !== undefined) this.#stage.reveal(this.#boxes.boxes[place]!);
  }

  #refresh(sample: ToolSample): void {
    this.#sketch = this.#tool?.sketch ?? null;
    this.#point(sample.kind === 'precise' ? this.#pointerAt(sample) : null);
  }

  #point(pointer: ToolPointer | null): void {
    this.#hover = pointer;
    const tool = this.#tool;
    this.#cursor = pointer && tool ? tool.cursor(pointer) : 'default';
  }

  #pointerAt({ x, y, kind, shift, alt, mod }: Omit<ToolSample, 'id' | 'time'>): ToolPointer | null {
    const { viewport } = this.#stage;
    return viewport && { at: toImage(viewport, { x, y }), scale: viewport.scale, kind, shift, alt, mod };
  }
}
