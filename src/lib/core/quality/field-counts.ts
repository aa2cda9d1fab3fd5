import type { Ratings } from '../agreement/ratings';
import type { ValuesRef } from '../projection/value-pool';
import type { LabelColumns } from './label-columns';

/** How often a question was answered. */
export interface FieldCounts {
  /** Items that anybody answered, and those that two or more people did. */
  readonly items: number;
  readonly overlapping: number;
  readonly labels: number;
  readonly annotators: number;
}

export const countsOfChoice = ({ ratings }: { readonly ratings: Ratings }): FieldCounts => counted(ratings, () => true);

export const countsOf = ({ values, author, ...columns }: LabelColumns, isAnswered: (ref: ValuesRef) => boolean) =>
  counted({ ...columns, annotator: author, annotators: columns.skipped.length }, (at) => isAnswered(values[at]!));

function counted(
  { items, start, annotator, annotators }: Pick<Ratings, 'items' | 'start' | 'annotator' | 'annotators'>,
  isOne: (reading: number) => boolean,
): FieldCounts {
  const hasAnswered = new Uint8Array(annotators);
  let [answered, overlapping, labels] = [0, 0, 0];
  for (let item = 0; item < items; item++) {
    let readings = 0;
    for (let at = start[item]!; at < start[item + 1]!; at++) {
      if (!isOne(at)) continue;
      readings++;
      hasAnswered[annotator[at]!] = 1;
    }
    labels += readings;
    if (readings > 0) answered++;
    if (readings > 1) overlapping++;
  }
  return { items: answered, overlapping, labels, annotators: hasAnswered.reduce((sum, one) => sum + one, 0) };
}
