import type { AgreementData } from './agreement-data';
import type { Coefficient, EstimateOptions } from './coefficient';
import { undefinedFor, type Estimate } from './estimate';
import type { PairCoefficient } from './pair-estimate';
import { pairMeans } from './pair-means';

/**
 * Cohen's weighted kappa, for categories that have an order: a disagreement counts by how far it is, or by the square of that.
 *
 *     kappa_w = 1 - D_o / D_e,
 *
 * with D_o the mean distance of what two annotators said of an item, and D_e that of what each says anywhere: |x - y| for linear
 * weights (Cicchetti and Allison 1971), (x - y)^2 for quadratic ones (Fleiss and Cohen 1973). Of more than two annotators, the mean
 * over their pairs. O(pairs of readings). Interval of a pair: Fleiss, Cohen and Everitt 1969.
 *
 * J. Cohen, “Weighted kappa: nominal scale agreement with provision for scaled disagreement or partial credit”, Psychological
 * Bulletin 70 (1968) 213-220.
 *
 * @example [[13, 0, 0], [0, 20, 7], [0, 4, 56]]: linear 0.8429, quadratic 0.8922.
 */
export const linearKappa: Coefficient = {
  id: 'weighted-kappa-linear',
  name: 'Weighted kappa, linear',
  explanation: 'As Cohen’s kappa, where a class two steps away is twice as wrong as one a step away.',
  scale: 'ordinal',
  run: (data, options) => weighted(data, LINEAR, options),
};

export const quadraticKappa: Coefficient = {
  id: 'weighted-kappa-quadratic',
  name: 'Weighted kappa, quadratic',
  explanation: 'As Cohen’s kappa, where a class two steps away is four times as wrong as one a step away.',
  scale: 'ordinal',
  run: (data, options) => weighted(data, QUADRATIC, options),
};

export const LINEAR: PairCoefficient = { name: 'Weighted kappa, linear', distance: 'linear', habits: 'own' };
export const QUADRATIC: PairCoefficient = { name: 'Weighted kappa, quadratic', distance: 'quadratic', habits: 'own' };

function weighted(data: AgreementData, coefficient: PairCoefficient, options: EstimateOptions): Estimate {
  const { places } = data.scale;
  return places.isKnown ? pairMeans(data, [coefficient], options).all[0]! : undefinedFor(places.reason);
}
