import type { Size } from '#core/geometry/plane';

/** A canvas at device resolution over the whole view. Its units are device pixels. */
export class Surface {
  readonly #canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d');
    if (!context) throw new Error('This browser gives no 2D canvas.');
    this.#canvas = canvas;
    this.context = context;
  }

  get width(): number {
    return this.#canvas.width;
  }
  get height(): number {
    return this.#canvas.height;
  }

  /**
   * Whether the size has changed, which clears the canvas.
   *
   * @param view CSS pixels; @param pixelRatio device pixels per CSS pixel
   */
  resize(view: Size, pixelRatio: number): boolean {
    const width = Math.max(1, Math.round(view.width * pixelRatio));
    const height = Math.max(1, Math.round(view.height * pixelRatio));
    if (this.#canvas.width === width && this.#canvas.height === height) return false;
    this.#canvas.width = width;
    this.#canvas.height = height;
    return true;
  }

  clear(): void {
    this.context.resetTransform();
    this.context.clearRect(0, 0, this.width, this.height);
  }
}
