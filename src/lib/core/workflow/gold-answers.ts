import { kindOf } from '../fields/registry';
import type { Values } from '../model/annotation';
import { valueIn, type Schema } from '../model/schema';

/**
 * Whether an answer is right where the true one is known: its similarity to it, by the kinds of the fields, is at least `threshold`
 * in the mean over the questions that the known answer says anything of. A single choice is right or wrong, whatever the others say.
 *
 * Both are read under the current schema. Where the known answer says nothing of any question, nothing is wrong.
 *
 * @param threshold 0 to 1
 */
export function isRight(answer: Values, known: Values, schema: Schema, threshold: number): boolean {
  let sum = 0;
  let fields = 0;
  for (const field of schema.fields) {
    const right = valueIn(known, field);
    if (right === undefined) continue;
    const said = valueIn(answer, field);
    const similarity = said === undefined ? 0 : kindOf(field).similarity(said, right, field);
    if (field.kind === 'choice' && !field.multiple && similarity < 1) return false;
    sum += similarity;
    fields++;
  }
  return fields === 0 || sum / fields >= threshold;
}

/** Known answers that somebody gave, and those that were right. */
export interface Accuracy {
  readonly right: number;
  readonly of: number;
}

/** The two-sided 95 % point of the normal distribution. */
const Z = 1.959964;

/**
 * Whether somebody is to be paused: they gave at least `least` known answers, and even the upper end of the 95 % interval of
 * their share of right ones lies below the bar.
 *
 * The interval is Wilson's (E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22,
 * 1927): with p = right / of and n = of, its upper end is
 *
 *     (p + z^2/2n + z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)
 *
 * The plain share would pause one in six of those who are right 85 times in 100 at a bar of 0.7 after five answers, for bad luck alone.
 *
 * @example isBelowBar({ right: 1, of: 5 }, { bar: 0.7, least: 5 }) // true: the interval ends at 0.62
 * @example isBelowBar({ right: 3, of: 5 }, { bar: 0.7, least: 5 }) // false: it ends at 0.88
 */
export function isBelowBar(
  { right, of }: Accuracy,
  { bar, least }: { readonly bar: number; readonly least: number },
): boolean {
  if (of === 0 || of < least) return false;
  const share = right / of;
  const spread = Z * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  return (share + Z ** 2 / (2 * of) + spread) / (1 + Z ** 2 / of) < bar;
}
