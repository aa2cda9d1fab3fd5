/** How often each item counts: once for the figure itself, as often as it was drawn for its interval. */
export interface Weights {
  /** Item -> times. */
  readonly items: Uint32Array;
  /** Answers to items that two or more people answered, each as often as its item counts. */
  readonly answers: number;
}

/** A figure that depends on items, for any weights of the items. */
export interface Statistic {
  /** What is computed, in words. */
  readonly method: string;
  /** How many items it depends on. */
  readonly items: number;
  /** In a sentence, for items that leave it undefined. */
  readonly whyUndefined: string;
  /** NaN where items of these weights do not define it. */
  value(weights: Weights): number;
}
