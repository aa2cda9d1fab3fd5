import type { Ratings } from '../agreement/ratings';
import { err, ok } from '../result';
import { Odds } from './odds';
import { isConverged, nothingRead, settled } from './settled';
import type { TruthModel } from './truth-model';

/** Of abilities and of log easiness: normal, as Whitehill et al. have them. */
const PRIOR_MEAN = 1;
/** Rounds of steps within one M step. */
const ROUNDS = 3;
/** No step is longer, so that none lands where the curvature means nothing. */
const LONGEST_STEP = 1;
/** Shorter ones change nothing that a double can tell from rounding. */
const SHORTEST_STEP = 1e-9;
/** e^20 is far beyond what any data say. */
const FARTHEST = 20;

/**
 * GLAD (Whitehill, Ruvolo, Wu, Bergsma and Movellan 2009): items differ in how easy they are, and annotators in ability.
 *
 *     p(k = c | c, i, j) = sigma(a_j b_i), else (1 - that) / (K - 1)          a_j: ability; b_i = exp(d_i) > 0: easiness
 *
 * a_j and d_i have normal priors of mean 1 and variance 1; every category is as likely. The E step gives p(c | i). The M step maximises
 *
 *     Q = sum over readings of (t log sigma + (1 - t) log((1 - sigma) / (K - 1))) - sum (a_j - 1)^2 / 2 - sum (d_i - 1)^2 / 2
 *
 * where t = p(k | i), in turns over all abilities and all items: each is a problem in one number, and takes a step of Fisher's scoring,
 * halved until Q does not fall, so that no gradient of everything at once has to be followed (the paper uses conjugate gradients; the
 * optimum is the same). An annotator's skill is sigma(a_j), the probability to be right about an item of d_i = 0.
 * O(iterations x readings) time and O(readings) memory.
 */
export const glad: TruthModel = {
  id: 'glad',
  name: 'GLAD',
  explanation:
    'Items differ in how hard they are and people in how able, which is found out together with what is right.',
  run(ratings, { tolerance, maxIterations }) {
    const nothing = nothingRead(ratings);
    if (nothing) return err(nothing);
    const model = new Abilities(ratings);
    let posterior = -Infinity;
    let logLikelihood = model.expect();
    let iterations = 0;
    let converged = false;
    while (!converged && iterations < maxIterations) {
      iterations++;
      const before = posterior;
      model.maximise();
      logLikelihood = model.expect();
      posterior = logLikelihood + model.logPrior();
      converged = isConverged(posterior, before, tolerance);
    }
    return ok(
      settled(ratings, {
        ...{ method: 'glad', iterations, converged, logLikelihood },
        ...{ classPriors: model.odds.priors, skill: model.skill(), confusion: () => null },
        fill: (item, into) => model.odds.fill(item, into),
      }),
    );
  },
};

/** Readings of one annotator, or of one item: `at` lists them from `start[i]` to before `start[i + 1]`. */
interface Group {
  readonly start: Uint32Array;
  readonly at: Uint32Array;
}

class Abilities {
  readonly odds: Odds;
  readonly #ratings: Ratings;
  readonly #itemOf: Uint32Array;
  readonly #byAnnotator: Group;
  readonly #byItem: Group;
  readonly #ability: Float64Array;
  readonly #logEasiness: Float64Array;

  constructor(ratings: Ratings) {
    const { items, annotators, categories, start, annotator } = ratings;
    this.#ratings = ratings;
    this.odds = new Odds(ratings);
    this.odds.priors.fill(1 / categories);
    this.#ability = new Float64Array(annotators).fill(PRIOR_MEAN);
    this.#logEasiness = new Float64Array(items).fill(PRIOR_MEAN);
    this.#itemOf = new Uint32Array(annotator.length);
    for (let item = 0; item < items; item++) this.#itemOf.fill(item, start[item], start[item + 1]);
    this.#byItem = { start, at: annotator.map((_, reading) => reading) };
    this.#byAnnotator = grouped(annotator, annotators);
  }

  expect(): number {
    const { categories, annotator } = this.#ratings;
    if (categories > 1) {
      const others = Math.log(categories - 1);
      for (let reading = 0; reading < annotator.length; reading++) {
        const logit = this.#ability[annotator[reading]!]! * Math.exp(this.#logEasiness[this.#itemOf[reading]!]!);
        this.odds.ratio[reading] = logit + others;
        this.odds.base[reading] = -softplus(logit) - others;
      }
    }
    return this.odds.expect();
  }

  maximise(): void {
    const { annotator } = this.#ratings;
    const [ability, logEasiness, itemOf] = [this.#ability, this.#logEasiness, this.#itemOf];
    const { share, candidates } = this.odds;
    const right = Float64Array.from(candidates.of, (candidate) => share[candidate]!);
    const factor = new Float64Array(annotator.length);
    for (let round = 0; round < ROUNDS; round++) {
      for (let reading = 0; reading < factor.length; reading++)
        factor[reading] = Math.exp(logEasiness[itemOf[reading]!]!);
      climb(ability, { readings: this.#byAnnotator, right, factor, link: (value) => value, slope: () => 1 });
      for (let reading = 0; reading < factor.length; reading++) factor[reading] = ability[annotator[reading]!]!;
      climb(logEasiness, { readings: this.#byItem, right, factor, link: Math.exp, slope: Math.exp });
    }
  }

  logPrior(): number {
    let sum = 0;
    for (const values of [this.#ability, this.#logEasiness])
      for (const value of values) sum -= (value - PRIOR_MEAN) ** 2 / 2;
    return sum;
  }

  /** NaN without readings. */
  skill(): Float64Array {
    const { start } = this.#byAnnotator;
    return this.#ability.map((ability, who) => (start[who] === start[who + 1] ? NaN : sigmoid(ability)));
  }
}

/** How the logit of a reading depends on the value that is sought: `factor[reading] * link(value)`. */
interface Climb {
  readonly readings: Group;
  /** Reading -> probability that it is right. */
  readonly right: Float64Array;
  readonly factor: Float64Array;
  readonly link: (value: number) => number;
  /** Derivative of the link. */
  readonly slope: (value: number) => number;
}

/** Takes each value a step closer to the maximum of what of Q depends on it. */
function climb(values: Float64Array, { readings: { start, at }, right, factor, link, slope }: Climb): void {
  const gain = (index: number, value: number): number => {
    const linked = link(value);
    let sum = -((value - PRIOR_MEAN) ** 2) / 2;
    for (let place = start[index]!; place < start[index + 1]!; place++) {
      const logit = factor[at[place]!]! * linked;
      // t log sigma + (1 - t) log(1 - sigma) = t logit - softplus(logit)
      sum += right[at[place]!]! * logit - softplus(logit);
    }
    return sum;
  };
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    const [linked, sloped] = [link(value), slope(value)];
    let gradient = PRIOR_MEAN - value;
    let curvature = 1;
    for (let place = start[index]!; place < start[index + 1]!; place++) {
      const reading = at[place]!;
      const probability = sigmoid(factor[reading]! * linked);
      const change = factor[reading]! * sloped;
      gradient += (right[reading]! - probability) * change;
      curvature += probability * (1 - probability) * change * change;
    }
    const known = gain(index, value);
    let step = Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, gradient / curvature));
    while (Math.abs(step) > SHORTEST_STEP && gain(index, value + step) < known) step /= 2;
    if (Math.abs(step) > SHORTEST_STEP) values[index] = Math.max(-FARTHEST, Math.min(FARTHEST, value + step));
  }
}

function grouped(by: Uint32Array, groups: number): Group {
  const start = new Uint32Array(groups + 1);
  for (const group of by) start[group + 1]!++;
  for (let group = 0; group < groups; group++) start[group + 1]! += start[group]!;
  const next = start.slice();
  const at = new Uint32Array(by.length);
  for (const [reading, group] of by.entries()) at[next[group]!++] = reading;
  return { start, at };
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** log(1 + e^x), without overflow. */
const softplus = (x: number): number => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
