import { kindOf } from '../../fields/registry';
import type { ClassId, FieldId } from '../../model/ids';
import type { Dataset, DatasetItem } from '../format';
import { columnsOf, isSpare, type Column, type Kind } from './columns';
import { showsType } from './features';

/** Parts as the Hub names them. What falls into no part is for training. */
export const PARTS = ['train', 'validation'] as const;
export type Part = (typeof PARTS)[number];

export const partOfItem = ({ split }: DatasetItem): Part => (split === 'val' ? 'validation' : 'train');

/** The images, or the texts, of a data set, as far as one has to know before writing any. */
export interface Contents {
  readonly kind: Kind;
  readonly columns: readonly Column[];
  /** Items of each part that is not empty; of an empty set, none in the first. */
  readonly sizes: ReadonlyMap<Part, number>;
  /** How often each class occurs, by field. */
  readonly counts: ReadonlyMap<FieldId, ReadonlyMap<ClassId, number>>;
  /**
   * Whether JSON tells the types of the columns: each column has a value that shows its type in every part, or in none.
   * `datasets` guesses the types part by part, and refuses parts that differ.
   */
  readonly isPlainInJson: boolean;
}

/** Whether an item can be exported, and as what. */
export function kindOfItem({ content }: DatasetItem): Kind | null {
  if (content.kind === 'text') return 'texts';
  return content.kind === 'image' && content.file !== null ? 'images' : null;
}

/** Goes through a data set once. Gives an empty set of texts where there is nothing. */
export async function contentsOf(dataset: Dataset): Promise<Contents[]> {
  const found = new Map<Kind, Gathered>();
  for await (const item of dataset.items()) {
    const kind = kindOfItem(item);
    if (kind === null) continue;
    const gathered = found.get(kind) ?? new Gathered(columnsOf(dataset.schema, kind));
    found.set(kind, gathered);
    gathered.add(item);
  }
  if (found.size === 0) found.set('texts', new Gathered(columnsOf(dataset.schema, 'texts')));
  return (['images', 'texts'] as const).flatMap((kind) => found.get(kind)?.contents(kind) ?? []);
}

class Gathered {
  readonly #columns: readonly Column[];
  readonly #sizes = new Map<Part, number>();
  readonly #counts = new Map<FieldId, Map<ClassId, number>>();
  /** Columns that have any value, and parts in which they show their type. */
  readonly #filled = new Set<Column>();
  readonly #shown = new Map<Column, Set<Part>>();

  constructor(columns: readonly Column[]) {
    this.#columns = columns;
    for (const column of columns) this.#shown.set(column, new Set());
  }

  add(item: DatasetItem): void {
    const part = partOfItem(item);
    this.#sizes.set(part, (this.#sizes.get(part) ?? 0) + 1);
    for (const column of this.#columns) {
      this.#count(column, item);
      const shown = this.#shown.get(column)!;
      if (shown.has(part)) continue;
      const value = column.value(item);
      if (value !== null) this.#filled.add(column);
      if (showsType(column.feature, value)) shown.add(part);
    }
  }

  contents(kind: Kind): Contents {
    const columns = this.#columns.filter((column) => this.#filled.has(column) || !isSpare(column));
    const sizes = PARTS.flatMap((part) => (this.#sizes.has(part) ? [[part, this.#sizes.get(part)!] as const] : []));
    return {
      kind,
      columns,
      sizes: new Map(sizes.length > 0 ? sizes : [['train', 0]]),
      counts: this.#counts,
      isPlainInJson: columns.every((column) => this.#isPlain(column)),
    };
  }

  #count({ field }: Column, { label }: DatasetItem): void {
    const value = field && label?.[field.id];
    if (!value || !kindOf(field).is(value)) return;
    const counts = this.#counts.get(field.id) ?? new Map<ClassId, number>();
    this.#counts.set(field.id, counts);
    for (const [id, count] of kindOf(field).counts(value)) counts.set(id, (counts.get(id) ?? 0) + count);
  }

  #isPlain(column: Column): boolean {
    const shown = this.#shown.get(column)!.size;
    return !this.#filled.has(column) || shown === this.#sizes.size;
  }
}
