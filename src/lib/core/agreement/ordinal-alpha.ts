import { Random } from '../random';
import { BOOTSTRAP, bootstrapInterval } from '../stats/bootstrap';
import type { Coefficient } from './coefficient';
import { undefinedFor } from './estimate';
import type { ItemCounts } from './item-counts';
import { cannotSayAlpha } from './krippendorff-alpha';

/**
 * Krippendorff's alpha for categories that have an order and nothing more. Two of them are as far apart as there are labels between
 * them, those in themselves counted by half:
 *
 *     d_ck = sum_{g = c..k} N_g - (N_c + N_k) / 2 = |R_c - R_k|,   R_k = sum_{g < k} N_g + N_k / 2,
 *
 * so that it is alpha of an interval scale on the midranks R. With N labels in the items with two or more, and r_i of item i,
 *
 *     D_o = sum_i 2 (r_i sum R^2 - (sum R)^2) / (r_i - 1) / N,   D_e = 2 (N sum R^2 - (sum R)^2) / (N (N - 1)),
 *
 * the inner sums over the labels of the item, and over all: O(readings). The distances come from the labels themselves, for which no
 * variance is published: the interval is by bootstrap, O(resamples readings).
 *
 * K. Krippendorff, Content Analysis: An Introduction to Its Methodology, 4th edition (2019), chapter 12.
 *
 * @example (1 1), (1 2), (2 3): N = (3, 2, 1), R = (1.5, 4, 5.5), D_o = 2 (2.5^2 + 1.5^2) / 6 = 17/6; D_e = 2 (6 * 69 - 18^2) / 30 = 6;
 *   alpha = 1 - 17/36.
 */
export const ordinalAlpha: Coefficient = {
  id: 'krippendorff-alpha-ordinal',
  name: 'Krippendorff’s alpha, ordinal',
  explanation: 'The same for classes that have an order, where a disagreement counts by how many labels lie between.',
  scale: 'ordinal',
  run(data, { interval, seed }) {
    const { places } = data.scale;
    if (!places.isKnown) return undefinedFor(places.reason);
    const reason = cannotSayAlpha(data);
    if (reason !== null) return undefinedFor(reason);
    const statistic = new OnMidranks(data.counts, places.of);
    const value = statistic.alpha(new Uint32Array(data.counts.items).fill(1));
    const method = `Krippendorff’s alpha, ordinal; ${BOOTSTRAP}`;
    if (interval === 'none') return { value, ci95: null, method };
    const ci95 = bootstrapInterval(new Random(seed), data.counts.items, (times) => statistic.alpha(times));
    if (!ci95) return undefinedFor('There are too few labels for an interval.');
    // Of a handful of items, all samples may lie to one side of the whole.
    return { value, ci95: [Math.min(ci95[0], value), Math.max(ci95[1], value)], method };
  },
};

class OnMidranks {
  readonly #counts: ItemCounts;
  /** Categories from the lowest to the highest. */
  readonly #ascending: readonly number[];
  readonly #midrank: Float64Array;
  readonly #labels: Float64Array;

  constructor(counts: ItemCounts, places: Float64Array) {
    this.#counts = counts;
    this.#ascending = Array.from(places.keys()).sort((a, b) => places[a]! - places[b]!);
    this.#midrank = new Float64Array(places.length);
    this.#labels = new Float64Array(places.length);
  }

  /** @param times how often each item counts */
  alpha(times: Uint32Array): number {
    const { items, start, category, count, total } = this.#counts;
    const [labels, midrank] = [this.#labels.fill(0), this.#midrank];
    let all = 0;
    for (let item = 0; item < items; item++) {
      if (times[item] === 0 || total[item]! < 2) continue;
      all += times[item]! * total[item]!;
      for (let at = start[item]!; at < start[item + 1]!; at++) labels[category[at]!]! += times[item]! * count[at]!;
    }
    let below = 0;
    let square = 0;
    for (const one of this.#ascending) {
      // Counted from the middle, about which all midranks sum to 0.
      midrank[one] = below + labels[one]! / 2 - all / 2;
      square += labels[one]! * midrank[one] ** 2;
      below += labels[one]!;
    }
    let disagreement = 0;
    for (let item = 0; item < items; item++) {
      const readings = total[item]!;
      if (times[item] === 0 || readings < 2) continue;
      let sum = 0;
      let squares = 0;
      for (let at = start[item]!; at < start[item + 1]!; at++) {
        const rank = midrank[category[at]!]!;
        sum += count[at]! * rank;
        squares += count[at]! * rank * rank;
      }
      disagreement += (times[item]! * (readings * squares - sum * sum)) / (readings - 1);
    }
    return square === 0 ? NaN : 1 - (disagreement * (all - 1)) / (all * square);
  }
}
