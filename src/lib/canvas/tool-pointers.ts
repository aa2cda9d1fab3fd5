import type { PointerGestures, PointerSample } from './pointer';
import type { Tool, ToolPointer } from './tools/tool';
import { toImage, type Viewport } from './viewport';

/** The part of a PointerEvent that tools need; `x` and `y` within the view, CSS pixels. */
export interface ToolSample extends PointerSample, Pick<ToolPointer, 'kind' | 'shift' | 'alt' | 'mod'> {}

export interface ToolPointersParts {
  /** Hears what moves the view. */
  readonly view: PointerGestures;
  /** null: whatever is done moves the view. */
  readonly tool: () => Tool | null;
  /** null while there is no image. */
  readonly viewport: () => Viewport | null;
  /** A finger rested where it was put down. */
  readonly held: (sample: ToolSample) => void;
  /** Does work after so many milliseconds, unless the function that it gives is called before. */
  readonly later: (milliseconds: number, work: () => void) => () => void;
}

/** Whose the pointers are that are down. */
type Owner =
  | { readonly name: 'nobody' }
  | { readonly name: 'view' }
  /** `pans`: as long as it may be a click, the view moves along. */
  | { readonly name: 'tool'; readonly tool: Tool; readonly from: ToolSample; readonly pans: boolean }
  /** The gesture is over before the pointers were lifted. */
  | { readonly name: 'spent' };

const NOBODY: Owner = { name: 'nobody' };
const HOLD_MS = 500;
/** CSS pixels that a finger may tremble while it is held, or before it pans. */
const TREMBLE = 8;

/**
 * Shares pointers out between the tool and the view. The first pointer is the tool's; a second finger ends what the first
 * began, and both move the view. A finger that is held opens the choice of a class.
 */
export class ToolPointers {
  readonly #parts: ToolPointersParts;
  readonly #down = new Map<number, ToolSample>();
  #owner: Owner = NOBODY;
  #forgetHold: () => void = () => undefined;

  constructor(parts: ToolPointersParts) {
    this.#parts = parts;
  }

  get dragging(): boolean {
    return this.#down.size > 0;
  }

  /** Whether the pointers that are down move the view. */
  get pans(): boolean {
    return this.#owner.name === 'view' || (this.#owner.name === 'tool' && this.#owner.pans);
  }

  /** @param use `pan`: with the space bar or the middle button, whatever the tool */
  press(sample: ToolSample, use: 'tool' | 'pan'): void {
    this.#forgetHold();
    const owner = this.#owner;
    if (owner.name === 'tool') {
      owner.tool.cancel();
      const first = this.#down.get(owner.from.id);
      if (first && !owner.pans) this.#parts.view.press(first);
      this.#owner = { name: 'view' };
    }
    this.#down.set(sample.id, sample);
    const tool = this.#parts.tool();
    const pointer = this.#toPointer(sample);
    if (this.#owner.name === 'nobody' && tool && pointer && use === 'tool') {
      const pans = tool.press(pointer) === 'pan';
      this.#owner = { name: 'tool', tool, from: sample, pans };
      if (sample.kind === 'finger')
        this.#forgetHold = this.#parts.later(HOLD_MS, () => {
          this.#hold(sample);
        });
      if (!pans) return;
    } else if (this.#owner.name === 'nobody') this.#owner = { name: 'view' };
    if (this.#owner.name !== 'spent') this.#parts.view.press(sample);
  }

  move(sample: ToolSample): void {
    if (!this.#down.has(sample.id)) return;
    this.#down.set(sample.id, sample);
    const owner = this.#owner;
    if (owner.name === 'view') this.#parts.view.move(sample);
    else if (owner.name === 'tool') {
      const isTrembling = Math.hypot(sample.x - owner.from.x, sample.y - owner.from.y) <= TREMBLE;
      if (!isTrembling) this.#forgetHold();
      if (!owner.pans) {
        const pointer = this.#toPointer(sample);
        if (pointer) owner.tool.move(pointer);
      } else if (!isTrembling) {
        owner.tool.cancel();
        this.#owner = { name: 'view' };
        this.#parts.view.move(sample);
      }
    }
  }

  release(sample: ToolSample): void {
    if (!this.#down.delete(sample.id)) return;
    this.#forgetHold();
    const owner = this.#owner;
    if (owner.name === 'view') this.#parts.view.release(sample);
    else if (owner.name === 'tool') {
      const pointer = this.#toPointer(sample);
      if (owner.pans) this.#parts.view.cancel(sample.id);
      if (pointer) owner.tool.release(pointer);
      else owner.tool.cancel();
    }
    if (this.#down.size === 0) this.#owner = NOBODY;
  }

  /** The browser took the pointer away. */
  cancel(id: number): void {
    if (!this.#down.delete(id)) return;
    this.#forgetHold();
    this.#parts.view.cancel(id);
    if (this.#owner.name === 'tool') this.#owner.tool.cancel();
    this.#owner = this.#down.size === 0 ? NOBODY : this.#owner.name === 'tool' ? { name: 'spent' } : this.#owner;
  }

  /** Gives up what the pointers do with the tool; until they are lifted, they do nothing. Whether there was anything. */
  abandon(): boolean {
    this.#forgetHold();
    const owner = this.#owner;
    if (owner.name !== 'tool') return false;
    owner.tool.cancel();
    this.#parts.view.cancel(owner.from.id);
    this.#owner = { name: 'spent' };
    return true;
  }

  #hold(sample: ToolSample): void {
    if (this.abandon()) this.#parts.held(sample);
  }

  #toPointer({ x, y, kind, shift, alt, mod }: ToolSample): ToolPointer | null {
    const viewport = this.#parts.viewport();
    return viewport && { at: toImage(viewport, { x, y }), scale: viewport.scale, kind, shift, alt, mod };
  }
}
