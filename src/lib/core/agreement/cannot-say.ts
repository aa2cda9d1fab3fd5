import type { AgreementData } from './agreement-data';

/** Why nothing can be said of how far these annotators agree, in a sentence for people; null where something can. */
export function cannotSay({ annotators, counts }: AgreementData): string | null {
  if (annotators === 0) return 'There are no labels.';
  if (annotators === 1) return 'All labels are by one annotator; agreement takes two.';
  if (counts.pairable === 0) return 'No item was labelled by two annotators.';
  if (counts.pairable === 1) {
    return 'Only one item was labelled by two annotators or more, and one item says nothing about the others.';
  }
  return null;
}

/** The same of agreement beyond chance: where everybody always chose one class, nobody knows what chance would have done. */
export const cannotSayBeyondChance = (data: AgreementData): string | null =>
  cannotSay(data) ?? (data.counts.used === 1 ? ONE_CLASS : null);

const ONE_CLASS = 'Only one class was ever chosen, so that agreement cannot be told from chance.';
