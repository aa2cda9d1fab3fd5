import type { ItemReader } from '../projection/item-reader';
import type { Projection } from '../projection/projection';
import type { LabelColumns } from './label-columns';
import { comparedItems } from './structured-figures';

/** How long the texts are on which people marked spans: what is not marked is agreed on, too. Every text is read once. */
export class TextLengths {
  readonly #reader: ItemReader;
  /** By row of the item. */
  readonly #known = new Map<number, number>();

  constructor(reader: ItemReader) {
    this.#reader = reader;
  }

  /**
   * UTF-16 code units of the texts that figures are made of, by place in the project's order; 0 for all others. Empty where no question
   * asks for spans.
   */
  async of({ schema, order }: Projection, columns: LabelColumns): Promise<Uint32Array> {
    if (!schema.fields.some(({ kind }) => kind === 'span')) return new Uint32Array(0);
    const compared = comparedItems(columns);
    const unread = Array.from(compared, (place) => order[place]!).filter((item) => !this.#known.has(item));
    for await (const batch of this.#reader.records(unread))
      for (const { item, record } of batch)
        this.#known.set(item, record.data.kind === 'text' ? record.data.text.length : 0);
    const lengths = new Uint32Array(columns.items);
    for (const place of compared) lengths[place] = this.#known.get(order[place]!) ?? 0;
    return lengths;
  }
}
