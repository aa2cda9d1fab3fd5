import type { AgreementData } from './agreement-data';
import { EQUALITY, type AgreementWeights } from './agreement-weights';
import { cannotSayBeyondChance } from './cannot-say';
import { chanceCorrected } from './chance-corrected';
import type { Coefficient } from './coefficient';
import { undefinedFor } from './estimate';
import { meanByItem, shareByCategory } from './observed-agreement';

/**
 * Fleiss' kappa: how far any number of annotators, who need not be the same for every item, agree beyond what they would if each
 * drew from one common distribution of categories.
 *
 *     kappa = (a - e) / (1 - e),   e = sum_k p_k^2,   p_k = mean over items of r_ik / r_i.
 *
 * An item with one reading tells of the distribution, not of agreement (Gwet 2014). Of two annotators who labelled every item it is
 * Scott's pi. O(readings).
 *
 * J. L. Fleiss, “Measuring nominal scale agreement among many raters”, Psychological Bulletin 76 (1971) 378-382.
 * K. L. Gwet, Handbook of Inter-Rater Reliability, 4th edition (2014), chapters 2 and 5.
 *
 * @example two items, three annotators: (x x y) and (y y y). a = (1/3 + 1) / 2 = 2/3; p = (1/3, 2/3), e = 5/9; kappa = 1/4.
 */
export const fleissKappa: Coefficient = {
  id: 'fleiss-kappa',
  name: 'Fleiss’ kappa',
  explanation:
    'Agreement of any number of people beyond chance, where chance means that all choose classes equally often.',
  scale: 'nominal',
  run(data, options) {
    const reason = cannotSayBeyondChance(data);
    return reason === null
      ? chanceCorrected(fleissKappa.name, data, EQUALITY, fleissChance(data, EQUALITY), options)
      : undefinedFor(reason);
  },
};

function fleissChance({ counts }: AgreementData, weights: AgreementWeights) {
  const share = shareByCategory(counts);
  const against = weights.against(share);
  const expected = share.reduce((sum, one, category) => sum + one * against[category]!, 0);
  return { expected, byItem: () => meanByItem(counts, against) };
}
