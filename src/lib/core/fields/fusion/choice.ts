import type { ChoiceValue } from '../../model/annotation';
import type { ChoiceField } from '../../model/schema';
import type { Fusion } from './fusion';
import { byClass, heaviest, isMoreThanHalf, totalWeight, vote, weightOf } from './votes';

/**
 * Of a single choice the one with the most weight; ties go to the class that comes first in the schema, and "none of these" comes
 * last. Of a multiple choice each class that more than half of the weight chose.
 *
 * @example ['cat'], ['dog'], ['dog'] -> ['dog']; multiple: ['cat', 'dog'], ['dog'] -> ['dog']
 */
export const fuseChoices: Fusion<ChoiceField, ChoiceValue> = (values, field, weights) => {
  const [first] = values as readonly [ChoiceValue];
  if (values.every((value) => isSame(value, first))) return first;
  return field.multiple ? chosenByMost(values, field, weights) : mostChosen(values, field, weights);
};

function mostChosen(
  values: readonly ChoiceValue[],
  field: ChoiceField,
  weights: readonly number[] | null,
): ChoiceValue {
  const votes = new Map<string | undefined, number>();
  for (const [at, [id]] of values.entries()) vote(votes, id, weightOf(weights, at));
  const compare = byClass(field);
  const winner = heaviest(votes, (a, b) => (a === undefined ? 1 : b === undefined ? -1 : compare(a, b)));
  return values.find(([id]) => id === winner)!;
}

function chosenByMost(
  values: readonly ChoiceValue[],
  field: ChoiceField,
  weights: readonly number[] | null,
): ChoiceValue {
  const votes = new Map<string, number>();
  for (const [at, value] of values.entries()) for (const id of value) vote(votes, id, weightOf(weights, at));
  const total = totalWeight(values, weights);
  return [...votes.keys()].filter((id) => isMoreThanHalf(votes.get(id)!, total)).sort(byClass(field));
}

const isSame = (a: ChoiceValue, b: ChoiceValue): boolean =>
  a === b || (a.length === b.length && a.every((id, at) => id === b[at]));
