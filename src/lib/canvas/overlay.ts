import type { Point, Rect, Size } from '#core/geometry/plane';
import type { RotatedRect } from '#core/geometry/rotated-rect';
import { centreOf } from '#core/geometry/rotated-rect';
import { boxHandles } from './shapes/box-grips';
import { boundsOn, fillBox, onSurface, strokeBox } from './shapes/box-outline';
import { TAG_HEIGHT, TagWriter, type Tag } from './shapes/tag';
import { Surface } from './surface';
import type { Viewport } from './viewport';

/** A box that is selected, or that a gesture is making. */
export interface LiftedBox {
  readonly shape: RotatedRect;
  readonly color: string;
  /** null for none. */
  readonly tag: Tag | null;
  readonly handles: 'none' | 'resize' | 'resize and turn';
}

export interface OverlayFrame {
  readonly viewport: Viewport;
  /** CSS pixels. */
  readonly view: Size;
  readonly pixelRatio: number;
  readonly lifted: readonly LiftedBox[];
  /** Pixels of the image. */
  readonly marquee: Rect | null;
  /** Where the lines meet, pixels of the image. */
  readonly crosshair: Point | null;
  /** Fingers need larger handles. */
  readonly handleSize: 'small' | 'large';
}

/** More selected boxes than this are drawn without their ground. */
const FILLED = 500;
const HANDLE = { small: 9, large: 16 } as const;
const DARK = 'rgb(0 0 0 / 0.6)';
const LIGHT = '#ffffff';

/** Draws what changes with every move of the pointer: the selection, its handles, the gesture, the crosshair. */
export class Overlay {
  readonly #surface: Surface;
  readonly #tags: TagWriter;
  #isClear = true;

  constructor(canvas: HTMLCanvasElement) {
    this.#surface = new Surface(canvas);
    this.#tags = new TagWriter(this.#surface.context);
  }

  draw(frame: OverlayFrame): void {
    const { lifted, marquee, crosshair, pixelRatio } = frame;
    if (this.#surface.resize(frame.view, pixelRatio)) this.#isClear = true;
    if (!this.#isClear) this.#surface.clear();
    this.#isClear = lifted.length === 0 && !marquee && !crosshair;
    if (this.#isClear) return;
    const { context } = this.#surface;
    context.resetTransform();
    const on = onSurface(frame.viewport, pixelRatio);
    if (crosshair) this.#drawCrosshair(crosshair, on, pixelRatio);
    for (const { shape, color } of lifted) {
      if (lifted.length <= FILLED) {
        context.globalAlpha = 0.16;
        context.fillStyle = color;
        fillBox(context, on, shape);
        context.globalAlpha = 1;
        context.strokeStyle = DARK;
        strokeBox(context, on, shape, Math.round(4 * pixelRatio));
      }
      context.strokeStyle = lifted.length <= FILLED ? color : LIGHT;
      strokeBox(context, on, shape, Math.round(2 * pixelRatio));
    }
    for (const box of lifted) {
      if (box.tag) this.#tags.write([box.tag], tagPlace(box, frame), pixelRatio, Infinity);
      if (box.handles !== 'none') this.#drawHandles(box, frame);
    }
    if (marquee) {
      context.globalAlpha = 0.15;
      context.fillStyle = LIGHT;
      fillBox(context, on, { ...marquee, rotation: 0 });
      context.globalAlpha = 1;
      this.#strokeTwice(() => {
        strokeBox(context, on, { ...marquee, rotation: 0 }, Math.round(pixelRatio));
      }, pixelRatio);
    }
  }

  clear(): void {
    this.#surface.clear();
    this.#isClear = true;
  }

  #drawHandles({ shape, handles }: LiftedBox, { viewport, pixelRatio, handleSize }: OverlayFrame): void {
    const { context } = this.#surface;
    const on = onSurface(viewport, pixelRatio);
    const size = HANDLE[handleSize] * pixelRatio;
    context.lineWidth = Math.round(1.5 * pixelRatio);
    context.strokeStyle = DARK;
    context.fillStyle = LIGHT;
    for (const { grip, at } of boxHandles(shape, viewport.scale, handles === 'resize and turn')) {
      const [x, y] = [at.x * on.scale + on.x, at.y * on.scale + on.y];
      context.save();
      context.translate(x, y);
      context.rotate((shape.rotation * Math.PI) / 180);
      context.beginPath();
      if (grip === 'turn') {
        // The stalk leads to the middle of the upper side.
        const middle = centreOf(shape);
        const length = Math.hypot(at.x - middle.x, at.y - middle.y) - shape.height / 2;
        context.moveTo(0, size / 2);
        context.lineTo(0, length * on.scale);
        context.stroke();
        context.beginPath();
        context.arc(0, 0, size / 2 + pixelRatio / 2, 0, 2 * Math.PI);
      } else context.rect(-size / 2, -size / 2, size, size);
      context.fill();
      context.stroke();
      context.restore();
    }
  }

  /** Lines through a place over the whole view. */
  #drawCrosshair({ x, y }: Point, on: Viewport, pixelRatio: number): void {
    const { context, width, height } = this.#surface;
    const [left, top] = [Math.round(x * on.scale + on.x) + 0.5, Math.round(y * on.scale + on.y) + 0.5];
    context.lineWidth = Math.max(1, Math.round(pixelRatio));
    this.#strokeTwice(() => {
      context.beginPath();
      context.moveTo(left, 0);
      context.lineTo(left, height);
      context.moveTo(0, top);
      context.lineTo(width, top);
      context.stroke();
    }, pixelRatio);
  }

  /** Light and dark dashes in turn can be seen on any image. */
  #strokeTwice(stroke: () => void, pixelRatio: number): void {
    const { context } = this.#surface;
    const dash = 5 * pixelRatio;
    context.setLineDash([dash, dash]);
    context.strokeStyle = DARK;
    stroke();
    context.lineDashOffset = dash;
    context.strokeStyle = LIGHT;
    stroke();
    context.lineDashOffset = 0;
    context.setLineDash([]);
  }
}

/** What the tag stands on: clear of the handles, and below the box where it would be in the way of the one that turns. */
function tagPlace({ shape, handles }: LiftedBox, { viewport, pixelRatio, handleSize }: OverlayFrame): Rect {
  const { x, y, width, height } = boundsOn(onSurface(viewport, pixelRatio), shape);
  const gap = handles === 'none' ? 0 : (HANDLE[handleSize] / 2 + 2) * pixelRatio;
  const below = y + height + gap + TAG_HEIGHT * pixelRatio;
  return { x, y: handles === 'resize and turn' ? below : y - gap, width, height };
}
