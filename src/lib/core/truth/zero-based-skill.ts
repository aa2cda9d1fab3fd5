import { err, ok } from '../result';
import { candidatesOf } from './candidates';
import { nothingRead, settled } from './settled';
import type { TruthModel } from './truth-model';
import { fillShares, shareRight, weightedVotes } from './weighted-votes';

/** Above guessing, so that votes count from the beginning. */
const HEAD_START = 1e-5;
/** Steps become half as long each time so many were taken. */
const STEPS_OF_A_LENGTH = 20;

/**
 * Zero-based skill (as in crowd-kit): weighted votes and skills in turns, where skills follow the share of being right by gradient
 * descent on the squared error between the two.
 *
 *     s_j <- s_j + rate (a_j - s_j)          a_j: share of j's readings that are as the weighted vote says; at first s_j = 1 / categories
 *
 * The rate is 1, and half of it after every 20 steps. It has converged when no skill changes by more than the tolerance.
 * O(iterations x readings).
 */
export const zeroBasedSkill: TruthModel = {
  id: 'zero-based-skill',
  name: 'Zero-based skill',
  explanation: 'Votes count as much as people are right, which is found out together with what is right.',
  run(ratings, { tolerance, maxIterations }) {
    const nothing = nothingRead(ratings);
    if (nothing) return err(nothing);
    const candidates = candidatesOf(ratings);
    let skill = new Float64Array(ratings.annotators).fill(1 / ratings.categories + HEAD_START);
    let rate = 1;
    let iterations = 0;
    let converged = false;
    while (!converged && iterations < maxIterations) {
      iterations++;
      if (iterations % STEPS_OF_A_LENGTH === 0) rate /= 2;
      const right = shareRight(ratings, weightedVotes(ratings, candidates, skill).label);
      const next = skill.map((known, who) => known + rate * (right[who]! - known));
      converged = next.every((value, who) => !(Math.abs(value - skill[who]!) > tolerance));
      skill = next;
    }
    const { share, priors } = weightedVotes(ratings, candidates, skill);
    return ok(
      settled(ratings, {
        ...{ method: 'zero-based-skill', iterations, converged, logLikelihood: null },
        ...{ classPriors: priors, skill, confusion: () => null },
        fill: (item, into) => fillShares(candidates, share, item, into),
      }),
    );
  },
};
