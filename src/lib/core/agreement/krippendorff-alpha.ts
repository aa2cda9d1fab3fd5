import type { AgreementData } from './agreement-data';
import { EQUALITY, quadraticWeights, ratioWeights, type AgreementWeights } from './agreement-weights';
import { cannotSay } from './cannot-say';
import { GWET, intervalAround } from './chance-corrected';
import type { Coefficient, EstimateOptions } from './coefficient';
import { undefinedFor, type Estimate } from './estimate';
import { agreementByItem } from './observed-agreement';

/**
 * Krippendorff's alpha: how far any number of annotators disagree less than they would if all their labels were dealt out again at
 * random; for categories that are names, numbers on an interval scale, or on a ratio scale. Items with one label are left out.
 *
 *     alpha = 1 - D_o / D_e = (a - e) / (1 - e),
 *     a = (1 - 1/N) a' + 1/N,   a' = mean over items of a_i r_i / m,
 *     e = sum_kl w_kl p_k p_l,   p_k = N_k / N,
 *
 * with N labels in the items with two or more, N_k of them in category k, m the mean number of labels of such an item, a_i the
 * agreement of item i, and the weights w = 1 - d^2 of a distance d: 0 or 1 for names, x - y for an interval scale, (x - y) / (x + y)
 * for a ratio scale.
 *
 * The interval is that of Gwet (2014, chapter 5; and irrCAC): with alpha' = (a' - e) / (1 - e) and e_i the mean weight of the labels
 * of item i and any,
 *
 *     x_i = (a_i r_i / m - a' (r_i - m) / m - e) / (1 - e) - 2 (1 - alpha') (e_i r_i / m - e (r_i - m) / m - e) / (1 - e),
 *
 * whose variance over the n' items, divided by n', is that of alpha; Student's t with as many degrees of freedom as there are items
 * with a label, less one. O(readings); weighed, O(sum of the squared numbers of categories by item).
 *
 * K. Krippendorff, Content Analysis: An Introduction to Its Methodology, 4th edition (2019), chapter 12.
 * A. F. Hayes and K. Krippendorff, “Answering the call for a standard reliability measure for coding data”, Communication Methods
 * and Measures 1 (2007) 77-89.
 *
 * @example (x x y), (y y y) and a lone x, which is left out: N = 6, D_o = (2 * 2 / 2) / 6 = 1/3, D_e = 2 * 2 * 4 / (6 * 5) = 8/15;
 *   alpha = 1 - 5/8 = 0.375.
 */
export const nominalAlpha: Coefficient = {
  id: 'krippendorff-alpha-nominal',
  name: 'Krippendorff’s alpha, nominal',
  explanation:
    'How much less people disagree than if their labels were dealt out at random; also where many are missing.',
  scale: 'nominal',
  run: (data, options) => alpha('nominal', data, EQUALITY, options),
};

export const intervalAlpha: Coefficient = {
  id: 'krippendorff-alpha-interval',
  name: 'Krippendorff’s alpha, interval',
  explanation: 'The same for numbers, where a disagreement counts by the square of its difference.',
  scale: 'interval',
  run(data, options) {
    const { numbers } = data.scale;
    return numbers.isKnown
      ? alpha('interval', data, quadraticWeights(numbers.of), options)
      : undefinedFor(numbers.reason);
  },
};

export const ratioAlpha: Coefficient = {
  id: 'krippendorff-alpha-ratio',
  name: 'Krippendorff’s alpha, ratio',
  explanation: 'The same for amounts from 0 on, where 1 and 2 are as far apart as 10 and 20.',
  scale: 'ratio',
  run(data, options) {
    const { numbers } = data.scale;
    if (!numbers.isKnown) return undefinedFor(numbers.reason);
    const below = numbers.of.find((number) => number < 0);
    if (below !== undefined) return undefinedFor(`${below} is below 0, and a ratio scale begins there.`);
    return alpha('ratio', data, ratioWeights(numbers.of), options);
  },
};

/** Why alpha cannot be told; null where it can. */
export const cannotSayAlpha = (data: AgreementData): string | null =>
  cannotSay(data) ??
  (data.counts.usedTogether === 1
    ? 'Where two people labelled the same item, only one class was ever chosen, so that agreement cannot be told from chance.'
    : null);

function alpha(
  metric: string,
  data: AgreementData,
  weights: AgreementWeights,
  { interval }: EstimateOptions,
): Estimate {
  const reason = cannotSayAlpha(data);
  if (reason !== null) return undefinedFor(reason);
  const { items, start, category, count, total, pairable, rated } = data.counts;
  const agreement = agreementByItem(data.counts, weights);
  const share = new Float64Array(data.counts.categories);
  let labels = 0;
  let agreed = 0;
  for (let item = 0; item < items; item++) {
    if (total[item]! < 2) continue;
    labels += total[item]!;
    agreed += agreement[item]! * total[item]!;
    for (let at = start[item]!; at < start[item + 1]!; at++) share[category[at]!]! += count[at]!;
  }
  for (let one = 0; one < share.length; one++) share[one]! /= labels;
  const against = weights.against(share);
  const expected = share.reduce((sum, one, at) => sum + one * against[at]!, 0);
  const beyond = 1 - expected;
  const observed = agreed / labels;
  const value = (observed + (1 - observed) / labels - expected) / beyond;
  const method = `Krippendorff’s alpha, ${metric}; ${GWET}`;
  if (interval === 'none') return { value, ci95: null, method };

  const mean = labels / pairable;
  const uncorrected = (observed - expected) / beyond;
  let squares = 0;
  for (let item = 0; item < items; item++) {
    const readings = total[item]!;
    if (readings < 2) continue;
    const more = (readings - mean) / mean;
    let byChance = -expected * more;
    for (let at = start[item]!; at < start[item + 1]!; at++) byChance += (count[at]! * against[category[at]!]!) / mean;
    const agreed = (agreement[item]! * readings) / mean - observed * more;
    squares += ((agreed - expected - 2 * (1 - uncorrected) * (byChance - expected)) / beyond - uncorrected) ** 2;
  }
  return { value, ci95: intervalAround(value, Math.sqrt(squares / (pairable * (pairable - 1))), rated), method };
}
