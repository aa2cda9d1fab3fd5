import type { ConcordError } from '#core/errors';
import type { Values } from '#core/model/annotation';
import type { ItemId } from '#core/model/ids';
import type { Result } from '#core/result';
import type { ItemView, ProjectApi, UndoneGesture } from '#workers/project/api';
import type { ReviewAnswer, ReviewFilter, ReviewItem, ReviewRow } from '#workers/project/review/api';

/** What the desk needs of the open project. */
export interface ReviewProject {
  readonly client: Pick<ProjectApi, 'reviewQueue' | 'reviewItem' | 'decide' | 'resolve' | 'comment' | 'setGold'>;
  undo(): Promise<UndoneGesture | null>;
  redo(): Promise<UndoneGesture | null>;
}

/** Whose values are taken for the decision: an answer by its place, or the consensus; null: nobody's yet. */
export type Taken = number | 'consensus' | null;

/** A line for the person. */
export interface ReviewNotice {
  readonly tone: 'plain' | 'bad';
  readonly text: string;
}

const PAGE = 50;
/** Items around the one on the screen that are fetched ahead. */
const AHEAD = [1, 2, 3, -1] as const;

/**
 * A desk at which somebody looks through what others answered. The queue stays as it was drawn up; what follows is fetched ahead,
 * so a decision shows the next item at once and is told to the worker without waiting for an answer.
 */
export class ReviewDesk {
  readonly #project: ReviewProject;
  #filter: ReviewFilter;
  #queue: number | null = null;
  #total = $state<number | null>(null);
  #place = $state(0);
  #item = $state.raw<ReviewItem | null>(null);
  #taken = $state<Taken>(null);
  #notice = $state.raw<ReviewNotice | null>(null);
  #announcement = $state('');
  /** Decisions since the queue was drawn up. */
  #decided = $state(0);
  #version = $state(0);
  #pages = new Map<number, readonly ReviewRow[]>();
  readonly #asked = new Set<number>();
  /** Items at hand. */
  #items = new Map<ItemId, ReviewItem>();
  /** Counts moves, so that an item that comes late does not push away what the person went on to. */
  #moves = 0;
  /** Counts what changed items: what was fetched before is fetched again. */
  #generation = 0;

  constructor(project: ReviewProject, filter: ReviewFilter) {
    this.#project = project;
    this.#filter = filter;
  }

  get filter() {
    return this.#filter;
  }
  /** Items in the queue; null until that is known. */
  get total() {
    return this.#total;
  }
  /** Of the item on the screen in the queue. */
  get place() {
    return this.#place;
  }
  get item() {
    return this.#item;
  }
  get taken() {
    return this.#taken;
  }
  get decided() {
    return this.#decided;
  }
  get notice() {
    return this.#notice;
  }
  /** For screen readers. */
  get announcement() {
    return this.#announcement;
  }

  /** The items that are likely to be shown next: their images are decoded ahead. */
  get ahead(): readonly ItemView[] {
    void this.#version;
    return AHEAD.flatMap((step) => {
      const id = this.#known(this.#place + step)?.item;
      return (id !== undefined && this.#items.get(id)?.view) || [];
    });
  }

  /** The answers that can be taken, in the order of their keys. */
  get answers(): readonly ReviewAnswer[] {
    return this.#item?.answers ?? [];
  }

  /** The values that are taken for the decision; null for none. */
  get takenValues(): Values | null {
    if (this.#taken === null) return null;
    if (this.#taken === 'consensus') return this.#item?.consensus?.values ?? null;
    return this.answers[this.#taken]?.values ?? null;
  }

  /** A row of the queue; undefined while it is on its way. */
  row(place: number): ReviewRow | undefined {
    void this.#version;
    const page = Math.floor(place / PAGE);
    const rows = this.#pages.get(page);
    // Whoever draws a row asks for it; not while drawing, which must change nothing.
    if (!rows) queueMicrotask(() => void this.#fetch(page));
    return rows?.[place % PAGE];
  }

  /** Draws the queue up and shows its first item. */
  async start(): Promise<void> {
    const move = ++this.#moves;
    const drawn = await this.#project.client.reviewQueue({ filter: this.#filter, queue: null, from: 0, count: PAGE });
    if (move !== this.#moves) return;
    if (!drawn.ok) {
      this.#fail(drawn.error);
      return;
    }
    this.#queue = drawn.value.queue;
    this.#total = drawn.value.total;
    this.#pages = new Map([[0, drawn.value.rows]]);
    this.#items.clear();
    this.#decided = 0;
    this.#version++;
    this.#item = null;
    if (drawn.value.total > 0) await this.select(0);
  }

  /** Shows the item at a place of the queue. */
  async select(place: number): Promise<void> {
    if (this.#total === null || place < 0 || place >= this.#total) return;
    const move = ++this.#moves;
    this.#place = place;
    const row = this.row(place) ?? (await this.#rowOf(place));
    if (!row || move !== this.#moves) return;
    await this.#open(row.item, move);
  }

  next(): void {
    if (this.#total !== null && this.#place + 1 >= this.#total) this.#say('This is the last item of the queue.');
    else void this.select(this.#place + 1);
  }

  previous(): void {
    if (this.#place === 0) this.#say('This is the first item of the queue.');
    else void this.select(this.#place - 1);
  }

  /** Takes an answer or the consensus for the decision; what is not there is not taken. */
  take(taken: Taken): void {
    if (taken === 'consensus' && !this.#item?.consensus) return;
    if (typeof taken === 'number' && this.answers[taken]?.kind !== 'annotation') return;
    this.#taken = taken;
    this.#notice = null;
  }

  /** Makes what was taken a known answer, by which annotators are measured; the item itself stays undecided. */
  async setKnown(): Promise<void> {
    const [item, values] = [this.#item?.view, this.takenValues];
    if (!item || values === null) return;
    const set = await this.#project.client.setGold([{ item: item.id, values }]);
    if (set.ok) this.#say('Known from now on. The page Gold lists it.');
    else this.#fail(set.error);
  }

  /** Decides that the item is what was taken, and goes on. */
  resolve(): void {
    const values = this.takenValues;
    if (values) this.resolveAs(values);
    else this.#say('Take an answer first: by its number, or the consensus by C.');
  }

  /** Decides what the item is, and goes on. */
  resolveAs(values: Values): void {
    this.#decide('Decided.', (item) => this.#project.client.resolve(item, values));
  }

  accept(): void {
    this.#decide('Accepted.', (item) => this.#project.client.decide(item, 'accepted', ''));
  }

  /** @param why what its annotators read; '' for nothing */
  sendBack(why: string): void {
    this.#decide('Sent back.', (item) => this.#project.client.decide(item, 'rejected', why));
  }

  /** Says something of the item on the screen; whether that was stored. */
  async comment(text: string): Promise<boolean> {
    const item = this.#item?.view.id;
    if (item === undefined) return false;
    const said = await this.#project.client.comment(item, text);
    if (!said.ok) this.#fail(said.error);
    else await this.refresh();
    return said.ok;
  }

  undo(): Promise<void> {
    return this.#step('undo');
  }

  redo(): Promise<void> {
    return this.#step('redo');
  }

  /** Items have changed, here or elsewhere: what is on the screen is read again, and what is taken stays. */
  async refresh(): Promise<void> {
    this.#generation++;
    const current = this.#item?.view.id;
    this.#items.clear();
    const page = Math.floor(this.#place / PAGE);
    for (const known of this.#pages.keys()) if (known !== page) this.#pages.delete(known);
    await this.#fetch(page);
    if (current === undefined || !this.#isShown(current)) return;
    const item = await this.#fetchItem(current);
    if (item && this.#isShown(current)) this.#item = item;
  }

  dismiss(): void {
    this.#notice = null;
  }

  /** Tells the worker a decision on the item on the screen, and shows the next one meanwhile. */
  #decide(done: string, tell: (item: ItemId) => Promise<Result<null>>): void {
    const item = this.#item;
    if (!item) return;
    const { id, name } = item.view;
    this.#items.delete(id);
    this.#decided++;
    const told = tell(id).then((answer) => {
      if (answer.ok) return true;
      this.#decided--;
      this.#notice = { tone: 'bad', text: `${name}: ${inWords(answer.error)}` };
      return false;
    });
    this.#announcement = done;
    if (this.#place + 1 < (this.#total ?? 0)) void this.select(this.#place + 1);
    // At the end the queue is drawn up anew: what others did meanwhile may wait now.
    else void told.then((isStored) => (isStored ? this.start() : undefined));
  }

  async #step(direction: 'undo' | 'redo'): Promise<void> {
    const gesture = await this.#project[direction]();
    const done = direction === 'undo' ? 'Undone' : 'Redone';
    if (!gesture) {
      this.#say(`There is nothing to ${direction}.`);
      return;
    }
    this.#items.clear();
    if (gesture.item !== null) {
      const place = this.#placeOf(gesture.item);
      if (place !== null) this.#place = place;
      await this.#open(gesture.item, ++this.#moves);
    }
    this.#say(`${done}: ${gesture.what}`);
  }

  #isShown(item: ItemId): boolean {
    return this.#item?.view.id === item;
  }

  /** Where an item stands, among the rows at hand; null where it does not. */
  #placeOf(item: ItemId): number | null {
    for (const [page, rows] of this.#pages) {
      const at = rows.findIndex((row) => row.item === item);
      if (at >= 0) return page * PAGE + at;
    }
    return null;
  }

  async #open(id: ItemId, move: number): Promise<void> {
    const item = this.#items.get(id) ?? (await this.#fetchItem(id));
    if (!item || move !== this.#moves) return;
    this.#item = item;
    this.#taken = null;
    this.#notice = null;
    this.#announcement = `${this.#announcement} ${item.view.name}. ${item.why.join('. ')}`.trim();
    this.#prefetch();
  }

  #prefetch(): void {
    const near = AHEAD.flatMap((step) => this.#known(this.#place + step)?.item ?? []);
    const kept = new Set([...near, this.#item?.view.id]);
    for (const id of this.#items.keys()) if (!kept.has(id)) this.#items.delete(id);
    for (const id of near) if (!this.#items.has(id)) void this.#fetchItem(id);
    const following = Math.floor((this.#place + AHEAD.length) / PAGE);
    if (following * PAGE < (this.#total ?? 0) && !this.#pages.has(following)) void this.#fetch(following);
  }

  #known(place: number): ReviewRow | undefined {
    return this.#pages.get(Math.floor(place / PAGE))?.[place % PAGE];
  }

  async #rowOf(place: number): Promise<ReviewRow | undefined> {
    await this.#fetch(Math.floor(place / PAGE));
    return this.#known(place);
  }

  async #fetch(page: number): Promise<void> {
    if (this.#queue === null || this.#asked.has(page)) return;
    this.#asked.add(page);
    const request = { filter: this.#filter, queue: this.#queue, from: page * PAGE, count: PAGE };
    const read = await this.#project.client.reviewQueue(request);
    this.#asked.delete(page);
    if (!read.ok) {
      this.#fail(read.error);
      return;
    }
    // Where another page drew up a queue of its own meanwhile, this one was drawn up anew.
    this.#queue = read.value.queue;
    this.#total = read.value.total;
    this.#pages.set(page, read.value.rows);
    this.#version++;
  }

  async #fetchItem(id: ItemId): Promise<ReviewItem | null> {
    const generation = this.#generation;
    const read = await this.#project.client.reviewItem(id);
    if (!read.ok) {
      this.#fail(read.error);
      return null;
    }
    if (generation === this.#generation) {
      this.#items.set(id, read.value);
      this.#version++;
    }
    return read.value;
  }

  #say(text: string): void {
    this.#notice = { tone: 'plain', text };
  }

  #fail(error: ConcordError): void {
    this.#notice = { tone: 'bad', text: inWords(error) };
  }
}

const inWords = ({ message, hint }: ConcordError): string => `${message} ${hint}`;
