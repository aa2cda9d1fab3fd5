import type { Hash } from '../model/ids';
import { grown } from './columns';
import type { ValuesRef } from './value-pool';

/** The content of one publication, by rows of items and values. */
export interface PredictionContent {
  readonly items: Uint32Array;
  readonly values: Uint32Array;
  /** NaN where the source gave none. */
  readonly confidence: Float32Array;
}

/** Some contents, in the order in which they came. */
export type PredictionRows = readonly { readonly hash: Hash; readonly content: PredictionContent }[];

export interface ItemPrediction {
  readonly model: string;
  readonly values: ValuesRef;
  /** 0 to 1; null where the source gave none. */
  readonly confidence: number | null;
}

/** A publication whose content is here. */
export interface Published {
  readonly hash: Hash;
  readonly model: string;
  readonly content: PredictionContent;
}

/** What models and imports proposed: of several proposals for an item the one published last in canonical order. */
export class Predictions {
  #contents: Map<Hash, PredictionContent>;
  /** In canonical order. */
  #publications: Published[] = [];
  #values = new Uint32Array(0);
  /** Which publication it is of. */
  #by = new Uint32Array(0);
  #confidence = new Float32Array(0);

  constructor(saved: readonly PredictionRows[] = []) {
    this.#contents = new Map(saved.flat().map(({ hash, content }) => [hash, content]));
  }

  /** The same contents, of which none was published. */
  renewed(): Predictions {
    const renewed = new Predictions();
    renewed.#contents = this.#contents;
    return renewed;
  }

  /** How many contents have come. */
  get length(): number {
    return this.#contents.size;
  }

  rows(from: number, to: number): PredictionRows {
    return Array.from(this.#contents)
      .slice(from, to)
      .map(([hash, content]) => ({ hash, content }));
  }

  /** The content of a publication, where it has come. */
  content(hash: Hash): PredictionContent | undefined {
    return this.#contents.get(hash);
  }

  addContent(hash: Hash, content: PredictionContent): void {
    if (!this.#contents.has(hash)) this.#contents.set(hash, content);
  }

  /** Those that count, in canonical order. */
  get publications(): readonly Published[] {
    return this.#publications;
  }

  /** Forgets which publications count. */
  clear(): void {
    this.#publications = [];
    this.#values.fill(0);
  }

  /** Makes room for items. */
  reserve(items: number): void {
    this.#values = grown(this.#values, items);
    this.#by = grown(this.#by, items);
    this.#confidence = grown(this.#confidence, items);
  }

  /**
   * Takes in a publication that comes after all others in canonical order.
   *
   * @param items how many items there are in all
   */
  publish(publication: Published, items: number): void {
    this.reserve(items);
    const number = this.#publications.push(publication) - 1;
    const { items: rows, values, confidence } = publication.content;
    for (const [row, item] of rows.entries()) {
      this.#values[item] = values[row]!;
      this.#by[item] = number;
      this.#confidence[item] = confidence[row]!;
    }
  }

  /** The proposed values; 0 for none. */
  values(item: number): ValuesRef {
    return this.#values[item]!;
  }

  get(item: number): ItemPrediction | null {
    const values = this.values(item);
    if (values === 0) return null;
    const confidence = this.#confidence[item]!;
    return {
      model: this.#publications[this.#by[item]!]!.model,
      values,
      confidence: Number.isNaN(confidence) ? null : confidence,
    };
  }
}
