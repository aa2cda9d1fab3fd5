import type { Ratings } from '../agreement/ratings';
import { Random } from '../random';
import { err, ok } from '../result';
import { Odds } from './odds';
import { columnsOf, type Columns } from './reading-columns';
import { isConverged, nothingRead, settled } from './settled';
import type { TruthModel } from './truth-model';

const STARTS = 10;
/** Iterations after which only the best of the starts goes on. */
const TRIAL = 10;
/** A start takes the place of a former one if its log likelihood is better by more than this, relative to its size. */
const CLEARLY = 1e-4;
/** Split among the categories and added to every count, as Hovy et al. do: no answer is impossible. */
const LEAST_SMOOTHING = 0.01;

/**
 * MACE, multi-annotator competence estimation (Hovy, Berg-Kirkpatrick, Vaswani and Hovy 2013): for each item an annotator either
 * knows, and says what is true, or spams, and says what they are wont to say.
 *
 *     p(k | c, j) = t_j [k = c] + (1 - t_j) x_j(k)          t_j: competence; x_j: what j says when spamming; every c is as likely
 *
 *     knowing_r = p(k | i) t_j / (t_j + (1 - t_j) x_j(k))      E, for a reading r of item i as k by j
 *     t_j       = sum of knowing_r / j's readings              M
 *     x_j(k)    = sum of 1 - knowing_r over j's readings as k / the same over all of j's readings
 *
 * EM finds a local optimum only: ten starts take ten iterations each, and the one with the largest log likelihood goes on. The first
 * treats all annotators and categories alike, so that ties stay ties; the others are drawn from the seed. `smoothing` is added to every count of both M equations, and 0.01 / K with it. An annotator's skill is t_j.
 * O(iterations x readings) time, O(readings) memory, however many categories there are.
 */
export const mace: TruthModel = {
  id: 'mace',
  name: 'MACE',
  explanation: 'Everybody either knows, or says what they usually say: for those who click through without looking.',
  run(ratings, { tolerance, maxIterations, smoothing, seed }) {
    const nothing = nothingRead(ratings);
    if (nothing) return err(nothing);
    const columns = columnsOf(ratings);
    const added = smoothing + LEAST_SMOOTHING / ratings.categories;
    const random = new Random(seed);
    const trials = Math.min(TRIAL, maxIterations);
    let model: Competences | null = null;
    for (let start = 0; start < STARTS; start++) {
      const started = new Competences(ratings, columns, added, () => (start === 0 ? 0.5 : random.unit()));
      for (let trial = 0; trial < trials && !started.isConverged(tolerance); trial++) started.iterate();
      const isBetter = started.logLikelihood > (1 - CLEARLY) * (model?.logLikelihood ?? -Infinity);
      if (model === null || isBetter) model = started;
    }
    const best = model!;
    while (best.iterations < maxIterations && !best.isConverged(tolerance)) best.iterate();
    const { iterations, logLikelihood, odds } = best;
    return ok(
      settled(ratings, {
        ...{ method: 'mace', iterations, converged: best.isConverged(tolerance), logLikelihood },
        ...{ classPriors: odds.priors, skill: best.competence(), confusion: () => null },
        fill: (item, into) => odds.fill(item, into),
      }),
    );
  },
};

class Competences {
  readonly odds: Odds;
  logLikelihood = -Infinity;
  iterations = 0;
  #before = -Infinity;
  readonly #ratings: Ratings;
  readonly #columns: Columns;
  readonly #added: number;
  /** Annotator -> probability to know. */
  readonly #knowing: Float64Array;
  /** Column -> probability to say this when spamming. */
  readonly #habit: Float64Array;

  constructor(ratings: Ratings, columns: Columns, added: number, unit: () => number) {
    this.#ratings = ratings;
    this.#columns = columns;
    this.#added = added;
    this.odds = new Odds(ratings);
    this.odds.priors.fill(1 / ratings.categories);
    // As in crowd-kit: two, or as many numbers as there are categories, between 1 and 2.5, and their shares.
    const drawn = () => 1 + 1.5 * unit();
    this.#knowing = new Float64Array(ratings.annotators).map(() => {
      const [knows, spams] = [drawn(), drawn()];
      return knows / (knows + spams);
    });
    this.#habit = new Float64Array(columns.annotator.length).map(() => drawn() / (1.75 * ratings.categories));
    this.#expect();
  }

  isConverged(tolerance: number): boolean {
    return this.iterations > 0 && isConverged(this.logLikelihood, this.#before, tolerance);
  }

  iterate(): void {
    this.iterations++;
    this.#maximise();
    this.#expect();
  }

  /** Annotator -> competence; NaN without readings. */
  competence(): Float64Array {
    const { start } = this.#columns;
    return this.#knowing.map((knows, who) => (start[who] === start[who + 1] ? NaN : knows));
  }

  #maximise(): void {
    const { annotators, categories, annotator } = this.#ratings;
    const { share, candidates } = this.odds;
    const { of, start } = this.#columns;
    const [knowing, habit] = [this.#knowing, this.#habit];
    const certain = this.#shareKnown();
    const known = new Float64Array(annotators);
    const spammed = new Float64Array(habit.length);
    for (let reading = 0; reading < annotator.length; reading++) {
      const column = of[reading]!;
      const knows = share[candidates.of[reading]!]! * certain[column]!;
      known[annotator[reading]!]! += knows;
      spammed[column]! += 1 - knows;
    }
    for (let who = 0; who < annotators; who++) {
      let spam = 0;
      for (let column = start[who]!; column < start[who + 1]!; column++) spam += spammed[column]!;
      knowing[who] = (known[who]! + this.#added) / (known[who]! + spam + 2 * this.#added);
      for (let column = start[who]!; column < start[who + 1]!; column++)
        habit[column] = (spammed[column]! + this.#added) / (spam + categories * this.#added);
    }
  }

  #expect(): void {
    const { annotator } = this.#columns;
    const base = this.#habit.map((says, column) => Math.log((1 - this.#knowing[annotator[column]!]!) * says));
    const ratio = base.map((spam, column) => Math.log(this.#knowing[annotator[column]!]! + Math.exp(spam)) - spam);
    for (const [reading, column] of this.#columns.of.entries()) {
      this.odds.base[reading] = base[column]!;
      this.odds.ratio[reading] = ratio[column]!;
    }
    this.#before = this.logLikelihood;
    this.logLikelihood = this.odds.expect();
  }

  /** Column -> probability that what was said was known, if it is true. */
  #shareKnown(): Float64Array {
    const { annotator } = this.#columns;
    return this.#habit.map((says, column) => {
      const knows = this.#knowing[annotator[column]!]!;
      return knows / (knows + (1 - knows) * says);
    });
  }
}
