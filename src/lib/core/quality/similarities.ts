import type { Schema } from '../model/schema';
import { agreementOf } from '../projection/annotations';
import type { ValuePool, ValuesRef } from '../projection/value-pool';
import type { LabelColumns } from './label-columns';

/** Items, and of those with regions, between two times that the caller may do something else. */
const AT_ONCE = { classes: 20_000, regions: 50 } as const;
/** Pairs of values whose similarity is kept: classes, of which there are few. */
const KEPT = 1_000_000;
const SHIFT = 2 ** 26;

/** Of each author, with the answers of others to the same items. */
export interface WithOthers {
  /** Sum over the author's items of the mean similarity with the others' answers. */
  readonly sum: Float64Array;
  /** Author -> items that others answered too. */
  readonly items: Uint32Array;
}

/**
 * How similar everybody's answers are to those of the others. O(answers of an item^2) similarities for each item, each pair of values
 * once where they are classes.
 *
 * @param which items that are compared; others are left out
 */
export function* similarities(
  { start, author, values, skipped }: LabelColumns,
  which: Iterable<number>,
  pool: ValuePool,
  schema: Schema,
): Generator<void, WithOthers> {
  const sum = new Float64Array(skipped.length);
  const items = new Uint32Array(skipped.length);
  const hasRegions = schema.fields.some(({ kind }) => kind !== 'choice');
  const known = new Map<number, number>();
  const similarity = (a: ValuesRef, b: ValuesRef): number => {
    if (a === b) return 1;
    if (hasRegions) return agreementOf([a, b], pool, schema);
    const key = Math.min(a, b) * SHIFT + Math.max(a, b);
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const made = agreementOf([a, b], pool, schema);
    if (known.size < KEPT) known.set(key, made);
    return made;
  };
  const atOnce = AT_ONCE[hasRegions ? 'regions' : 'classes'];
  let done = 0;
  for (const item of which) {
    if (++done % atOnce === 0) yield;
    const [from, to] = [start[item]!, start[item + 1]!];
    for (let one = from; one < to; one++) {
      for (let other = one + 1; other < to; other++) {
        const share = similarity(values[one]!, values[other]!) / (to - from - 1);
        sum[author[one]!]! += share;
        sum[author[other]!]! += share;
      }
      if (to - from > 1) items[author[one]!]!++;
    }
  }
  return { sum, items };
}
