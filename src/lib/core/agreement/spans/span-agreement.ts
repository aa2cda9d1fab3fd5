import type { SpanValue } from '../../model/annotation';
import type { FieldAnswers } from '../field-answers';
import type { AgreementOptions, StructuredAgreement } from '../structured/agreement';
import { forEachPair } from '../structured/answers';
import { ClassNumbers, type ClassesOfField } from '../structured/class-numbers';
import { ConfusionCounts } from '../structured/confusion-counts';
import { F1Tally, NOTHING_MARKED } from '../structured/f1-tally';
import { PooledRatio } from '../structured/pooled-ratio';
import { reported } from '../structured/report';
import { closestSpans } from './closest-spans';
import { exactMatches } from './exact-matches';
import { overlapMatches } from './overlap-matches';
import { partialCredit } from './partial-credit';
import { gamma } from './gamma';
import { spanList } from './span-list';
import { unitizingAlpha } from './unitizing-alpha';

export interface SpanAgreementOptions extends AgreementOptions {
  /** Of each item's text, UTF-16 code units; 0 where it is not known. Without them nothing is unitized. */
  readonly lengths?: ArrayLike<number>;
}

/**
 * How far people agree on pieces of texts, pooled over items and pairs of annotators. Coefficients: `exactF1` (the
 * headline), `partialF1`, `overlapF1`, `unitizingAlpha` and `gamma`, which are corrected for chance. Pairs of
 * annotators and classes by exact F1. Confusion counts the classes of pairs of spans that share more than half of
 * their text, whatever their classes.
 */
export function spanAgreement(
  answers: FieldAnswers<SpanValue>,
  field: ClassesOfField,
  { lengths, ...options }: SpanAgreementOptions,
): StructuredAgreement {
  const numbers = new ClassNumbers(field);
  const lists = answers.values.map((value) => spanList(value, numbers));
  const exact = new F1Tally('F1 of spans with the same ends and class, micro-averaged over pairs of answers', numbers);
  const partial = new PooledRatio(
    'F1 of spans of the same class, half credit for an overlap, micro-averaged over pairs of answers',
    NOTHING_MARKED,
  );
  const overlap = new PooledRatio(
    'F1 of spans of the same class that overlap, micro-averaged over pairs of answers',
    NOTHING_MARKED,
  );
  const confusion = new ConfusionCounts();

  forEachPair(answers, (item, a, b, valueOfA, valueOfB) => {
    const [one, other] = [lists[valueOfA]!, lists[valueOfB]!];
    const [marked, same] = [one.length + other.length, exactMatches(one, other)];
    const classes = same.map(([place]) => one.classes[place]!);
    exact.add(item, [a, b], one, other, classes);
    partial.add(item, 2 * partialCredit(one, other, same), marked);
    overlap.add(item, 2 * overlapMatches(one, other).length, marked);
    for (const [left, right] of closestSpans(one, other)) confusion.add(one.classes[left]!, other.classes[right]!);
  });

  return reported(
    {
      coefficients: [
        { id: 'exactF1', name: 'F1, exact', statistic: exact.overall },
        { id: 'partialF1', name: 'F1, partial', statistic: partial },
        { id: 'overlapF1', name: 'F1, overlap', statistic: overlap },
        {
          id: 'unitizingAlpha',
          name: 'Krippendorff’s unitizing alpha',
          statistic: unitizingAlpha(answers, lists, lengths),
        },
        { id: 'gamma', name: 'Gamma', statistic: gamma(answers, lists, options.seed) },
      ],
      pairs: exact.pairs(),
      classes: exact.classes(Array.from(answers.value, (place) => lists[place]!)),
      confusion: confusion.list(numbers),
    },
    answers,
    options,
  );
}
