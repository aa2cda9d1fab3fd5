import type { ChoiceValue } from '../../model/annotation';
import type { FieldAnswers } from '../field-answers';
import type { AgreementOptions, StructuredAgreement } from '../structured/agreement';
import { forEachPair, overlappingItems, type AnswersOf } from '../structured/answers';
import { ClassNumbers, type ClassesOfField } from '../structured/class-numbers';
import { ConfusionCounts } from '../structured/confusion-counts';
import { annotatorPairs } from '../structured/annotator-pairs';
import { PooledRatio } from '../structured/pooled-ratio';
import { reported } from '../structured/report';
import { ClassAlpha } from './class-alpha';
import { setAlpha } from './set-alpha';
import { jaccard, masi } from './set-distance';

/**
 * How far people agree on a multiple choice. Coefficients: `masiAlpha` (the headline), `jaccardAlpha`, `exactMatch`
 * (share of pairs of answers that are the same set). Pairs of annotators by MASI alpha of what both answered; classes
 * by nominal alpha of being chosen. Confusion counts, for every two answers to an item, each class in both, and each
 * that only one chose with each that only the other chose.
 */
export function setAgreement(
  answers: FieldAnswers<ChoiceValue>,
  field: ClassesOfField,
  options: AgreementOptions,
): StructuredAgreement {
  const numbers = new ClassNumbers(field);
  const numbered = withDistinctSets(answers, numbers);
  const { values } = numbered;

  const exact = new PooledRatio('Share of pairs of answers that are the same set', 'No two answers can be compared.');
  const confusion = new ConfusionCounts();
  forEachPair(numbered, (item, _a, _b, one, other) => {
    exact.add(item, one === other ? 1 : 0, 1);
    addConfusions(values[one]!, values[other]!, confusion);
  });

  const coefficients = [
    { id: masi.id, name: masi.name, statistic: setAlpha(numbered, masi) },
    { id: jaccard.id, name: jaccard.name, statistic: setAlpha(numbered, jaccard) },
    { id: 'exactMatch', name: 'The same classes', statistic: exact },
  ];
  const pairs = Array.from(annotatorPairs(numbered), ({ a, b, items, answers: both }) => ({
    ...{ a, b, items },
    statistic: setAlpha(both, masi),
  }));
  const classes = classAlphas(numbered, numbers);

  return reported({ coefficients, pairs, classes, confusion: confusion.list(numbers) }, answers, options);
}

/**
 * The same answers with ascending class numbers for values, and sets that differ only in order or repetition as one.
 */
function withDistinctSets(answers: FieldAnswers<ChoiceValue>, numbers: ClassNumbers): AnswersOf<readonly number[]> {
  const values: (readonly number[])[] = [];
  const known = new Map<string, number>();
  const place = answers.values.map((ids) => {
    const set = [...new Set(ids.map((id) => numbers.of(id)))].sort((one, other) => one - other);
    const key = set.join(' ');
    const same = known.get(key);
    if (same !== undefined) return same;
    known.set(key, values.length);
    return values.push(set) - 1;
  });
  return { ...answers, value: answers.value.map((value) => place[value]!), values };
}

function addConfusions(a: readonly number[], b: readonly number[], confusion: ConfusionCounts): void {
  for (const id of a) if (b.includes(id)) confusion.add(id, id);
  for (const one of a) {
    if (b.includes(one)) continue;
    for (const other of b) if (!a.includes(other)) confusion.add(one, other);
  }
}

function classAlphas(answers: AnswersOf<readonly number[]>, { ids, live }: ClassNumbers) {
  const { items, start, value, values } = answers;
  const compared = overlappingItems(answers).length;
  const classes = ids.map((id) => ({ class: id, labels: 0, statistic: new ClassAlpha(compared) }));
  const chosen = new Map<number, number>();
  for (let item = 0; item < items; item++) {
    const answers = start[item + 1]! - start[item]!;
    chosen.clear();
    for (let answer = start[item]!; answer < start[item + 1]!; answer++) {
      for (const id of values[value[answer]!]!) {
        classes[id]!.labels++;
        chosen.set(id, (chosen.get(id) ?? 0) + 1);
      }
    }
    if (answers > 1) for (const [id, count] of chosen) classes[id]!.statistic.add(item, answers, count);
  }
  return classes.filter(({ labels }, at) => at < live || labels > 0);
}
