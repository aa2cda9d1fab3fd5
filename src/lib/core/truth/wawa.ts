import { err, ok } from '../result';
import { candidatesOf } from './candidates';
import { nothingRead, settled } from './settled';
import type { TruthModel } from './truth-model';
import { fillShares, shareRight, weightedVotes } from './weighted-votes';

/**
 * Worker agreement with aggregate (Wawa; Appen 2021, as in crowd-kit): a majority vote in which each annotator's vote counts as much
 * as they agree with the majority.
 *
 *     s_j      = share of annotator j's readings that are as the majority says
 *     p(c | i) = sum of s_j over readings of i as c / sum of s_j over all readings of i
 *
 * O(readings + items x categories).
 *
 * @example skills 1, 0.5, 0.25 that say a, b, b -> a with 1 / 1.75
 */
export const wawa: TruthModel = {
  id: 'wawa',
  name: 'Wawa',
  explanation: 'Votes count as much as people agree with the majority overall.',
  run(ratings) {
    const nothing = nothingRead(ratings);
    if (nothing) return err(nothing);
    const candidates = candidatesOf(ratings);
    const skill = shareRight(ratings, weightedVotes(ratings, candidates, null).label);
    const { share, priors } = weightedVotes(ratings, candidates, skill);
    return ok(
      settled(ratings, {
        ...{ method: 'wawa', iterations: 1, converged: true, logLikelihood: null },
        ...{ classPriors: priors, skill, confusion: () => null },
        fill: (item, into) => fillShares(candidates, share, item, into),
      }),
    );
  },
};
