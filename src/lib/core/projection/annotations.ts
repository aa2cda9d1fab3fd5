import { fusionOf } from '../fields/fusion/registry';
import { kindOf } from '../fields/registry';
import { sameValue } from '../fields/values';
import type { FieldValue, Values } from '../model/annotation';
import type { FieldId } from '../model/ids';
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
 * What an item's annotations amount to, field by field; 0 for no annotation. A field is that of those who answered it.
 *
 * Mostly that is what some annotation says already, and the result is that one: nothing is encoded then, so that a hundred thousand
 * items of several annotations each are done in a fraction of a second.
 */
export function fusedOf(annotations: readonly ValuesRef[], pool: ValuePool, schema: Schema): ValuesRef {
  const [first] = annotations;
  if (first === undefined) return 0;
  if (annotations.every((ref) => ref === first)) return first;
  const readings = annotations.map((ref) => pool.read(ref));
  const fused: Record<FieldId, FieldValue> = {};
  for (const field of schema.fields) {
    const answers = readings.map((values) => values[field.id]).filter((value) => value !== undefined);
    if (answers.length > 0) fused[field.id] = fusionOf(field)(answers, field, null);
  }
  const said = readings.findIndex((values) => schema.fields.every(({ id }) => sameValue(values[id], fused[id])));
  return said < 0 ? pool.intern(fused) : annotations[said]!;
}
