import type { FieldValue } from '../model/annotation';

/**
 * What several people answered to one question that is more than a category, by numbers: the answers to item `i` are those from
 * `start[i]` to before `start[i + 1]`, each by another annotator.
 */
export interface FieldAnswers<V extends FieldValue> {
  readonly items: number;
  readonly annotators: number;
  /** Of `items + 1`; the last is the number of answers. */
  readonly start: Uint32Array;
  /** Answer -> annotator. */
  readonly annotator: Uint32Array;
  /** Answer -> place in `values`. */
  readonly value: Uint32Array;
  /** Each once. */
  readonly values: readonly V[];
}
