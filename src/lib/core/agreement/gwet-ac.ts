import type { AgreementData } from './agreement-data';
import { EQUALITY, linearWeights, quadraticWeights, type AgreementWeights } from './agreement-weights';
import { cannotSayBeyondChance } from './cannot-say';
import { chanceCorrected } from './chance-corrected';
import type { Coefficient, EstimateOptions } from './coefficient';
import { undefinedFor, type Estimate } from './estimate';
import { meanByItem, shareByCategory } from './observed-agreement';
import { weightsAtRandom } from './weights-at-random';

/**
 * Gwet's AC1, and AC2 with weights for categories that have an order: agreement beyond chance, where chance is only at work in the
 * items that are hard. It stays high where one class is common and people agree, where kappa collapses.
 *
 *     AC = (a - e) / (1 - e),   e = T / (q (q - 1)) sum_k p_k (1 - p_k),
 *
 * with q categories that could be chosen, T the sum of all q^2 weights (q for AC1), and p_k as in Fleiss' kappa. O(readings +
 * categories), for AC2 more by what weighing takes.
 *
 * K. L. Gwet, “Computing inter-rater reliability and its variance in the presence of high agreement”, British Journal of
 * Mathematical and Statistical Psychology 61 (2008) 29-48; Handbook of Inter-Rater Reliability, 4th edition (2014).
 *
 * @example two annotators, 100 items, [[80, 7], [8, 5]]: a = 0.85, p = (0.875, 0.125), e = 0.21875; AC1 = 0.808.
 */
export const gwetAC1: Coefficient = {
  id: 'gwet-ac1',
  name: 'Gwet’s AC1',
  explanation: 'Agreement beyond chance that stays meaningful where one class is far more common than the others.',
  scale: 'nominal',
  run: (data, options) => ac('Gwet’s AC1', data, EQUALITY, options),
};

export const gwetAC2Linear: Coefficient = {
  id: 'gwet-ac2-linear',
  name: 'Gwet’s AC2, linear',
  explanation: 'As AC1, with half of the credit for a class that is half as far away as can be.',
  scale: 'ordinal',
  run: (data, options) => weighted(data, linearWeights, options),
};

export const gwetAC2Quadratic: Coefficient = {
  id: 'gwet-ac2-quadratic',
  name: 'Gwet’s AC2, quadratic',
  explanation: 'As AC1, with nearly all of the credit for a neighbouring class, and little for one far away.',
  scale: 'ordinal',
  run: (data, options) => weighted(data, quadraticWeights, options),
};

function weighted(
  data: AgreementData,
  weights: (places: Float64Array) => AgreementWeights,
  options: EstimateOptions,
): Estimate {
  const { places } = data.scale;
  return places.isKnown ? ac('Gwet’s AC2', data, weights(places.of), options) : undefinedFor(places.reason);
}

function ac(name: string, data: AgreementData, weights: AgreementWeights, options: EstimateOptions): Estimate {
  const reason = cannotSayBeyondChance(data);
  if (reason !== null) return undefinedFor(reason);
  const { counts } = data;
  const q = counts.categories;
  const scale = (weightsAtRandom(q, weights) * q) / (q - 1);
  const share = shareByCategory(counts);
  const expected = share.reduce((sum, one) => sum + scale * one * (1 - one), 0);
  const byItem = () =>
    meanByItem(
      counts,
      share.map((one) => scale * (1 - one)),
    );
  return chanceCorrected(name, data, weights, { expected, byItem }, options);
}
