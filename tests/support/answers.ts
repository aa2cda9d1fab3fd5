import type { AnswersOf } from '#core/agreement/structured/answers';

/** Answers from a table: a row for each item, a column for each annotator, null where somebody did not answer. */
export function answersOf<V>(rows: readonly (readonly (V | null)[])[]): AnswersOf<V> {
  const known = new Map<string, number>();
  const values: V[] = [];
  const [start, annotator, value]: number[][] = [[0], [], []];
  for (const row of rows) {
    for (const [who, answer] of row.entries()) {
      if (answer === null) continue;
      const key = JSON.stringify(answer);
      if (!known.has(key)) known.set(key, values.push(answer) - 1);
      annotator!.push(who);
      value!.push(known.get(key)!);
    }
    start!.push(value!.length);
  }
  return {
    items: rows.length,
    annotators: Math.max(0, ...rows.map((row) => row.length)),
    start: Uint32Array.from(start!),
    annotator: Uint32Array.from(annotator!),
    value: Uint32Array.from(value!),
    values,
  };
}

/** What a field says of classes that it offers. */
export const offering = (...ids: string[]) => ({ classes: ids.map((id) => ({ id })), retired: [] });
