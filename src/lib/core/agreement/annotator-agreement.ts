import type { AgreementData } from './agreement-data';
import { intervalAround } from './chance-corrected';
import type { EstimateOptions } from './coefficient';
import { undefinedFor, type Estimate } from './estimate';

/** How far one annotator agrees with the others. */
interface AnnotatorAgreement {
  readonly labels: number;
  /** Items that somebody else labelled, too. */
  readonly items: number;
  /** The mean, over these items, of the share of the others who said the same. */
  readonly withOthers: Estimate;
}

/**
 * How far each annotator agrees with the others: the mean over the items that somebody else labelled, too, of (r_ik - 1) /
 * (r_i - 1), with r_ik of its r_i readings in the category that the annotator chose; and the interval of a mean by Student's t.
 * O(readings).
 */
export function agreementByAnnotator(
  { ratings, counts }: AgreementData,
  { interval }: EstimateOptions,
): AnnotatorAgreement[] {
  const labels = new Uint32Array(ratings.annotators);
  const items = new Uint32Array(ratings.annotators);
  const sum = new Float64Array(ratings.annotators);
  const squares = new Float64Array(ratings.annotators);
  /** Category -> its readings of the item at hand. */
  const chosen = new Uint32Array(ratings.categories);
  for (let item = 0; item < ratings.items; item++) {
    const readings = counts.total[item]!;
    for (let at = counts.start[item]!; at < counts.start[item + 1]!; at++)
      chosen[counts.category[at]!] = counts.count[at]!;
    for (let reading = ratings.start[item]!; reading < ratings.start[item + 1]!; reading++) {
      const who = ratings.annotator[reading]!;
      labels[who]!++;
      if (readings < 2) continue;
      const share = (chosen[ratings.category[reading]!]! - 1) / (readings - 1);
      items[who]!++;
      sum[who]! += share;
      squares[who]! += share ** 2;
    }
  }
  const estimate = (who: number): Estimate => {
    const shared = items[who]!;
    if (labels[who] === 0) return undefinedFor('There are no labels by this annotator.');
    if (shared === 0) return undefinedFor('Nobody else labelled the same items.');
    if (shared === 1)
      return undefinedFor('Only one item was labelled by others, too, and one says nothing about the rest.');
    const value = sum[who]! / shared;
    // Rounding may leave less than nothing where all shares are the same.
    const error = Math.sqrt(Math.max(0, squares[who]! - shared * value ** 2) / (shared * (shared - 1)));
    const [low, high] = intervalAround(value, error, shared);
    const ci95 = interval === 'full' ? ([Math.max(0, low), high] as const) : null;
    return { value, ci95, method: 'Percent agreement with each of the others; interval: Student’s t of a mean' };
  };
  return Array.from(labels, (count, who) => ({ labels: count, items: items[who]!, withOthers: estimate(who) }));
}
