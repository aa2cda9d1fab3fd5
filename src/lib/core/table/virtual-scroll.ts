/** Browsers clip elements between 16 and 33 million pixels; beyond this height the scroll bar is scaled. */
const MAX_SCROLL_HEIGHT = 10_000_000;

/**
 * Scrolls through more rows than an element can be high. All figures are CSS pixels.
 *
 * The list has two heights: the *full* height, rows x rowHeight, and the *scroll* height of the element, which is the
 * same until it is capped. A small scroll (wheel, finger, keys) moves the full offset by exactly as many pixels, so the
 * rows do not jitter; a jump of more than a view (dragging the scroll bar) moves it in proportion. After small scrolls
 * the element's own position is a little off the proportion; {@link settled} tells where it should be put once the
 * scrolling rests, which moves nothing on the screen.
 */
export class VirtualScroll {
  readonly rowHeight: number;
  readonly #cap: number;
  #rows = 0;
  #viewHeight = 0;
  #scrollTop = 0;
  #offset = 0;

  constructor(rowHeight: number, cap = MAX_SCROLL_HEIGHT) {
    this.rowHeight = rowHeight;
    this.#cap = cap;
  }

  /** Height of the scrolled element. */
  get scrollHeight(): number {
    return Math.min(this.#fullHeight, this.#cap);
  }

  /** Pixels of the full list above the view's upper edge. */
  get offset(): number {
    return this.#offset;
  }

  /** Gives the list's length and the height of its view; the row at the top stays there if it still exists. */
  resize(rows: number, viewHeight: number): void {
    this.#rows = rows;
    this.#viewHeight = viewHeight;
    this.#offset = Math.min(this.#offset, this.#maxOffset);
  }

  /**
   * The element was scrolled. Returns where it has to be put at once, because the element came to an edge before the
   * list did; null in the ordinary case.
   */
  scrolled(scrollTop: number): number | null {
    const delta = scrollTop - this.#scrollTop;
    this.#scrollTop = scrollTop;
    const atStart = scrollTop <= 0;
    const atEnd = scrollTop >= this.#maxScroll;
    const moved = Math.min(Math.max(this.#offset + delta, 0), this.#maxOffset);
    const left = atStart ? moved : atEnd ? this.#maxOffset - moved : null;
    if (Math.abs(delta) > this.#viewHeight || (left !== null && left <= this.#viewHeight)) {
      this.#offset = atStart ? 0 : atEnd ? this.#maxOffset : (scrollTop / this.#maxScroll) * this.#maxOffset;
      return null;
    }
    this.#offset = moved;
    return left === null ? null : this.settled();
  }

  /** Where the element's scroll position belongs for the present offset; call it when scrolling has come to rest. */
  settled(): number {
    this.#scrollTop = this.#maxOffset === 0 ? 0 : (this.#offset / this.#maxOffset) * this.#maxScroll;
    return this.#scrollTop;
  }

  /** Brings a row wholly into the view by the shortest way, and gives the element's scroll position for that. */
  reveal(row: number): number {
    const top = row * this.rowHeight;
    const bottom = top + this.rowHeight - this.#viewHeight;
    this.#offset = Math.min(Math.max(Math.min(Math.max(this.#offset, bottom), top), 0), this.#maxOffset);
    return this.settled();
  }

  /** Rows that touch the view, and `overscan` more on both sides; half-open. */
  visible(overscan: number): readonly [from: number, to: number] {
    const from = Math.floor(this.#offset / this.rowHeight) - overscan;
    const to = Math.ceil((this.#offset + this.#viewHeight) / this.rowHeight) + overscan;
    return [Math.max(0, from), Math.min(this.#rows, Math.max(0, to))];
  }

  /** Where a row lies within the scrolled element. */
  top(row: number): number {
    return this.#scrollTop + row * this.rowHeight - this.#offset;
  }

  get #fullHeight(): number {
    return this.#rows * this.rowHeight;
  }

  get #maxOffset(): number {
    return Math.max(0, this.#fullHeight - this.#viewHeight);
  }

  get #maxScroll(): number {
    return Math.max(0, this.scrollHeight - this.#viewHeight);
  }
}
