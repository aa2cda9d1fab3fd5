import type { Coefficient } from './coefficient';
import type { PairCoefficient } from './pair-estimate';
import { pairMeans } from './pair-means';

/**
 * Cohen's kappa: how far two annotators agree beyond what they would if each went on choosing as often as before, but blindly.
 *
 *     kappa = (a - e) / (1 - e),   e = sum_k p_1k p_2k,
 *
 * over the items that both labelled, with p_gk the share of category k in what annotator g said of these. Of more than two
 * annotators, the mean over their pairs. O(pairs of readings). Interval of a pair: Fleiss, Cohen and Everitt 1969.
 *
 * J. Cohen, “A coefficient of agreement for nominal scales”, Educational and Psychological Measurement 20 (1960) 37-46.
 * J. L. Fleiss, J. Cohen and B. S. Everitt, “Large sample standard errors of kappa and weighted kappa”, Psychological Bulletin 72
 * (1969) 323-327.
 *
 * @example [[20, 5], [10, 15]]: a = 35/50, e = (25 * 30 + 25 * 20) / 50^2 = 0.5; kappa = 0.4.
 */
export const cohenKappa: Coefficient = {
  id: 'cohen-kappa',
  name: 'Cohen’s kappa',
  explanation:
    'Agreement of two people beyond chance, where each has habits of their own; of more, the mean over pairs.',
  scale: 'nominal',
  run: (data, options) => pairMeans(data, [COHEN], options).all[0]!,
};

export const COHEN: PairCoefficient = { name: 'Cohen’s kappa', distance: 'nominal', habits: 'own' };
