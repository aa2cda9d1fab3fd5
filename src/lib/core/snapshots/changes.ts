/**
 * What differs between two states of a project: which items came and went, which count as something else, what each author did in
 * between, and what was done to the project itself.
 *
 * "In between" are the commits of the later state that the earlier one does not have. Items are paired by id, labels are compared
 * as they read under the questions of their own state: a class that was renamed is the same class, one that was merged
 * into another is not. One walk over the items and one over the history, O(items + events), in steps.
 */
import { kindOf } from '../fields/registry';
import { describeValues } from '../fields/describe';
import { activityKind } from '../log/activity';
import type { AuthorId } from '../model/ids';
import { displayClass } from '../model/schema';
import type { ControlFact } from '../projection/control';
import type { RecordType } from '../projection/history';
import type { Projection } from '../projection/projection';
import type { ValuesRef } from '../projection/value-pool';

/** A label in words, and the classes in it. */
export interface LabelSide {
  readonly words: string;
  readonly classes: readonly { readonly name: string; readonly color: string; readonly count: number }[];
}

/** An item of both states, by its row in each, that counts as something else in the later one. */
export interface ChangedItem {
  readonly before: number;
  readonly after: number;
}

/** How many items an author annotated, skipped, and reviewed or decided on in between. */
export interface Spoken {
  readonly author: AuthorId;
  readonly annotated: number;
  readonly skipped: number;
  readonly reviewed: number;
}

export interface StateChanges {
  readonly itemsAdded: number;
  readonly itemsRemoved: number;
  /** Items that have a label. */
  readonly labelled: readonly [before: number, after: number];
  readonly changedTotal: number;
  /** The first of them in project order. */
  readonly changed: readonly ChangedItem[];
  readonly spoken: readonly Spoken[];
  /** Events about the project and its people that hold, in canonical order. */
  readonly facts: readonly ControlFact[];
}

/** Items and events that are looked at in one step: a millisecond or two. */
const STEP = 1_000;

/**
 * @param most changed items that are told; all are counted
 * @returns a run that says after each step how many of how many steps are done
 */
export function* changesBetween(
  before: Projection,
  after: Projection,
  most: number,
): Generator<readonly [done: number, total: number], StateChanges> {
  // Of the present state, more may come in while the run goes on: it is compared as far as it was when it began.
  const order = after.order;
  const events = after.said.length;
  const total = order.length + events;
  const isSame = labelComparison(before, after);
  const changed: ChangedItem[] = [];
  let changedTotal = 0;
  let stayed = 0;
  let labelled = 0;
  for (let place = 0; place < order.length; place++) {
    if (place % STEP === 0) yield [place, total];
    const item = order[place]!;
    const label = after.label(item);
    if (label !== 0) labelled++;
    const former = before.find(after.id(item));
    if (former < 0) continue;
    stayed++;
    if (isSame(before.label(former), label)) continue;
    if (changedTotal++ < most) changed.push({ before: former, after: item });
  }
  const spoken = new SpokenItems(before, after);
  for (let row = 0; row < events; row++) {
    if (row % STEP === 0) yield [order.length + row, total];
    spoken.see(row);
  }
  return {
    itemsAdded: order.length - stayed,
    itemsRemoved: before.order.length - stayed,
    labelled: [labelledItems(before), labelled],
    changedTotal,
    changed,
    spoken: spoken.byAuthor(),
    facts: after.facts.filter(
      (fact) => fact.seq >= before.applied(fact.author) && isToldOf(fact) && after.counts(fact),
    ),
  };
}

/** Who spoke of an item in what the later state has and the earlier one has not. */
export function speakersOf({ after: item }: ChangedItem, before: Projection, after: Projection): readonly AuthorId[] {
  const speakers = after.historyOf(item).flatMap(({ author, seq }) => {
    const id = after.author(author);
    return seq >= before.applied(id) ? [id] : [];
  });
  return [...new Set(speakers)];
}

/** What an item counts as; null for nothing. */
export function labelSide(projection: Projection, item: number): LabelSide | null {
  const label = projection.label(item);
  if (label === 0) return null;
  const { schema, pool } = projection;
  const values = pool.read(label);
  const classes = schema.fields.flatMap((field) => {
    const value = values[field.id];
    if (value === undefined) return [];
    return Array.from(kindOf(field).counts(value), ([id, count]) => {
      const { name, color } = displayClass(field, id);
      return { name, color, count };
    });
  });
  return { words: describeValues(values, schema), classes };
}

/** Tells whether two labels are the same, each under its own state's questions; pairs that come again are told at once. */
function labelComparison(before: Projection, after: Projection): (former: ValuesRef, label: ValuesRef) => boolean {
  const known = new Map<ValuesRef, { readonly label: ValuesRef; readonly isSame: boolean }>();
  return (former, label) => {
    if (former === 0 || label === 0) return former === label;
    const last = known.get(former);
    if (last?.label === label) return last.isSame;
    const isSame = equal(before.pool.read(former), after.pool.read(label));
    known.set(former, { label, isSame });
    return isSame;
  };
}

/** Whether two plain values are equal, in whatever order their keys stand. */
function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && equal(one[key], other[key]))
  );
}

function labelledItems(projection: Projection): number {
  return projection.order.reduce((count, item) => count + (projection.label(item) === 0 ? 0 : 1), 0);
}

const isToldOf = ({ event }: ControlFact): boolean => {
  if (event.type === 'snapshot.taken' || event.type === 'key.published') return false;
  const kind = activityKind(event);
  return kind === 'project' || kind === 'people' || kind === 'models';
};

type Deed = Exclude<keyof Spoken, 'author'>;

const DEEDS: Readonly<Record<RecordType, Deed | null>> = {
  annotated: 'annotated',
  withdrawn: null,
  skipped: 'skipped',
  flagged: null,
  commented: null,
  reviewed: 'reviewed',
  resolved: 'reviewed',
};

/** Counts, by author, the items that were spoken of in what the later state has and the earlier one has not. */
class SpokenItems {
  readonly #before: Projection;
  readonly #after: Projection;
  /** By author row: how many commits the earlier state has, and the items by what was done. */
  readonly #authors = new Map<
    number,
    { readonly known: number; readonly items: Readonly<Record<Deed, Set<number>>> }
  >();

  constructor(before: Projection, after: Projection) {
    this.#before = before;
    this.#after = after;
  }

  /** Takes account of a row of the later state's history. */
  see(row: number): void {
    const { said } = this.#after;
    const deed = DEEDS[said.type(row)];
    if (deed === null) return;
    const { known, items } = this.#of(said.author(row));
    if (said.seq(row) >= known) items[deed].add(said.item(row));
  }

  /** Those who did most first; of those who did as much, in order of their ids. */
  byAuthor(): Spoken[] {
    return Array.from(this.#authors, ([author, { items }]) => ({
      author: this.#after.author(author),
      annotated: items.annotated.size,
      skipped: items.skipped.size,
      reviewed: items.reviewed.size,
    }))
      .filter((spoken) => deeds(spoken) > 0)
      .sort((a, b) => deeds(b) - deeds(a) || (a.author < b.author ? -1 : 1));
  }

  #of(author: number) {
    const found = this.#authors.get(author) ?? {
      known: this.#before.applied(this.#after.author(author)),
      items: { annotated: new Set<number>(), skipped: new Set<number>(), reviewed: new Set<number>() },
    };
    this.#authors.set(author, found);
    return found;
  }
}

const deeds = ({ annotated, skipped, reviewed }: Spoken): number => annotated + skipped + reviewed;
