import type { AgreementData } from './agreement-data';
import { EQUALITY, linearWeights, quadraticWeights, type AgreementWeights } from './agreement-weights';
import { cannotSayBeyondChance } from './cannot-say';
import { chanceCorrected } from './chance-corrected';
import type { Coefficient, EstimateOptions } from './coefficient';
import { undefinedFor, type Estimate } from './estimate';
import { weightsAtRandom } from './weights-at-random';

/**
 * Brennan and Prediger's coefficient: agreement beyond that of people who roll a fair die.
 *
 *     (a - e) / (1 - e),   e = T / q^2,
 *
 * with q categories that could be chosen and T the sum of all q^2 weights, so that e = 1 / q without weights. O(readings).
 *
 * R. L. Brennan and D. J. Prediger, “Coefficient kappa: some uses, misuses, and alternatives”, Educational and Psychological
 * Measurement 41 (1981) 687-699; with weights and missing readings: K. L. Gwet, Handbook of Inter-Rater Reliability, 4th edition
 * (2014).
 *
 * @example (x x y) and (y y y) of two categories: a = 2/3, e = 1/2; the coefficient is 1/3.
 */
export const brennanPrediger: Coefficient = {
  id: 'brennan-prediger',
  name: 'Brennan-Prediger',
  explanation: 'Agreement beyond chance, where chance means that every class is equally likely.',
  scale: 'nominal',
  run: (data, options) => run(data, EQUALITY, options),
};

export const brennanPredigerLinear: Coefficient = {
  id: 'brennan-prediger-linear',
  name: 'Brennan-Prediger, linear',
  explanation: 'As Brennan-Prediger, with credit for classes that are near.',
  scale: 'ordinal',
  run: (data, options) => weighted(data, linearWeights, options),
};

export const brennanPredigerQuadratic: Coefficient = {
  id: 'brennan-prediger-quadratic',
  name: 'Brennan-Prediger, quadratic',
  explanation: 'As Brennan-Prediger, with nearly all of the credit for a neighbouring class.',
  scale: 'ordinal',
  run: (data, options) => weighted(data, quadraticWeights, options),
};

function weighted(
  data: AgreementData,
  weights: (places: Float64Array) => AgreementWeights,
  options: EstimateOptions,
): Estimate {
  const { places } = data.scale;
  return places.isKnown ? run(data, weights(places.of), options) : undefinedFor(places.reason);
}

function run(data: AgreementData, weights: AgreementWeights, options: EstimateOptions): Estimate {
  const reason = cannotSayBeyondChance(data);
  if (reason !== null) return undefinedFor(reason);
  const expected = weightsAtRandom(data.counts.categories, weights);
  const byItem = () => new Float64Array(data.counts.items).fill(expected);
  return chanceCorrected('Brennan-Prediger', data, weights, { expected, byItem }, options);
}
