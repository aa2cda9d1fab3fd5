import type { Rect } from '#core/geometry/plane';

/** Words on a coloured ground, at the upper left corner of a box. */
export interface Tag {
  readonly words: string;
  readonly ground: string;
  readonly ink: string;
}

/** How much higher than a box its tag reaches, CSS pixels. */
export const TAG_HEIGHT = 16;

/** CSS pixels. */
const PADDING = 4;
const FONT_SIZE = 11;

/** More widths than this are measured anew sooner than held for ever. */
const MOST_WIDTHS = 2_000;

/** Writes tags on a surface. */
export class TagWriter {
  readonly #context: CanvasRenderingContext2D;
  /** Widths of words at one device pixel per CSS pixel. */
  readonly #widths = new Map<string, number>();

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context;
  }

  /**
   * Writes the first of the tags that is no wider than there is room.
   *
   * @param bounds of the box, device pixels
   * @param room CSS pixels
   */
  write(tags: readonly Tag[], bounds: Rect, pixelRatio: number, room: number): void {
    const tag = tags.find(({ words }) => words !== '' && this.#widthOf(words) <= room);
    if (!tag) return;
    const context = this.#context;
    const width = Math.round(this.#widthOf(tag.words) * pixelRatio);
    const height = Math.round(TAG_HEIGHT * pixelRatio);
    const left = Math.round(bounds.x - pixelRatio);
    // Above the box, or, at the upper edge of the view, inside of it.
    const top = Math.round(bounds.y - height >= 0 ? bounds.y - height : Math.max(0, bounds.y));
    context.fillStyle = tag.ground;
    context.fillRect(left, top, width, height);
    context.fillStyle = tag.ink;
    context.font = fontAt(pixelRatio);
    context.textBaseline = 'middle';
    context.fillText(tag.words, left + PADDING * pixelRatio, top + height / 2 + pixelRatio / 2);
  }

  /** CSS pixels. */
  #widthOf(words: string): number {
    let width = this.#widths.get(words);
    if (width === undefined) {
      if (this.#widths.size >= MOST_WIDTHS) this.#widths.clear();
      this.#context.font = fontAt(1);
      width = this.#context.measureText(words).width + 2 * PADDING;
      this.#widths.set(words, width);
    }
    return width;
  }
}

const fontAt = (pixelRatio: number): string => `600 ${FONT_SIZE * pixelRatio}px system-ui, sans-serif`;
