import type { Ratings } from '../agreement/ratings';
import { err, ok } from '../result';
import { Odds } from './odds';
import { isConverged, nothingRead, settled } from './settled';
import type { TruthModel } from './truth-model';

/** Nobody is taken to be always right or always wrong, or two of them could contradict each other. */
const LEAST = 1e-10;

/**
 * One-coin Dawid-Skene: each annotator is right with one probability, whatever is true, and otherwise says any other category
 * alike (Zhang, Chen, Zhou and Jordan 2014; as in crowd-kit).
 *
 *     p(c | i)  ~  p_c * prod over readings (j, k) of i of (k = c ? s_j : (1 - s_j) / (K - 1))     E
 *     p_c       =  mean over items of p(c | i)                                             M
 *     s_j       =  mean of p(k | i) over the readings (i, k) of annotator j
 *
 * It begins with the shares of the votes. `smoothing` is added to every count of the confusion matrix that this amounts to, and of
 * the priors. O(iterations x readings) time, O(readings) memory, however many categories there are.
 */
export const oneCoin: TruthModel = {
  id: 'one-coin',
  name: 'One-coin Dawid-Skene',
  explanation: 'Everybody has one skill for all classes, which is found out together with what is right.',
  run(ratings, { tolerance, maxIterations, smoothing }) {
    const nothing = nothingRead(ratings);
    if (nothing) return err(nothing);
    const odds = new Odds(ratings);
    let skill = new Float64Array(0);
    let logLikelihood = -Infinity;
    let iterations = 0;
    let converged = false;
    while (!converged && iterations < maxIterations) {
      iterations++;
      const before = logLikelihood;
      if (iterations > 1) odds.maximisePriors(smoothing);
      skill = skillsFrom(ratings, odds, smoothing);
      setOdds(ratings, odds, skill);
      logLikelihood = odds.expect();
      converged = isConverged(logLikelihood, before, tolerance);
    }
    return ok(
      settled(ratings, {
        ...{ method: 'one-coin', iterations, converged, logLikelihood },
        ...{ classPriors: odds.priors, skill, confusion: () => null },
        fill: (item, into) => odds.fill(item, into),
      }),
    );
  },
};

function skillsFrom({ annotators, categories, annotator }: Ratings, { share, candidates }: Odds, smoothing: number) {
  const right = new Float64Array(annotators).fill(smoothing);
  const read = new Float64Array(annotators).fill(smoothing * categories);
  for (const [reading, who] of annotator.entries()) {
    right[who]! += share[candidates.of[reading]!]!;
    read[who]!++;
  }
  return right.map((sum, who) => sum / read[who]!);
}

function setOdds({ categories, annotator }: Ratings, { ratio, base }: Odds, skill: Float64Array): void {
  // Of one category nobody can be wrong, and every reading is as good as certain.
  if (categories < 2) return;
  const wrong = skill.map((right) => Math.log((1 - within(right)) / (categories - 1)));
  const gain = skill.map((right, who) => Math.log(within(right)) - wrong[who]!);
  for (let reading = 0; reading < annotator.length; reading++) {
    ratio[reading] = gain[annotator[reading]!]!;
    base[reading] = wrong[annotator[reading]!]!;
  }
}

const within = (probability: number): number => Math.min(1 - LEAST, Math.max(LEAST, probability));
