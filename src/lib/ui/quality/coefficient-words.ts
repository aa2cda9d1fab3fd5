/** A coefficient for people who have never heard of it. */
export interface CoefficientWords {
  /** As it stands in a sentence: `alpha`. */
  readonly short: string;
  /** What it measures; '' where nothing is known of it. */
  readonly about: string;
  /** Whether it is corrected for chance, so that the bounds of good and fair apply. */
  readonly isGraded: boolean;
}

interface FamilyWords {
  /** What the ids of the family begin with. */
  readonly begins: string;
  readonly about: string;
  readonly scale: 'beyond chance' | 'as it is';
}

/** The first that fits counts. */
const FAMILIES: readonly FamilyWords[] = [
  {
    ...{ begins: 'krippendorff-alpha', scale: 'beyond chance' },
    about:
      'How much less the answers to one item differ than answers at random would, with any number of people and gaps.',
  },
  {
    ...{ begins: 'fleiss-kappa', scale: 'beyond chance' },
    about: 'How far any number of people agree beyond chance, with one common habit assumed for all.',
  },
  {
    ...{ begins: 'cohen-kappa', scale: 'beyond chance' },
    about: 'How far two people agree beyond what their own habits would give by chance, averaged over pairs.',
  },
  {
    ...{ begins: 'weighted-kappa', scale: 'beyond chance' },
    about: 'How far two people agree beyond chance, where a near miss counts less than a far one, averaged over pairs.',
  },
  {
    ...{ begins: 'scott-pi', scale: 'beyond chance' },
    about: 'How far two people agree beyond chance, with one common habit assumed for both, averaged over pairs.',
  },
  {
    ...{ begins: 'conger-kappa', scale: 'beyond chance' },
    about: 'How far any number of people agree beyond chance, each with a habit of their own.',
  },
  {
    ...{ begins: 'gwet-ac', scale: 'beyond chance' },
    about: 'How far people agree beyond chance, steady also where one class is far more frequent than the others.',
  },
  {
    ...{ begins: 'brennan-prediger', scale: 'beyond chance' },
    about: 'How far people agree beyond chance, if chance means every class alike.',
  },
  {
    ...{ begins: 'percent-agreement', scale: 'as it is' },
    about: 'The share of pairs of answers that are equal. Chance is not taken out, so few classes make it high.',
  },
  {
    ...{ begins: 'jaccardAlpha', scale: 'beyond chance' },
    about: 'How much less the chosen classes differ than at random, by how many of them two people share.',
  },
  {
    ...{ begins: 'masiAlpha', scale: 'beyond chance' },
    about: 'How much less the chosen classes differ than at random; a part of the same classes counts half and more.',
  },
  {
    ...{ begins: 'unitizingAlpha', scale: 'beyond chance' },
    about: 'How much less the marked pieces of a text differ than at random, by where they begin and end.',
  },
  {
    ...{ begins: 'classAlpha', scale: 'beyond chance' },
    about: 'How much less the classes of matched regions differ than classes at random would.',
  },
  {
    ...{ begins: 'f1AnyClass', scale: 'as it is' },
    about: 'The share of regions that two people have in common, whatever class they gave them. 1 is all.',
  },
  {
    ...{ begins: 'f1', scale: 'as it is' },
    about: 'The share of regions that two people have in common, place and class. 1 is all.',
  },
  {
    ...{ begins: 'exactF1', scale: 'as it is' },
    about: 'The share of spans that two people have in common to the letter. 1 is all.',
  },
  {
    ...{ begins: 'partialF1', scale: 'as it is' },
    about: 'The share of spans that two people have in common, each by how much of it overlaps. 1 is all.',
  },
  {
    ...{ begins: 'overlapF1', scale: 'as it is' },
    about: 'The share of spans of one person that any span of the other touches. 1 is all.',
  },
  {
    ...{ begins: 'meanSimilarity', scale: 'as it is' },
    about: 'How far two regions that were matched lie over each other. 1 is exactly.',
  },
  { ...{ begins: 'exactMatch', scale: 'as it is' }, about: 'The share of pairs of answers that are the same.' },
];

const SCALE = '1 is perfect, 0 is what chance alone would give.';

/** @param name as the report has it: `Krippendorff’s alpha, nominal` */
export function coefficientWords(id: string, name: string): CoefficientWords {
  const family = FAMILIES.find(({ begins }) => id.startsWith(begins));
  const isGraded = family?.scale === 'beyond chance';
  return { short: shortened(name), about: isGraded ? `${family.about} ${SCALE}` : (family?.about ?? ''), isGraded };
}

/** Without whom it is named after and without what follows a comma or a bracket; a plain word begins small. */
function shortened(name: string): string {
  const short = name.replace(/^\S+['’]s? /, '').replace(/ ?[,(].*$/, '');
  return short.replace(/^[A-Z](?=[a-z]+( |$))/, (letter) => letter.toLowerCase());
}
