import type { CoefficientReport, FieldReport } from '#core/quality/quality-report';
import { inCount, inItems } from '../figures';
import { coefficientWords } from './coefficient-words';
import { inInterval, inTwo } from './figures-words';
import { FAIR_FROM, GOOD_FROM, gradeOf, type Grade } from './grade';

/** What a question's agreement comes to, in words. */
export interface Verdict {
  /** null where it cannot be said, or the coefficient has no bounds. */
  readonly grade: Grade | null;
  readonly sentence: string;
  /** What goes without saying to nobody; '' for nothing. */
  readonly more: string;
  /** What would let it be said. */
  readonly next: 'label' | 'invite' | 'ask-twice' | null;
}

export const headlineOf = ({ coefficients, headline }: FieldReport): CoefficientReport | undefined =>
  coefficients.find(({ id }) => id === headline);

/** `Agreement is good: alpha 0.81 (0.77-0.85) over 412 items by 4 people.` */
export function verdict(field: FieldReport): Verdict {
  const headline = headlineOf(field);
  if (!headline || headline.estimate.value === null) return unsaid(field, headline);
  const { id, name, estimate } = headline;
  const { short, isGraded } = coefficientWords(id, name);
  const { value, ci95 } = estimate;
  const grade = isGraded ? gradeOf(value) : null;
  const figure = `${short} ${inTwo(value)}${ci95 ? ` (${inInterval(ci95)})` : ''}`;
  const over = `over ${inItems(field.overlapping)} by ${inItems(field.annotators, 'person', 'people')}`;
  return {
    grade,
    sentence: `Agreement${grade ? ` is ${grade}` : ''}: ${figure} ${over}.`,
    more: ci95 ? (grade ? reach(grade, ci95) : '') : 'Its interval is being computed.',
    next: null,
  };
}

/** Says so where the interval reaches over a bound: then the word is less certain than it sounds. */
function reach(grade: Grade, [low, high]: readonly [number, number]): string {
  const [lowest, highest] = [gradeOf(low), gradeOf(high)];
  if (lowest === highest) return '';
  if (lowest !== grade && highest !== grade) return `The interval reaches from ${lowest} to ${highest}.`;
  const [direction, bound] =
    lowest !== grade
      ? (['below', grade === 'good' ? GOOD_FROM : FAIR_FROM] as const)
      : (['above', grade === 'fair' ? GOOD_FROM : FAIR_FROM] as const);
  return `The interval reaches ${direction} ${bound}: with more items it may turn out ${lowest !== grade ? lowest : highest}.`;
}

function unsaid({ items, annotators, overlapping }: FieldReport, headline: CoefficientReport | undefined): Verdict {
  const plain = { grade: null, more: '' };
  if (items === 0) {
    return { ...plain, sentence: 'Agreement cannot be said yet: nobody has answered this question.', next: 'label' };
  }
  if (annotators < 2) {
    return {
      ...plain,
      sentence: `Agreement cannot be said yet: one person has answered, ${inItems(items)} so far.`,
      more: 'Invite somebody who labels some of the same items.',
      next: 'invite',
    };
  }
  if (overlapping === 0) {
    return {
      ...plain,
      sentence: `Agreement cannot be said yet: none of the ${inCount(items)} items was labelled by two people.`,
      more: 'Let two people label a share of the items; 10 % is enough to begin with.',
      next: 'ask-twice',
    };
  }
  const reason = headline?.estimate.value === null ? headline.estimate.reason : 'it has not been computed.';
  return { ...plain, sentence: `Agreement cannot be said yet: ${lowered(reason)}`, next: null };
}

const lowered = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);
