import type { Ratings } from '../agreement/ratings';
import { majority } from '../truth/majority';
import type { Truth } from '../truth/truth-model';

/** An annotator's whole confusion matrix is looked at up to so many classes; above, only how often they are right. */
const MOST_CLASSES = 300;
/** Of an answer that a model holds impossible: it may still be wrong about it. */
const LEAST_RATE = 1e-6;
/** Others who must have answered: what one other says is no consensus. */
const LEAST_OTHERS = 2;

/** What the others make of an item, for each reading. */
export interface LeftOut {
  /** Reading -> the category that the others' readings hold likeliest; -1 where fewer than two others read the item, or they are at odds. */
  readonly category: Int32Array;
  /** Writes the probability of every category by the others' readings of an item that two others or more read. */
  fill(reading: number, into: Float64Array): void;
}

/**
 * For each reading, what the consensus of its item would be without that annotator: nobody is compared with a consensus that they
 * made themselves.
 *
 * The model's priors and error rates stay as they were fitted; one annotator of several moves them little, while their own vote would
 * count fully. With error rates e_j, what the others say is
 *
 *     p(c)  ~  p_c * product over the other readings (j, k) of e_j(k | c)
 *
 * and, of a model without error rates, the share of the others' weights for c: their skill, or 1. Only categories that one of the others
 * named are looked at. O(readings of an item^2) for each item.
 *
 * @example of three equal annotators who say a, a, b: by the others' shares, a is even between a and b, and b is a
 */
export function leaveOneOut(ratings: Ratings, truth: Truth): LeftOut {
  const { category, items, start } = ratings;
  const others = new Others(ratings, truth);
  const itemOf = new Uint32Array(category.length);
  const found = new Int32Array(category.length).fill(-1);
  for (let item = 0; item < items; item++) {
    for (let reading = start[item]!; reading < start[item + 1]!; reading++) {
      itemOf[reading] = item;
      if (others.look(reading, item) >= LEAST_OTHERS) found[reading] = others.likeliest();
    }
  }
  return {
    category: found,
    fill(reading, into) {
      others.look(reading, itemOf[reading]!);
      others.fill(into);
    },
  };
}

/** What the others say where one reading is left out; it is used again and again. */
class Others {
  readonly #ratings: Ratings;
  readonly #truth: Truth;
  /** Annotator -> logarithms of their error rates; null of a model without any, or of too many classes. */
  readonly #rates: readonly Float64Array[] | null;
  /** Annotator -> how much their vote counts, where there are no error rates. */
  readonly #weights: Float64Array;
  /** Categories that the others named, how far each is spoken for, and how many there are. */
  readonly #named: number[] = [];
  readonly #scores: number[] = [];

  constructor(ratings: Ratings, truth: Truth) {
    this.#ratings = ratings;
    this.#truth = truth;
    const { annotators, categories } = ratings;
    const isModelled = categories <= MOST_CLASSES && annotators > 0 && truth.confusion(0) !== null;
    this.#rates = isModelled
      ? Array.from({ length: annotators }, (_, who) => truth.confusion(who)!.map((rate) => logOf(rate)))
      : null;
    const isWeighted = truth.method !== majority.id;
    this.#weights = truth.skill.map((skill) => (isWeighted ? Math.max(skill, LEAST_RATE) : 1));
  }

  /** Looks at an item without a reading; gives how many others read it. */
  look(left: number, item: number): number {
    const { start, annotator, category } = this.#ratings;
    const [from, to] = [start[item]!, start[item + 1]!];
    this.#named.length = this.#scores.length = 0;
    let others = 0;
    for (let reading = from; reading < to; reading++) {
      if (annotator[reading] === annotator[left]) continue;
      others++;
      if (!this.#named.includes(category[reading]!)) this.#named.push(category[reading]!);
    }
    for (const named of this.#named) this.#scores.push(this.#score(named, left, from, to));
    return others;
  }

  /** The category that is spoken for most; -1 where two are alike. */
  likeliest(): number {
    let best = 0;
    let isTied = false;
    for (let at = 1; at < this.#named.length; at++) {
      const [score, most] = [this.#scores[at]!, this.#scores[best]!];
      if (Math.abs(score - most) <= 1e-9 * Math.abs(most)) isTied = true;
      else if (score > most) [best, isTied] = [at, false];
    }
    return isTied ? -1 : this.#named[best]!;
  }

  fill(into: Float64Array): void {
    into.fill(0);
    const most = this.#rates ? Math.max(...this.#scores) : 0;
    const shares = this.#rates ? this.#scores.map((score) => Math.exp(score - most)) : this.#scores;
    const total = shares.reduce((sum, share) => sum + share, 0);
    for (const [at, named] of this.#named.entries()) into[named] = shares[at]! / total;
  }

  /** In logarithms where there are error rates, else a sum of weights. */
  #score(named: number, left: number, from: number, to: number): number {
    const { annotator, category, categories } = this.#ratings;
    let score = this.#rates ? logOf(this.#truth.classPriors[named]!) : 0;
    for (let reading = from; reading < to; reading++) {
      const who = annotator[reading]!;
      if (who === annotator[left]) continue;
      if (this.#rates) score += this.#rates[who]![named * categories + category[reading]!]!;
      else if (category[reading] === named) score += this.#weights[who]!;
    }
    return score;
  }
}

const logOf = (probability: number): number => Math.log(Math.max(probability, LEAST_RATE));
