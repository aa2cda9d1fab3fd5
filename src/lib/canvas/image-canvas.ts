import type { Picture } from './decode';
import type { Size, Viewport } from './viewport';

/** From this many device pixels per image pixel on, pixels are drawn as sharp squares. */
const CRISP_FROM = 3;

/** Draws one picture on a canvas at device resolution. Drawing is immediate, so a key press is seen in the next frame. */
export class ImageCanvas {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d');
    if (!context) throw new Error('This browser gives no 2D canvas.');
    this.#canvas = canvas;
    this.#context = context;
  }

  /** @param view CSS pixels; @param pixelRatio device pixels per CSS pixel */
  resize(view: Size, pixelRatio: number): void {
    const width = Math.max(1, Math.round(view.width * pixelRatio));
    const height = Math.max(1, Math.round(view.height * pixelRatio));
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
  }

  clear(): void {
    this.#context.resetTransform();
    this.#context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  /** @param enlarged whether large pixels are drawn as squares, to judge them, or smoothly, to recognise what they show */
  draw(
    { source, size, detail }: Picture,
    { scale, x, y }: Viewport,
    pixelRatio: number,
    enlarged: 'crisp' | 'smooth',
  ): void {
    this.clear();
    const context = this.#context;
    const perImagePixel = scale * pixelRatio;
    context.imageSmoothingEnabled = enlarged === 'smooth' || perImagePixel < CRISP_FROM || detail < 1;
    context.imageSmoothingQuality = 'high';
    // Whole device pixels keep a picture at its own resolution sharp.
    const left = Math.round(x * pixelRatio);
    const top = Math.round(y * pixelRatio);
    context.drawImage(
      source,
      left,
      top,
      Math.round(size.width * perImagePixel),
      Math.round(size.height * perImagePixel),
    );
  }
}
