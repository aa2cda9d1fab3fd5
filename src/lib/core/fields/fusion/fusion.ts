import type { FieldValue } from '../../model/annotation';
import type { Field } from '../../model/schema';

/**
 * Makes one value of those that several annotators gave for the same item. Whatever order they come in, it is the same, and
 * canonical; of values that are all equal it is that value.
 *
 * @param values one of each annotator who answered; at least one
 * @param weights how much each of them counts, above 0; null: all the same
 */
export type Fusion<F extends Field, V extends FieldValue> = (
  values: readonly V[],
  field: F,
  weights: readonly number[] | null,
) => V;
