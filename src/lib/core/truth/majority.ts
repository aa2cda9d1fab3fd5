import { err, ok } from '../result';
import { candidatesOf } from './candidates';
import { nothingRead, settled } from './settled';
import type { TruthModel } from './truth-model';
import { fillShares, shareRight, weightedVotes } from './weighted-votes';

/**
 * Majority vote: an item is what most readings say.
 *
 *     p(c | i) = n_ic / n_i          n_ic: readings of item i as c; n_i: all readings of item i
 *
 * The prior of a category is its mean probability; an annotator's skill is the share of their readings that are as the labels say.
 * O(readings + items x categories).
 *
 * @example a, a, b -> a with 2/3
 */
export const majority: TruthModel = {
  id: 'majority',
  name: 'Majority vote',
  explanation: 'Everybody counts the same: an item is what most people say.',
  run(ratings) {
    const nothing = nothingRead(ratings);
    if (nothing) return err(nothing);
    const candidates = candidatesOf(ratings);
    const { share, priors, label } = weightedVotes(ratings, candidates, null);
    return ok(
      settled(ratings, {
        ...{ method: 'majority', iterations: 0, converged: true, logLikelihood: null },
        classPriors: priors,
        skill: shareRight(ratings, label),
        confusion: () => null,
        fill: (item, into) => fillShares(candidates, share, item, into),
      }),
    );
  },
};
