import type { FieldAnswers } from '../field-answers';

/** {@link FieldAnswers} whose values may be of any kind, such as outlines that no field asks for yet. */
export interface AnswersOf<V> extends Omit<FieldAnswers<never>, 'values'> {
  /** Each once. */
  readonly values: readonly V[];
}

/** Items that two or more people answered, ascending. */
export function overlappingItems({ items, start }: AnswersOf<unknown>): Uint32Array {
  const found: number[] = [];
  for (let item = 0; item < items; item++) if (start[item + 1]! - start[item]! > 1) found.push(item);
  return Uint32Array.from(found);
}

/** Why no two answers can be compared, in a sentence; null where some can. */
export function whyIncomparable(answers: AnswersOf<unknown>): string | null {
  const { annotator } = answers;
  if (annotator.length === 0) return 'Nobody has answered yet.';
  if (annotator.every((one) => one === annotator[0])) return 'Only one person has answered: agreement takes two.';
  if (overlappingItems(answers).length === 0) return 'No item was answered by two people.';
  return null;
}

/** Two answers to one item: who gave them, `a` below `b`, and their places in `values`. */
type VisitPair = (item: number, a: number, b: number, valueOfA: number, valueOfB: number) => void;

/** Every two answers to the same item, once. */
export function forEachPair({ items, start, annotator, value }: AnswersOf<unknown>, visit: VisitPair): void {
  for (let item = 0; item < items; item++) {
    const end = start[item + 1]!;
    for (let one = start[item]!; one < end; one++) {
      for (let other = one + 1; other < end; other++) {
        const isInOrder = annotator[one]! < annotator[other]!;
        const [first, second] = isInOrder ? [one, other] : [other, one];
        visit(item, annotator[first]!, annotator[second]!, value[first]!, value[second]!);
      }
    }
  }
}
