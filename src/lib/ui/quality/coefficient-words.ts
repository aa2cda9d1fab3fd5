/** A coefficient for people who have never heard of it. */
export interface CoefficientWords {
  /** As it stands in a sentence: `alpha`. */
  readonly short: string;
  /** What it measures; '' where nothing is known of it. */
  readonly about: string;
  /** Whether it is corrected for chance, so that the bounds of good and fair apply. */
  readonly isGraded: boolean;
}

const ONE_IS = '1 is perfect, 0 is what chance alone would give.';

/** By what the id begins with; the longest that fits counts. */
const FAMILIES: readonly (readonly [begins: string, about: string, isGraded: boolean])[] = [
  [
    'percent',
    'The share of pairs of answers that are equal. Chance is not taken out, so few classes make it high.',
    false,
  ],
  [
    'cohen',
    `How far two people agree beyond what their own habits would give by chance, averaged over pairs. ${ONE_IS}`,
    true,
  ],
  ['weighted', `Cohen's kappa where a near miss counts less than a far one, averaged over pairs. ${ONE_IS}`, true],
  ['scott', `How far people agree beyond chance, with one common habit assumed for all. ${ONE_IS}`, true],
  ['fleiss', `How far several people agree beyond chance, with one common habit assumed for all. ${ONE_IS}`, true],
  ['conger', `How far several people agree beyond chance, with a habit of their own for each. ${ONE_IS}`, true],
  [
    'krippendorff',
    `How far answers to the same item differ less than answers at random do, with any number of people and gaps. ${ONE_IS}`,
    true,
  ],
  [
    'gwet',
    `How far people agree beyond chance, steady also where one class is far more frequent than the others. ${ONE_IS}`,
    true,
  ],
  ['brennan', `How far people agree beyond chance, if chance means every class alike. ${ONE_IS}`, true],
];

/** @param name as the report has it: `Krippendorff's alpha` */
export function coefficientWords(id: string, name: string): CoefficientWords {
  const [, about, isGraded] = FAMILIES.find(([begins]) => id.startsWith(begins)) ?? ['', '', false];
  return { short: shortened(name), about, isGraded };
}

/** Without whom it is named after, and without what stands in brackets. */
const shortened = (name: string): string => name.replace(/^\S+['’]s? /, '').replace(/ ?[,(].*$/, '');
