import { labelErrors } from '../truth/label-errors';
import type { ChoiceFigures } from './choice-figures';
import { NONE_OF_THESE } from './chosen-classes';
import type { LabelAuthor } from './label-columns';
import type { SuspectAnswer } from './quality-figures';

/** More are no list that anybody works through. */
const MOST = 10_000;

/**
 * Answers that are likely wrong, by confident learning: each answer is a label, and what the others say of the item, without it, are
 * its probabilities. The least believable first.
 */
export function suspectAnswers(
  { field, ratings, others }: ChoiceFigures,
  authors: readonly LabelAuthor[],
): SuspectAnswer[] {
  if (!others) return [];
  const { category, categories, classes, annotator } = ratings;
  const labels = Int32Array.from(category, (said, reading) => (others.category[reading]! < 0 ? -1 : said));
  const found = labelErrors(labels, categories, (reading, into) => {
    others.fill(reading, into);
  });
  const itemOf = itemsOf(ratings);
  return found.slice(0, MOST).flatMap(({ item: reading, label, likely, selfConfidence }) => {
    if (classes[label] === NONE_OF_THESE || classes[likely] === NONE_OF_THESE) return [];
    return [
      {
        ...{ item: itemOf[reading]!, author: authors[annotator[reading]!]!.author, field: field.id },
        ...{ said: classes[label]!, likely: classes[likely]!, probability: selfConfidence },
      },
    ];
  });
}

function itemsOf({ items, start, category }: ChoiceFigures['ratings']): Uint32Array {
  const itemOf = new Uint32Array(category.length);
  for (let item = 0; item < items; item++) itemOf.fill(item, start[item], start[item + 1]);
  return itemOf;
}
