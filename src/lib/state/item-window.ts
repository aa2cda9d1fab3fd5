import type { ItemId } from '#core/model/ids';
import type { ItemContent, ItemView } from '#workers/project/api';

/** How many items are kept beside the one on the screen; the worker has all of them. */
const KEPT = 64;

export type Direction = 'next' | 'previous';

/**
 * The items near the one on the screen, as far as the page has them: their views, and which follows which in queue
 * order. An item that was changed here stays as changed until the worker is asked for that very item.
 */
export class ItemWindow {
  readonly #views = new Map<ItemId, { readonly view: ItemView; readonly changedHere: boolean }>();
  readonly #links = { next: new Map<ItemId, ItemId | null>(), previous: new Map<ItemId, ItemId | null>() };

  get(id: ItemId): ItemView | undefined {
    return this.#views.get(id)?.view;
  }

  isChangedHere(id: ItemId): boolean {
    return this.#views.get(id)?.changedHere ?? false;
  }

  /** Views that came with others: they do not overwrite what was changed here meanwhile, nor what is asked once more. */
  learn(views: readonly ItemView[]): void {
    for (const view of views) {
      const newer = view.asked - (this.get(view.id)?.asked ?? 0);
      if (newer > 0 || (newer === 0 && !this.isChangedHere(view.id))) this.#set(view, false);
    }
  }

  /** The worker's answer to the question for this very item. */
  refresh(view: ItemView): void {
    this.#set(view, false);
  }

  /** What this page made of the item. */
  change(view: ItemView): void {
    this.#set(view, true);
  }

  /** The items of which something is known. */
  get ids(): ItemId[] {
    return [...this.#views.keys()];
  }

  /** What an item shows can be had now; what was changed here of it stays. */
  fill(id: ItemId, content: ItemContent): void {
    const known = this.#views.get(id);
    if (known) this.#views.set(id, { ...known, view: { ...known.view, content } });
  }

  /** Learns a walk over all items. `whole`: the queue ends with the last of them. */
  link(from: ItemId, direction: Direction, views: readonly ItemView[], whole: boolean): void {
    const back: Direction = direction === 'next' ? 'previous' : 'next';
    let at = from;
    for (const { id } of views) {
      this.#links[direction].set(at, id);
      this.#links[back].set(id, at);
      at = id;
    }
    if (whole) this.#links[direction].set(at, null);
  }

  /** undefined: not known here; null: there is none. */
  neighbour(id: ItemId, direction: Direction): ItemView | null | undefined {
    const neighbour = this.#links[direction].get(id);
    return neighbour === null || neighbour === undefined ? neighbour : this.get(neighbour);
  }

  /** The last item that is known without a gap from `id` on, how many steps away it is, and whether it is the last of all. */
  reach(id: ItemId, direction: Direction): { readonly last: ItemId; readonly steps: number; readonly end: boolean } {
    let last = id;
    for (let steps = 0; ; steps++) {
      const neighbour = this.neighbour(last, direction);
      if (!neighbour || steps === KEPT) return { last, steps, end: neighbour === null };
      last = neighbour.id;
    }
  }

  clear(): void {
    this.#views.clear();
    this.#links.next.clear();
    this.#links.previous.clear();
  }

  #set(view: ItemView, changedHere: boolean): void {
    this.#views.delete(view.id);
    this.#views.set(view.id, { view, changedHere });
    if (this.#views.size <= KEPT) return;
    const [oldest] = this.#views.keys();
    if (oldest === undefined) return;
    this.#views.delete(oldest);
    this.#links.next.delete(oldest);
    this.#links.previous.delete(oldest);
  }
}
