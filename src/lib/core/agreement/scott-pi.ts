import type { Coefficient } from './coefficient';
import type { PairCoefficient } from './pair-estimate';
import { pairMeans } from './pair-means';

/**
 * Scott's pi: how far two annotators agree beyond what they would if both drew from the distribution of categories that they have
 * together.
 *
 *     pi = (a - e) / (1 - e),   e = sum_k ((p_1k + p_2k) / 2)^2,
 *
 * over the items that both labelled. Of more than two annotators, the mean over their pairs; Fleiss' kappa is the other way to more.
 * O(pairs of readings). Interval of a pair: Gwet 2014.
 *
 * W. A. Scott, “Reliability of content analysis: the case of nominal scale coding”, Public Opinion Quarterly 19 (1955) 321-325.
 *
 * @example [[20, 5], [10, 15]]: a = 0.7, p = (0.55, 0.45), e = 0.505; pi = 0.3939.
 */
export const scottPi: Coefficient = {
  id: 'scott-pi',
  name: 'Scott’s pi',
  explanation:
    'Agreement of two people beyond chance, where chance means that both choose alike; of more, the mean over pairs.',
  scale: 'nominal',
  run: (data, options) => pairMeans(data, [SCOTT], options).all[0]!,
};

export const SCOTT: PairCoefficient = { name: 'Scott’s pi', distance: 'nominal', habits: 'common' };
