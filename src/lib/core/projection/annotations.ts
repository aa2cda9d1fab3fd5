import { kindOf } from '../fields/registry';
import type { Values } from '../model/annotation';
import type { Schema } from '../model/schema';
import type { ValuePool, ValuesRef } from './value-pool';

/**
 * Mean pairwise similarity of an item's annotations, 0 to 1, where the similarity of two annotations is the mean over
 * the fields that at least one of them fills. A field that only one of them fills counts 0.
 */
export function agreementOf(annotations: readonly ValuesRef[], pool: ValuePool, schema: Schema): number {
  let sum = 0;
  let pairs = 0;
  for (const [i, a] of annotations.entries()) {
    for (const b of annotations.slice(i + 1)) {
      sum += a === b ? 1 : similarity(pool.read(a), pool.read(b), schema);
      pairs++;
    }
  }
  return pairs === 0 ? 1 : sum / pairs;
}

function similarity(a: Values, b: Values, schema: Schema): number {
  let sum = 0;
  let fields = 0;
  for (const field of schema.fields) {
    const left = a[field.id];
    const right = b[field.id];
    if (left === undefined && right === undefined) continue;
    fields++;
    if (left !== undefined && right !== undefined) sum += kindOf(field).similarity(left, right, field);
  }
  return fields === 0 ? 1 : sum / fields;
}

/**
 * The values that most annotations give, as a whole; 0 for no annotation. Ties go to the values whose JSON comes first,
 * so that every client names the same.
 */
export function pluralityOf(annotations: readonly ValuesRef[], pool: ValuePool): ValuesRef {
  if (annotations.length < 2) return annotations[0] ?? 0;
  const votes = new Map<string, { ref: ValuesRef; count: number }>();
  for (const ref of annotations) {
    const reading = JSON.stringify(pool.read(ref));
    const vote = votes.get(reading);
    if (vote) vote.count++;
    else votes.set(reading, { ref, count: 1 });
  }
  const [winner] = [...votes].sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1));
  return winner![1].ref;
}
