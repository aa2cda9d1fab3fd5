import type { AgreementData } from './agreement-data';
import { cannotSay } from './cannot-say';
import { GWET, intervalAround } from './chance-corrected';
import type { EstimateOptions } from './coefficient';
import { undefinedFor, type Estimate } from './estimate';

/** How far annotators agree on one category against all others. */
interface CategoryAgreement {
  /** Labels in the category, and items that have one. */
  readonly labels: number;
  readonly items: number;
  /** Fleiss' kappa of this category or not. */
  readonly estimate: Estimate;
}

/**
 * Fleiss' kappa of every category, as if it and `another` were all there is: with d_i the share of the pairs of readings of item i
 * of which one is in the category and the other is not,
 *
 *     kappa_k = 1 - D_k / (2 p_k (1 - p_k)),   D_k = mean of d_i = 2 r_ik (r_i - r_ik) / (r_i (r_i - 1)),
 *
 * and the interval of Gwet (2014). Items without the category are alike, one kind of two readings or more and one of one, so that all
 * categories together take O(readings + categories).
 *
 * J. L. Fleiss, “Measuring nominal scale agreement among many raters”, Psychological Bulletin 76 (1971) 378-382.
 *
 * @example (x x y) and (y y y): of x p = 1/3, D = (2 * 2 / 6) / 2 = 1/3; kappa = 1 - (1/3) / (4/9) = 1/4.
 */
export function agreementByCategory(data: AgreementData, { interval }: EstimateOptions): CategoryAgreement[] {
  const { categories, items, start, category, count, total, rated, pairable } = data.counts;
  const reason = cannotSay(data);
  const labels = new Uint32Array(categories);
  const having = new Uint32Array(categories);
  /** Those of `having` with two readings or more. */
  const havingPairs = new Uint32Array(categories);
  const share = new Float64Array(categories);
  const disagreement = new Float64Array(categories);
  for (let item = 0; item < items; item++) {
    const readings = total[item]!;
    for (let at = start[item]!; at < start[item + 1]!; at++) {
      const one = category[at]!;
      labels[one]! += count[at]!;
      having[one]!++;
      share[one]! += count[at]! / readings / rated;
      if (readings < 2) continue;
      havingPairs[one]!++;
      disagreement[one]! += apart(count[at]!, readings) / pairable;
    }
  }
  const expected = share.map((p) => 2 * p * (1 - p));
  const value = disagreement.map((observed, one) => 1 - observed / expected[one]!);

  /** What an item contributes to kappa less kappa itself. */
  const deviation = (one: number, readings: number, chosen: number): number => {
    const p = share[one]!;
    const byChance = chosen * p + (1 - chosen) * (1 - p) - (1 - expected[one]!);
    const pairs = readings < 2 ? 0 : (rated / pairable) * (expected[one]! - apart(chosen * readings, readings));
    return (pairs - 2 * (1 - value[one]!) * byChance) / expected[one]! - value[one]!;
  };
  const squares = new Float64Array(categories);
  if (interval === 'full') {
    for (let item = 0; item < items; item++) {
      for (let at = start[item]!; at < start[item + 1]!; at++) {
        squares[category[at]!]! += deviation(category[at]!, total[item]!, count[at]! / total[item]!) ** 2;
      }
    }
    for (let one = 0; one < categories; one++) {
      squares[one]! += (pairable - havingPairs[one]!) * deviation(one, 2, 0) ** 2;
      squares[one]! += (rated - pairable - (having[one]! - havingPairs[one]!)) * deviation(one, 1, 0) ** 2;
    }
  }
  return Array.from(value, (kappa, one) => {
    const estimate = (): Estimate => {
      if (reason !== null) return undefinedFor(reason);
      if (labels[one] === 0) return undefinedFor('Nobody chose it.');
      if (labels[one] === data.ratings.category.length) return undefinedFor('Nobody ever chose another class.');
      const error = Math.sqrt(squares[one]! / (rated * (rated - 1)));
      const ci95 = interval === 'full' ? intervalAround(kappa, error, rated) : null;
      return { value: kappa, ci95, method: `Fleiss’ kappa of this class and all others; ${GWET}` };
    };
    return { labels: labels[one]!, items: having[one]!, estimate: estimate() };
  });
}

/** The share of the pairs of readings of which one is among `chosen`, and the other is not. */
const apart = (chosen: number, readings: number): number =>
  (2 * chosen * (readings - chosen)) / (readings * (readings - 1));
