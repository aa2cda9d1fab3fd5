import { EQUALITY } from './agreement-weights';
import { cannotSay } from './cannot-say';
import { chanceCorrected } from './chance-corrected';
import type { Coefficient } from './coefficient';
import { undefinedFor } from './estimate';

/**
 * Percent agreement: the share of the pairs of readings of one item that are the same, as the mean over the items with two readings
 * or more, 0 to 1. Nothing is taken off for chance, so that it flatters where one class is common.
 *
 *     a = mean over items of sum_k r_ik (r_ik - 1) / (r_i (r_i - 1))
 *
 * O(readings).
 *
 * K. L. Gwet, Handbook of Inter-Rater Reliability, 4th edition (2014), chapters 2 and 5.
 *
 * @example (x x y) and (y y y): a = (1/3 + 1) / 2 = 2/3.
 */
export const percentAgreement: Coefficient = {
  id: 'percent-agreement',
  name: 'Percent agreement',
  explanation: 'How often two people say the same of an item; chance is not taken off.',
  scale: 'nominal',
  run(data, options) {
    const reason = cannotSay(data);
    if (reason !== null) return undefinedFor(reason);
    const nothing = { expected: 0, byItem: () => new Float64Array(data.counts.items) };
    const estimate = chanceCorrected(percentAgreement.name, data, EQUALITY, nothing, options);
    if (estimate.value === null || estimate.ci95 === null) return estimate;
    const [low, high] = estimate.ci95;
    return { ...estimate, ci95: [Math.max(0, low), high] };
  },
};
