import { firstWord, numberIn } from './category-order';

/** What is known of the categories beside their names: whether they have an order, and whether they are numbers. */
export interface CategoryScale {
  /**
   * Category -> its place on a line: the number that it is, else its rank. As Gwet (2014) weights categories: 1, 2 and 5 are not
   * equally far apart.
   */
  readonly places: Places;
  /** Category -> the number that it is. */
  readonly numbers: Places;
}

type Places =
  | { readonly isKnown: true; readonly of: Float64Array }
  /** Why not, in a sentence for people. */
  | { readonly isKnown: false; readonly reason: string };

const unknown = (reason: string): Places => ({ isKnown: false, reason });

const NO_ORDER = 'The classes have no order.';

export const NOMINAL: CategoryScale = {
  places: unknown(NO_ORDER),
  numbers: unknown('The classes are no numbers.'),
};

/**
 * @param names the categories; from the lowest to the highest where they are `ordered`
 * @param order `own`: they have an order where all are numbers
 */
export function categoryScale(names: readonly string[], order: 'own' | 'ordered'): CategoryScale {
  const word = firstWord(names);
  const numbers = Float64Array.from(names, (name) => numberIn(name) ?? NaN);
  const ranks = Float64Array.from(names, (_, rank) => rank);
  const isAscending = numbers.every((number, at) => at === 0 || number > numbers[at - 1]!);
  if (word === null && names.length > 0) {
    const of = order === 'ordered' && !isAscending ? ranks : numbers;
    return { places: { isKnown: true, of }, numbers: { isKnown: true, of: numbers } };
  }
  const noNumbers = word === null ? NOMINAL.numbers : unknown(`“${shortened(word)}” is no number.`);
  if (order === 'ordered') return { places: { isKnown: true, of: ranks }, numbers: noNumbers };
  const noOrder =
    word === null ? NO_ORDER : `The classes have no order: not all are numbers (“${shortened(word)}” is none).`;
  return { places: unknown(noOrder), numbers: noNumbers };
}

/** Labels may be whole paragraphs. */
const shortened = (name: string): string => (name.length > 40 ? `${name.slice(0, 40)}…` : name);
