import { forEachPair, type AnswersOf } from './answers';

/** Two annotators, `a` below `b`, and what both answered. */
interface AnnotatorPair<V> {
  readonly a: number;
  readonly b: number;
  /** How many they both answered. */
  readonly items: number;
  readonly answers: AnswersOf<V>;
}

/**
 * Every two annotators who answered any item both, with their answers to those items, whose numbers stay the same.
 * One after the other: each takes as much memory as there are items.
 */
export function* annotatorPairs<V>(answers: AnswersOf<V>): Generator<AnnotatorPair<V>> {
  const pairs = new Map<number, { a: number; b: number; items: number[]; values: number[] }>();
  forEachPair(answers, (item, a, b, one, other) => {
    const key = a * answers.annotators + b;
    let pair = pairs.get(key);
    if (pair === undefined) pairs.set(key, (pair = { a, b, items: [], values: [] }));
    pair.items.push(item);
    pair.values.push(one, other);
  });
  const inOrder = [...pairs].sort(([one], [other]) => one - other);
  for (const [, { a, b, items, values }] of inOrder) {
    const start = new Uint32Array(answers.items + 1);
    for (const item of items) start[item + 1] = 2;
    for (let item = 0; item < answers.items; item++) start[item + 1]! += start[item]!;
    const annotator = Uint32Array.from(values, (_, at) => (at % 2 === 0 ? a : b));
    yield { a, b, items: items.length, answers: { ...answers, start, annotator, value: Uint32Array.from(values) } };
  }
}
