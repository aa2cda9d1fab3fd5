import type { AgreementData } from './agreement-data';
import { EQUALITY } from './agreement-weights';
import { cannotSayBeyondChance } from './cannot-say';
import { chanceCorrected } from './chance-corrected';
import type { Coefficient } from './coefficient';
import { undefinedFor } from './estimate';

/**
 * Conger's kappa: how far any number of annotators agree beyond chance, where each has a distribution of categories of their own. Of
 * two annotators who labelled every item it is Cohen's kappa.
 *
 *     kappa = (a - e) / (1 - e),   e = sum over pairs g, h of annotators of sum_k p_gk p_hk / (r (r - 1)),
 *
 * with p_gk the share of category k in the n_g readings of annotator g, of r annotators. What item i contributes to chance (Gwet
 * 2014, and irrCAC), with s_k = sum_g p_gk and u_g = sum_k p_gk (s_k - p_gk), is
 *
 *     e_i = (sum_g u_g + sum over its readings k by g of (n / n_g) (s_k - p_gk - u_g)) / (r (r - 1)).
 *
 * O(readings + categories).
 *
 * A. J. Conger, “Integration and generalization of kappas for multiple raters”, Psychological Bulletin 88 (1980) 322-328.
 *
 * @example (x x y) and (y y y): p_1 = p_2 = (1/2, 1/2), p_3 = (0, 1), e = (6 * 1/2) / 6 = 1/2, a = 2/3; kappa = 1/3.
 */
export const congerKappa: Coefficient = {
  id: 'conger-kappa',
  name: 'Conger’s kappa',
  explanation: 'Agreement of any number of people beyond chance, where each has habits of their own.',
  scale: 'nominal',
  run(data, options) {
    const reason = cannotSayBeyondChance(data);
    return reason === null
      ? chanceCorrected(congerKappa.name, data, EQUALITY, chance(data), options)
      : undefinedFor(reason);
  },
};

function chance({ ratings, counts, annotators }: AgreementData) {
  const byAnnotator = readingsByAnnotator(ratings);
  const { start, category, item } = byAnnotator;
  const pairs = annotators * (annotators - 1);
  /** Category -> readings of the annotator at hand. */
  const own = new Float64Array(ratings.categories);

  const sum = new Float64Array(ratings.categories);
  for (let who = 0; who < ratings.annotators; who++) {
    const readings = start[who + 1]! - start[who]!;
    for (let at = start[who]!; at < start[who + 1]!; at++) sum[category[at]!]! += 1 / readings;
  }
  /** u_g: the mean of s_k - p_gk over the readings of an annotator. */
  const withOthers = new Float64Array(ratings.annotators);
  let total = 0;
  for (let who = 0; who < ratings.annotators; who++) {
    const readings = start[who + 1]! - start[who]!;
    tally(who);
    for (let at = start[who]!; at < start[who + 1]!; at++) {
      withOthers[who]! += (sum[category[at]!]! - own[category[at]!]! / readings) / readings;
    }
    total += withOthers[who]!;
    clear(who);
  }

  const byItem = () => {
    const contribution = new Float64Array(ratings.items).fill(total / pairs);
    for (let who = 0; who < ratings.annotators; who++) {
      const readings = start[who + 1]! - start[who]!;
      tally(who);
      for (let at = start[who]!; at < start[who + 1]!; at++) {
        const others = sum[category[at]!]! - own[category[at]!]! / readings;
        contribution[item[at]!]! += ((counts.rated / readings) * (others - withOthers[who]!)) / pairs;
      }
      clear(who);
    }
    return contribution;
  };
  return { expected: total / pairs, byItem };

  function tally(who: number): void {
    for (let at = start[who]!; at < start[who + 1]!; at++) own[category[at]!]!++;
  }
  function clear(who: number): void {
    for (let at = start[who]!; at < start[who + 1]!; at++) own[category[at]!] = 0;
  }
}

/** The readings of annotator `g` are those from `start[g]` to before `start[g + 1]`. */
function readingsByAnnotator(ratings: AgreementData['ratings']) {
  const start = new Uint32Array(ratings.annotators + 1);
  for (const who of ratings.annotator) start[who + 1]!++;
  for (let who = 0; who < ratings.annotators; who++) start[who + 1]! += start[who]!;
  const next = start.slice();
  const category = new Uint32Array(ratings.category.length);
  const item = new Uint32Array(ratings.category.length);
  for (let one = 0; one < ratings.items; one++) {
    for (let reading = ratings.start[one]!; reading < ratings.start[one + 1]!; reading++) {
      const at = next[ratings.annotator[reading]!]!++;
      category[at] = ratings.category[reading]!;
      item[at] = one;
    }
  }
  return { start, category, item };
}
