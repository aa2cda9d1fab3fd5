/**
 * Drags one row of a list whose rows are equally high to another place. Only the place is followed, and the rows stay
 * where they are until the row is let go; Escape gives it up.
 */
export class RowDrag {
  #from = $state<number | null>(null);
  #to = $state(0);

  /** The row that is held; null for none. */
  get from() {
    return this.#from;
  }
  get active() {
    return this.#from !== null;
  }

  /** On which side of this row the held one would come to lie. */
  marks(index: number): 'before' | 'after' | null {
    if (this.#from === null || index !== this.#to || this.#to === this.#from) return null;
    return this.#to < this.#from ? 'before' : 'after';
  }

  /** Begins with a press on the row's handle; `drop` is called with the new place, if it is another one. */
  start(event: PointerEvent, from: number, count: number, drop: (to: number) => void): void {
    const handle = event.currentTarget;
    const row = handle instanceof HTMLElement ? handle.closest('li') : null;
    if (!(handle instanceof HTMLElement) || !row || event.button !== 0) return;
    const { height } = row.getBoundingClientRect();
    const scroller = scrollerOf(row);
    const startY = event.clientY + scroller.scrollTop;
    const ended = new AbortController();
    const { signal } = ended;

    const finish = (): void => {
      ended.abort();
      this.#from = null;
    };
    this.#from = from;
    this.#to = from;
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener(
      'pointermove',
      ({ clientY }) => {
        const moved = Math.round((clientY + scroller.scrollTop - startY) / height);
        this.#to = Math.max(0, Math.min(count - 1, from + moved));
      },
      { signal },
    );
    handle.addEventListener(
      'pointerup',
      () => {
        const to = this.#to;
        finish();
        if (to !== from) drop(to);
      },
      { signal },
    );
    handle.addEventListener('pointercancel', finish, { signal });
    window.addEventListener(
      'keydown',
      ({ key }) => {
        if (key === 'Escape') finish();
      },
      { signal },
    );
  }
}

function scrollerOf(element: HTMLElement): Element {
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (at.scrollHeight > at.clientHeight && /auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return document.documentElement;
}
