import { firstWord, inOwnOrder, numberIn } from './category-order';
import type { NamedRatings } from './ratings';

/** One reading: who put what where. An empty label says that the annotator gave none. */
export interface RatingRow {
  readonly item: string;
  readonly annotator: string;
  readonly label: string;
}

/** Names that are one number, such as `1` and `1.0`: they count as the first of them. */
type SameNumber = readonly [kept: string, other: string];

/** Names, numbered as they come. */
class Names {
  readonly list: string[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.list.length);
    this.list.push(name);
    return this.list.length - 1;
  }
}

/**
 * Gathers ratings row by row. Items and annotators are numbered by their first row; whoever or whatever has none but empty labels
 * is there without readings. O(1) for a row, O(rows) for the whole.
 */
export class RatingsBuilder {
  readonly #items = new Names();
  readonly #annotators = new Names();
  readonly #labels = new Names();
  readonly #item: number[] = [];
  readonly #annotator: number[] = [];
  readonly #label: number[] = [];

  add({ item, annotator, label }: RatingRow): void {
    const itemNumber = this.#items.numberOf(item);
    const annotatorNumber = this.#annotators.numberOf(annotator);
    if (label === '') return;
    this.#item.push(itemNumber);
    this.#annotator.push(annotatorNumber);
    this.#label.push(this.#labels.numberOf(label));
  }

  /**
   * @param order the categories in their order, every label among them; null: the labels as they sort by themselves, names of
   *   one number taken for one
   * @param known categories that are there even if nobody chose them; only without an order
   */
  build(
    order: readonly string[] | null = null,
    known: readonly string[] = [],
  ): { readonly ratings: NamedRatings; readonly same: readonly SameNumber[] } {
    const labels = this.#labels.list;
    const same: SameNumber[] = [];
    const stands = order ? (name: string) => name : merging([...labels, ...known], same);
    const categoryNames = order ?? inOwnOrder(new Set([...labels, ...known].map(stands)));
    const numbers = new Map(categoryNames.map((name, number) => [name, number]));
    const categoryOf = labels.map((name) => {
      const category = numbers.get(stands(name));
      if (category === undefined) throw new Error(`“${name}” is not in the order of the categories.`);
      return category;
    });

    const start = new Uint32Array(this.#items.list.length + 1);
    for (const item of this.#item) start[item + 1]!++;
    for (let item = 0; item < this.#items.list.length; item++) start[item + 1]! += start[item]!;
    const next = start.slice();
    const annotator = new Uint32Array(this.#item.length);
    const category = new Uint32Array(this.#item.length);
    for (const [row, item] of this.#item.entries()) {
      const reading = next[item]!++;
      annotator[reading] = this.#annotator[row]!;
      category[reading] = categoryOf[this.#label[row]!]!;
    }
    const names = {
      itemNames: this.#items.list,
      annotatorNames: this.#annotators.list,
      categoryNames,
    };
    const counts = {
      items: names.itemNames.length,
      annotators: names.annotatorNames.length,
      categories: categoryNames.length,
    };
    return { ratings: { ...counts, ...names, start, annotator, category }, same };
  }
}

/** Ratings from rows at hand. */
export function ratingsOf(rows: Iterable<RatingRow>, order: readonly string[] | null = null): NamedRatings {
  const builder = new RatingsBuilder();
  for (const row of rows) builder.add(row);
  return builder.build(order).ratings;
}

/** What each name counts as: where all are numbers, the first name of the same number. */
function merging(names: readonly string[], same: SameNumber[]): (name: string) => string {
  if (firstWord(names) !== null) return (name) => name;
  const first = new Map<number, string>();
  const kept = new Map<string, string>();
  for (const name of new Set(names)) {
    const number = numberIn(name)!;
    const former = first.get(number);
    if (former === undefined) first.set(number, name);
    else same.push([former, name]);
    kept.set(name, former ?? name);
  }
  return (name) => kept.get(name)!;
}
