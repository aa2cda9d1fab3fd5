import type { AgreementWeights } from './agreement-weights';

/** The mean weight of two categories that are drawn from all alike: the sum of all weights over their number squared. */
export const weightsAtRandom = (categories: number, weights: AgreementWeights): number =>
  weights.against(new Float64Array(categories).fill(1 / categories)).reduce((sum, mean) => sum + mean / categories, 0);
