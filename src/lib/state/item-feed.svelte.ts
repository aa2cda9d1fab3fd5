import type { Hash, ItemId } from '#core/model/ids';
import { err, ok, type Result } from '#core/result';
import type { ItemView, ProjectApi } from '#workers/project/api';
import { ItemWindow, type Direction } from './item-window';

/** Open items that are fetched ahead, and how few may be left before more are. */
const OPEN_AHEAD = 8;
const OPEN_LOW = 4;
/** Neighbours of any status that are kept at hand for moving about. */
const NEAR = { next: 4, previous: 2 } as const;

/** An item that is here already, or one that has to be asked for; null: there is none. */
export type Soon = { readonly here: ItemView | null } | { readonly asked: Promise<Result<ItemView | null>> };

/** Fetches the items that a person is likely to see next, so that showing one needs no waiting. */
export class ItemFeed {
  readonly #client: Pick<ProjectApi, 'item' | 'walk'>;
  readonly #window = new ItemWindow();
  /** Answered here, perhaps not yet known to the worker when it was asked: not offered as open unless asked for once more (see `turnOf`). */
  readonly #answered = new Map<ItemId, number>();
  /** The open items that follow the one on the screen, in order, as far as they are known. */
  #open: readonly ItemId[] = [];
  /** The item after which `#open` is all there is, when fewer than were asked for came. */
  #openAfter: ItemId | null = null;
  #at: ItemId | null = null;
  /** The look at what is still open that is under way, and whether another is to follow. */
  #rechecking: Promise<void> | null = null;
  #isToRecheck = false;
  /** Counts what was learnt, for whoever draws what lies ahead. */
  #version = $state(0);

  constructor(client: Pick<ProjectApi, 'item' | 'walk'>) {
    this.#client = client;
  }

  /** The items that are likely to be shown next, the likeliest first. */
  get ahead(): readonly ItemView[] {
    void this.#version;
    if (this.#at === null) return [];
    const open = this.#open.map((id) => this.#window.get(id));
    const near = [this.#window.neighbour(this.#at, 'next'), this.#window.neighbour(this.#at, 'previous')];
    const likely = [...open.slice(0, 2), ...near, ...open.slice(2)];
    return [...new Set(likely)].filter((view) => view !== null && view !== undefined);
  }

  /** The item is on the screen now: fetches what follows and what lies around it. */
  arrive(id: ItemId): void {
    const place = this.#open.indexOf(id);
    this.#open = place < 0 ? [] : this.#open.slice(place + 1);
    this.#at = id;
    this.#version++;
    if (this.#open.length < OPEN_LOW) void this.#fetchOpen(id);
    for (const direction of ['next', 'previous'] as const) {
      const { last, steps, end } = this.#window.reach(id, direction);
      if (steps < NEAR[direction] && !end) void this.#fetchNear(last, direction);
    }
  }

  /** The first open item after this one, wrapping around at the end of the queue; from null: from its start. */
  nextOpen(from: ItemId | null): Soon {
    const known = from !== null && from === this.#at ? this.#firstOpen() : null;
    if (known) return { here: known };
    if (from !== null && this.#openAfter === from) return { here: null };
    return { asked: this.#fetchOpen(from) };
  }

  /** Whether an open item is known that follows the one that was on the screen last. */
  get isMoreKnown(): boolean {
    void this.#version;
    return this.#firstOpen() !== null;
  }

  /**
   * Others may have finished or taken what was open: asks for what follows anew. The item on the screen stays. However often it
   * is called, the worker is asked one question at a time.
   */
  recheck(): Promise<void> {
    this.#isToRecheck = true;
    this.#rechecking ??= this.#recheck().finally(() => (this.#rechecking = null));
    return this.#rechecking;
  }

  neighbour(id: ItemId, direction: Direction): Soon {
    const known = this.#window.neighbour(id, direction);
    return known === undefined ? { asked: this.#fetchNear(id, direction) } : { here: known };
  }

  /** Whether the item is shown as this page made it, not as the worker told it. */
  isChangedHere(id: ItemId): boolean {
    return this.#window.isChangedHere(id);
  }

  /** The worker's present view of one item. */
  async refresh(id: ItemId): Promise<Result<ItemView>> {
    const before = this.#window.get(id);
    const found = await this.#client.item(id);
    // What was changed here while the worker answered is newer than its answer.
    if (found.ok && this.#window.get(id) === before) this.#window.refresh(found.value);
    return found;
  }

  /** Images that were not on this device have come: those of the items at hand are fetched. */
  async fill(blobs: readonly Hash[]): Promise<void> {
    const come = new Set(blobs);
    const lacking = this.#window.ids.filter((id) => {
      const content = this.#window.get(id)?.content;
      return content?.kind === 'image' && content.blob === null && come.has(content.hash);
    });
    for (const id of lacking) {
      const found = await this.#client.item(id);
      if (found.ok) this.#window.fill(id, found.value.content);
    }
    if (lacking.length > 0) this.#version++;
  }

  /** An item as it is known here. */
  get(id: ItemId): ItemView | undefined {
    return this.#window.get(id);
  }

  /** This page changed the item. */
  change(view: ItemView): void {
    this.#window.change(view);
    if (view.mine !== null) this.#answered.set(view.id, turnOf(view));
    else this.#answered.delete(view.id);
  }

  /** Anything may have changed: asks for everything anew. */
  forget(): void {
    this.#window.clear();
    this.#answered.clear();
    this.#open = [];
    this.#openAfter = null;
  }

  #firstOpen(): ItemView | null {
    for (const id of this.#open) {
      const view = this.#window.get(id);
      if (view && this.#isAsked(view)) return view;
    }
    return null;
  }

  #isAsked(view: ItemView): boolean {
    return turnOf(view) > (this.#answered.get(view.id) ?? -1);
  }

  async #recheck(): Promise<void> {
    while (this.#isToRecheck) {
      this.#isToRecheck = false;
      await this.#fetchOpen(this.#at);
    }
  }

  async #fetchOpen(from: ItemId | null): Promise<Result<ItemView | null>> {
    const walked = await this.#client.walk({ from, direction: 'next', among: 'open', count: OPEN_AHEAD });
    if (!walked.ok) return walked;
    this.#window.learn(walked.value);
    const open = walked.value.filter((view) => view.id !== from && this.#isAsked(view)).map(({ id }) => id);
    // Whoever asked may have gone on meanwhile, along the very items that come back now.
    const passed = this.#at === from ? -1 : open.indexOf(this.#at ?? '');
    if (this.#at === from || passed >= 0) {
      this.#open = open.slice(passed + 1);
      this.#openAfter = this.#at === from ? from : null;
      this.#version++;
    }
    return ok(open[0] === undefined ? null : (this.#window.get(open[0]) ?? null));
  }

  async #fetchNear(from: ItemId, direction: Direction): Promise<Result<ItemView | null>> {
    const count = 2 * NEAR[direction];
    const walked = await this.#client.walk({ from, direction, among: 'all', count });
    if (!walked.ok) return err(walked.error);
    this.#window.learn(walked.value);
    this.#window.link(from, direction, walked.value, walked.value.length < count);
    this.#version++;
    return ok(this.#window.neighbour(from, direction) ?? null);
  }
}

/** How often an item was asked for once more: because it is to be answered twice, or because it was sent back. */
const turnOf = ({ asked, feedback }: ItemView): number => asked + (feedback?.rounds ?? 0);
