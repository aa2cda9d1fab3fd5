import { STATUSES, type Status } from '../model/project';
import { STAGES, type Stage } from '../workflow/stage';
import { grown } from './columns';
import { Tally } from './tally';
import type { ValuePool, ValuesRef } from './value-pool';

/** What is derived of one item. */
export interface DerivedItem {
  readonly stage: Stage;
  readonly status: Status;
  /** What the item counts as; 0 for nothing yet. */
  readonly label: ValuesRef;
  /** Mean pairwise similarity of its annotations, 0 to 1; NaN with fewer than two. */
  readonly agreement: number;
  /** Whether the reading author still has to answer it. */
  readonly isOpen: boolean;
}

/** Places in project order that are counted together, 2^10. */
const BLOCK_BITS = 10;

/** The derived columns, and the totals over them, which follow every change of a single item. */
export class Derived {
  #stage = new Uint8Array(0);
  #status = new Uint8Array(0);
  #label = new Uint32Array(0);
  #agreement = new Float32Array(0);
  #open = new Uint8Array(0);
  /** How many items of each block of places are open: whoever looks for one passes those that have none. */
  #openIn = new Uint32Array(0);
  #tally = new Tally();

  get tally(): Tally {
    return this.#tally;
  }

  /** Forgets everything, after something changed that may concern every item. */
  clear(): void {
    this.#tally = new Tally();
    this.#openIn.fill(0);
  }

  /** Makes room for items. */
  reserve(items: number): void {
    this.#stage = grown(this.#stage, items);
    this.#status = grown(this.#status, items);
    this.#label = grown(this.#label, items);
    this.#agreement = grown(this.#agreement, items);
    this.#open = grown(this.#open, items);
    this.#openIn = grown(this.#openIn, (items >> BLOCK_BITS) + 1);
  }

  /** Takes in what is derived of an item that has just come into the project, at a place of its order. */
  add(item: number, place: number, derived: DerivedItem, pool: ValuePool): void {
    this.#set(item, place, derived, pool);
  }

  /** Takes in what is derived anew of an item. */
  update(item: number, place: number, derived: DerivedItem, pool: ValuePool): void {
    this.#count(item, place, -1, pool);
    this.#set(item, place, derived, pool);
  }

  /** Index into STAGES. */
  stage(item: number): number {
    return this.#stage[item]!;
  }

  /** Index into STATUSES. */
  status(item: number): number {
    return this.#status[item]!;
  }

  label(item: number): ValuesRef {
    return this.#label[item]!;
  }

  /** NaN with fewer than two annotations. */
  agreement(item: number): number {
    return this.#agreement[item]!;
  }

  isOpen(item: number): boolean {
    return this.#open[item] === 1;
  }

  /** Where the block of a place begins and ends, when no item in it is open; null when any is. */
  emptyBlock(place: number): readonly [from: number, to: number] | null {
    const block = place >> BLOCK_BITS;
    return this.#openIn[block] === 0 ? [block << BLOCK_BITS, (block + 1) << BLOCK_BITS] : null;
  }

  #set(item: number, place: number, { stage, status, label, agreement, isOpen }: DerivedItem, pool: ValuePool): void {
    this.#stage[item] = STAGES.indexOf(stage);
    this.#agreement[item] = agreement;
    this.#status[item] = STATUSES.indexOf(status);
    this.#label[item] = label;
    this.#open[item] = isOpen ? 1 : 0;
    this.#count(item, place, 1, pool);
  }

  #count(item: number, place: number, by: 1 | -1, pool: ValuePool): void {
    const label = this.#label[item]!;
    if (this.#open[item] === 1) this.#openIn[place >> BLOCK_BITS]! += by;
    this.#tally.add(by, this.#status[item]!, this.#open[item] === 1, label === 0 ? [] : pool.classes(label));
  }
}
