import { studentT95 } from '../stats/student-t';
import type { AgreementData } from './agreement-data';
import type { AgreementWeights } from './agreement-weights';
import type { EstimateOptions } from './coefficient';
import { undefinedFor, type Estimate } from './estimate';
import { agreementByItem, meanAgreement } from './observed-agreement';

/** What agreement would be by chance. */
interface Chance {
  readonly expected: number;
  /** What each item contributes to it, of which it is the mean over the items with a reading. Asked for an interval. */
  readonly byItem: () => Float64Array;
}

/**
 * Agreement beyond chance, by whatever is taken for chance:
 *
 *     (a - e) / (1 - e),
 *
 * where a is the mean agreement of the n' items with two readings or more, and e the agreement by chance, found from all n items
 * with a reading.
 *
 * The interval is that of Gwet (2014, chapter 5; and irrCAC): with a_i and e_i for item i, and 0 for an item of one reading,
 *
 *     x_i = (n / n') (a_i - e [r_i >= 2]) / (1 - e) - 2 (1 - x) (e_i - e) / (1 - e),
 *     variance = sum_i (x_i - x)^2 / (n (n - 1)),
 *
 * and Student's t with n - 1 degrees of freedom; no coefficient is above 1. O(readings), beside what chance takes.
 *
 * @param name as people know the coefficient
 */
export function chanceCorrected(
  name: string,
  { counts }: AgreementData,
  weights: AgreementWeights,
  chance: Chance,
  { interval }: EstimateOptions,
): Estimate {
  const agreement = agreementByItem(counts, weights);
  const { expected } = chance;
  const beyond = 1 - expected;
  if (!(beyond > 1e-12))
    return undefinedFor('By chance alone everybody would agree, so that nothing can be told from it.');
  const value = (meanAgreement(counts, agreement) - expected) / beyond;
  const method = [name, ...(weights.words === '' ? [] : [weights.words]), GWET].join('; ');
  if (interval === 'none') return { value, ci95: null, method };

  const { items, total, rated, pairable } = counts;
  const byItem = chance.byItem();
  let squares = 0;
  for (let item = 0; item < items; item++) {
    if (total[item] === 0) continue;
    const observed = total[item]! < 2 ? 0 : ((rated / pairable) * (agreement[item]! - expected)) / beyond;
    squares += (observed - (2 * (1 - value) * (byItem[item]! - expected)) / beyond - value) ** 2;
  }
  return { value, ci95: intervalAround(value, Math.sqrt(squares / (rated * (rated - 1))), rated), method };
}

export const GWET = 'interval: Gwet 2014';

/** The 95 % interval by Student's t from a standard error that was found from so many items. */
export function intervalAround(value: number, error: number, items: number): readonly [low: number, high: number] {
  const reach = studentT95(items - 1) * error;
  return [value - reach, Math.min(1, value + reach)];
}
