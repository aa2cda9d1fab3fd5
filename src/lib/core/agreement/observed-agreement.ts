import { EQUALITY, type AgreementWeights } from './agreement-weights';
import type { ItemCounts } from './item-counts';

/**
 * How far the annotators of each item agree: the mean weight of its pairs of readings,
 *
 *     a_i = sum_k r_ik (sum_l w_kl r_il - 1) / (r_i (r_i - 1)),
 *
 * with r_ik of its r_i readings in category k. O(readings) for equality, else O(sum of the squared numbers of categories by item).
 *
 * @returns item -> 0 to 1; 0 for an item with fewer than two readings
 */
export function agreementByItem(counts: ItemCounts, weights: AgreementWeights): Float64Array {
  const { items, start, category, count, total } = counts;
  const agreement = new Float64Array(items);
  for (let item = 0; item < items; item++) {
    const readings = total[item]!;
    if (readings < 2) continue;
    let sum = 0;
    for (let at = start[item]!; at < start[item + 1]!; at++) {
      sum += count[at]! * (count[at]! - 1);
      if (weights === EQUALITY) continue;
      for (let other = start[item]!; other < at; other++) {
        sum += 2 * count[at]! * count[other]! * weights.of(category[at]!, category[other]!);
      }
    }
    agreement[item] = sum / (readings * (readings - 1));
  }
  return agreement;
}

/** Mean agreement of the items with two readings or more. */
export function meanAgreement({ pairable }: ItemCounts, agreement: Float64Array): number {
  let sum = 0;
  for (let item = 0; item < agreement.length; item++) sum += agreement[item]!;
  return sum / pairable;
}

/**
 * How often each category is chosen: the mean, over the items with a reading, of its share in an item's readings.
 *
 * @returns category -> probability; they sum to 1
 */
export function shareByCategory({ items, categories, start, category, count, total, rated }: ItemCounts): Float64Array {
  const share = new Float64Array(categories);
  for (let item = 0; item < items; item++) {
    for (let at = start[item]!; at < start[item + 1]!; at++) share[category[at]!]! += count[at]! / total[item]!;
  }
  return share.map((sum) => sum / rated);
}

/**
 * The mean of a figure of categories over an item's readings.
 *
 * @returns item -> mean; 0 for an item without readings
 */
export function meanByItem({ items, start, category, count, total }: ItemCounts, of: Float64Array): Float64Array {
  const mean = new Float64Array(items);
  for (let item = 0; item < items; item++) {
    let sum = 0;
    for (let at = start[item]!; at < start[item + 1]!; at++) sum += count[at]! * of[category[at]!]!;
    if (sum !== 0) mean[item] = sum / total[item]!;
  }
  return mean;
}
