import type { Hash } from '../model/ids';
import { grown } from './columns';
import type { ValuesRef } from './value-pool';

/** The content of one publication, by rows of items and values. */
export interface SavedPredictions {
  readonly items: Uint32Array;
  readonly values: Uint32Array;
  /** NaN where the source gave none. */
  readonly confidence: Float32Array;
}

export interface ItemPrediction {
  readonly model: string;
  readonly values: ValuesRef;
  /** 0 to 1; null where the source gave none. */
  readonly confidence: number | null;
}

/** What models and imports proposed: of several proposals for an item the one published last in canonical order. */
export class Predictions {
  readonly #chunks: Map<Hash, SavedPredictions>;
  #models: readonly string[] = [];
  #values = new Uint32Array(0);
  /** Which publication it is of. */
  #by = new Uint16Array(0);
  #confidence = new Float32Array(0);

  constructor(saved?: ReadonlyMap<Hash, SavedPredictions>) {
    this.#chunks = new Map(saved);
  }

  has(hash: Hash): boolean {
    return this.#chunks.has(hash);
  }

  add(hash: Hash, predictions: SavedPredictions): void {
    this.#chunks.set(hash, predictions);
  }

  /** @param publications in canonical order */
  rebuild(items: number, publications: readonly { readonly hash: Hash; readonly model: string }[]): void {
    this.#models = publications.map(({ model }) => model);
    this.#values = grown(this.#values, items).fill(0);
    this.#by = grown(this.#by, items);
    this.#confidence = grown(this.#confidence, items);
    for (const [publication, { hash }] of publications.entries()) {
      const chunk = this.#chunks.get(hash);
      if (!chunk) continue;
      for (const [row, item] of chunk.items.entries()) {
        this.#values[item] = chunk.values[row]!;
        this.#by[item] = publication;
        this.#confidence[item] = chunk.confidence[row]!;
      }
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
    return { model: this.#models[this.#by[item]!]!, values, confidence: Number.isNaN(confidence) ? null : confidence };
  }

  save(): ReadonlyMap<Hash, SavedPredictions> {
    return this.#chunks;
  }
}
