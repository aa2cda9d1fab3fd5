import type { Point } from './viewport';

/** What fingers, mouse and wheel mean, in view coordinates (CSS pixels). */
export type Gesture =
  | { readonly type: 'pan'; readonly by: Point }
  | { readonly type: 'zoom'; readonly factor: number; readonly at: Point }
  /** Two taps or clicks at the same place. */
  | { readonly type: 'double-tap'; readonly at: Point };

/** The part of a PointerEvent that is read; `x` and `y` within the view. */
export interface PointerSample {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  /** Milliseconds. */
  readonly time: number;
}

/** The part of a WheelEvent that is read; `x` and `y` within the view. */
export interface WheelSample {
  readonly deltaX: number;
  readonly deltaY: number;
  /** 0 pixels, 1 lines, 2 pages. */
  readonly deltaMode: number;
  /** True for a pinch on a track pad, too. */
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly x: number;
  readonly y: number;
}

const TAP_TRAVEL = 8;
const DOUBLE_TAP_MS = 350;
const LINE = 16;
const PAGE = 400;

/**
 * Turns pointers into gestures: one pointer drags, two drag and pinch at once, the wheel zooms to the cursor, and the
 * wheel with Shift drags. Knows no DOM; the caller captures pointers.
 */
export class PointerGestures {
  readonly #emit: (gesture: Gesture) => void;
  readonly #down = new Map<number, Point>();
  #travel = 0;
  #mostFingers = 0;
  #lastTap: PointerSample | null = null;

  constructor(emit: (gesture: Gesture) => void) {
    this.#emit = emit;
  }

  get dragging(): boolean {
    return this.#down.size > 0;
  }

  press(sample: PointerSample): void {
    if (this.#down.size === 0) {
      this.#travel = 0;
      this.#mostFingers = 0;
    }
    this.#down.set(sample.id, sample);
    this.#mostFingers = Math.max(this.#mostFingers, this.#down.size);
  }

  move(sample: PointerSample): void {
    const before = this.#down.get(sample.id);
    if (!before) return;
    const [centreBefore, spreadBefore] = this.#shape();
    this.#down.set(sample.id, sample);
    const [centre, spread] = this.#shape();
    this.#travel += Math.hypot(sample.x - before.x, sample.y - before.y);
    const by = { x: centre.x - centreBefore.x, y: centre.y - centreBefore.y };
    if (by.x !== 0 || by.y !== 0) this.#emit({ type: 'pan', by });
    if (spreadBefore > 0 && spread > 0 && spread !== spreadBefore) {
      this.#emit({ type: 'zoom', factor: spread / spreadBefore, at: centre });
    }
  }

  release(sample: PointerSample): void {
    if (!this.#down.delete(sample.id) || this.#down.size > 0) return;
    const tapped = this.#travel <= TAP_TRAVEL && this.#mostFingers === 1;
    const last = this.#lastTap;
    const again =
      tapped &&
      last !== null &&
      sample.time - last.time <= DOUBLE_TAP_MS &&
      Math.hypot(sample.x - last.x, sample.y - last.y) <= 3 * TAP_TRAVEL;
    if (again) this.#emit({ type: 'double-tap', at: { x: sample.x, y: sample.y } });
    this.#lastTap = tapped && !again ? sample : null;
  }

  /** The browser took the pointer away. */
  cancel(id: number): void {
    this.#down.delete(id);
    this.#lastTap = null;
  }

  wheel({ deltaX, deltaY, deltaMode, ctrlKey, shiftKey, x, y }: WheelSample): void {
    const unit = deltaMode === 1 ? LINE : deltaMode === 2 ? PAGE : 1;
    if (shiftKey && !ctrlKey) {
      const sideways = deltaX === 0 ? deltaY : deltaX;
      this.#emit({ type: 'pan', by: { x: -sideways * unit, y: deltaX === 0 ? 0 : -deltaY * unit } });
      return;
    }
    // A pinch sends a tenth of what a notch of the wheel sends.
    const speed = ctrlKey ? 0.01 : 0.002;
    this.#emit({ type: 'zoom', factor: Math.exp(-deltaY * unit * speed), at: { x, y } });
  }

  /** Centre of the pointers that are down, and the distance of the first two; 0 with fewer. */
  #shape(): readonly [centre: Point, spread: number] {
    const points = [...this.#down.values()];
    const sum = points.reduce((total, point) => ({ x: total.x + point.x, y: total.y + point.y }), { x: 0, y: 0 });
    const centre = { x: sum.x / points.length, y: sum.y / points.length };
    const [first, second] = points;
    return [centre, first && second ? Math.hypot(first.x - second.x, first.y - second.y) : 0];
  }
}
