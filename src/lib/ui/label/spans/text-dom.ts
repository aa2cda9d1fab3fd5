import type { TextGeometry } from '#core/text/cursor';

/**
 * Where offsets of a text are in the page, and the other way round. Every element with text says by `data-at` where it
 * begins; an element that is `data-unit` stands for one code unit, whatever it shows.
 */
export class TextDom implements TextGeometry {
  readonly #root: () => HTMLElement;
  readonly #length: number;
  /** The column that lines are crossed in, and the place where the last crossing ended. */
  #column: { readonly x: number; readonly at: number } | null = null;

  /** @param root the element that holds the text and nothing else; @param length of the text */
  constructor(root: () => HTMLElement, length: number) {
    this.#root = root;
    this.#length = length;
  }

  /** What holds the text. */
  get element(): HTMLElement {
    return this.#root();
  }

  /** The place in the text of a place in the page; before or after the text, its beginning or end. */
  offsetOf(node: Node, offset: number): number {
    const leaf = leafOf(node);
    if (leaf && this.element.contains(leaf)) {
      const start = startOf(leaf);
      if (leaf.dataset.unit !== undefined) return start + (offset > 0 ? 1 : 0);
      return start + (node.nodeType === Node.TEXT_NODE ? offset : offset > 0 ? leaf.textContent.length : 0);
    }
    // Between elements: the first text after that place.
    const place = document.createRange();
    place.setStart(node, offset);
    const leaves = this.#leaves(this.element);
    const after = firstIndex(leaves.length, (at) => place.comparePoint(leaves[at]!, 0) >= 0);
    return leaves[after] ? startOf(leaves[after]) : this.#length;
  }

  /** The place in the text under a point of the window; null where there is none. */
  offsetAt(x: number, y: number): number | null {
    const place = placeAt(x, y);
    return place && this.element.contains(place.node) ? this.offsetOf(place.node, place.offset) : null;
  }

  /** The character that was clicked on, where the nearest place between characters is known; null beside the text. */
  characterAt(target: Element, at: number | null): number | null {
    const leaf = leafOf(target);
    if (!leaf || at === null) return null;
    const length = leaf.dataset.unit === undefined ? leaf.textContent.length : 1;
    return Math.max(startOf(leaf), Math.min(at, startOf(leaf) + length - 1));
  }

  /** A stretch of the text in the page. */
  rangeOf(start: number, end: number): Range {
    const range = document.createRange();
    const from = this.#place(start);
    const to = start === end ? from : this.#place(end, 'before');
    range.setStart(from.node, from.offset);
    range.setEnd(to.node, to.offset);
    return range;
  }

  /** The cursor's place in the window. A new line that has no text yet has one, too. */
  cursorRect(at: number): DOMRect {
    const range = this.rangeOf(at, at);
    const rects = range.getClientRects();
    // Where a line wraps, the place is at the end of one line and the beginning of the next: the latter.
    const own = rects[rects.length - 1];
    if (own) return own;
    const { startContainer: node } = range;
    const element = node instanceof Element ? node : node.parentElement!;
    return element.getClientRects()[0] ?? element.getBoundingClientRect();
  }

  isRightToLeft(at: number): boolean {
    const leaf = leafOf(this.#place(at).node) ?? this.element;
    return getComputedStyle(leaf).direction === 'rtl';
  }

  acrossLines(at: number, direction: -1 | 1): number {
    const from = this.#shown(at);
    const x = this.#column?.at === at ? this.#column.x : from.left;
    const step = from.height / 2;
    // Lines are as far apart as what lies between them needs.
    for (let distance = step; distance <= 12 * from.height; distance += step) {
      const y = direction > 0 ? from.bottom + distance : from.top - distance;
      const to = this.offsetAt(x, y);
      if (to === null || to === at) continue;
      const line = this.cursorRect(to);
      if (direction > 0 ? line.top >= from.bottom - 1 : line.bottom <= from.top + 1) {
        this.#column = { x, at: to };
        return to;
      }
    }
    return at;
  }

  lineEdge(at: number, direction: -1 | 1): number {
    const from = this.#shown(at);
    const { left, right } = this.element.getBoundingClientRect();
    const toRight = direction > 0 !== this.isRightToLeft(at);
    return this.offsetAt(toRight ? right - 1 : left + 1, (from.top + from.bottom) / 2) ?? at;
  }

  /** The cursor's place, with room for the lines next to it in the window: points are looked up there only. */
  #shown(at: number): DOMRect {
    reveal(this.element, this.cursorRect(at));
    return this.cursorRect(at);
  }

  /** `before`: the end of what comes before, where it makes a difference. */
  #place(at: number, side: 'before' | 'after' = 'after'): { node: Node; offset: number } {
    const leaves = this.#leaves(this.#blockAt(at));
    const next = firstIndex(leaves.length, (index) =>
      side === 'after' ? startOf(leaves[index]!) > at : startOf(leaves[index]!) >= at,
    );
    const leaf = leaves[Math.max(0, next - 1)];
    if (!leaf) return { node: this.element, offset: 0 };
    const within = at - startOf(leaf);
    if (leaf.dataset.unit !== undefined) return { node: leaf, offset: within > 0 ? leaf.childNodes.length : 0 };
    const text = leaf.firstChild;
    return text ? { node: text, offset: Math.min(within, text.nodeValue?.length ?? 0) } : { node: leaf, offset: 0 };
  }

  #blockAt(at: number): HTMLElement {
    const blocks = this.element.querySelectorAll<HTMLElement>('[data-block]');
    const next = firstIndex(blocks.length, (index) => Number(blocks[index]!.dataset.block) > at);
    return blocks[Math.max(0, next - 1)] ?? this.element;
  }

  #leaves(within: HTMLElement): NodeListOf<HTMLElement> {
    return within.querySelectorAll<HTMLElement>('[data-at]');
  }
}

/** Scrolls what holds the text so far that a place in it is seen with a line above and below. */
export function reveal(text: HTMLElement, { top, bottom, height }: DOMRect): void {
  const scroller = scrollerOf(text);
  const view = scroller.getBoundingClientRect();
  const room = Math.min(2 * height, view.height / 4);
  if (top - room < view.top) scroller.scrollTop += top - room - view.top;
  else if (bottom + room > view.bottom) scroller.scrollTop += bottom + room - view.bottom;
}

export function scrollerOf(element: HTMLElement): HTMLElement {
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return document.documentElement;
}

const leafOf = (node: Node): HTMLElement | null =>
  (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>('[data-at]') ?? null;

const startOf = (leaf: HTMLElement): number => Number(leaf.dataset.at);

/** The first index for which something holds that holds for all later ones; `length` for none. */
function firstIndex(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function placeAt(x: number, y: number): { node: Node; offset: number } | null {
  if ('caretPositionFromPoint' in document) {
    const place = document.caretPositionFromPoint(x, y);
    return place && { node: place.offsetNode, offset: place.offset };
  }
  // Safari knows the older name only.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const range = (document as Document).caretRangeFromPoint(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}
