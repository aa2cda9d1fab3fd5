import { Random } from '../../random';
import { undefinedFor, type Estimate } from '../estimate';
import type { AgreementOptions } from './agreement';
import { overlappingItems, whyIncomparable, type AnswersOf } from './answers';
import type { Statistic, Weights } from './statistic';

/**
 * Resamples that leave a figure undefined say nothing; with fewer than this share of the others there is no interval.
 */
const LEAST_DEFINED = 0.5;

/**
 * Figures with their 95 % intervals: the percentile bootstrap (Efron 1979) over items.
 *
 * Each resample draws as many items as were answered by two people, with replacement; all figures are computed of the
 * same draws. The interval runs from the 2.5th to the 97.5th percentile of those that are defined. What people say of
 * one item hangs together, so items are drawn whole, never single regions.
 *
 * O(resamples (items + entries of the statistics)).
 */
export function estimated(
  statistics: readonly Statistic[],
  answers: AnswersOf<unknown>,
  { interval, seed, resamples }: AgreementOptions,
): Estimate[] {
  const incomparable = whyIncomparable(answers);
  if (incomparable !== null) return statistics.map(() => undefinedFor(incomparable));
  const once = eachOnce(answers);
  const figures = statistics.map((statistic) => statistic.value(once));
  const wanted = statistics.filter(({ items }, at) => items > 1 && !Number.isNaN(figures[at]));
  const drawn = interval === 'none' ? new Map<Statistic, Float64Array>() : resampled(wanted, answers, seed, resamples);

  return statistics.map((statistic, at): Estimate => {
    const value = figures[at]!;
    const { method } = statistic;
    if (Number.isNaN(value)) return undefinedFor(statistic.whyUndefined);
    if (interval === 'none') return { value, ci95: null, method };
    const ci95 = percentiles(drawn.get(statistic));
    const how = `percentile bootstrap over items, ${resamples.toLocaleString('en')} resamples, seed ${seed}`;
    return { value, ci95, method: `${method}; interval: ${ci95 === null ? 'none, too few items' : how}` };
  });
}

/** Each statistic's figures of all resamples. */
function resampled(
  statistics: readonly Statistic[],
  answers: AnswersOf<unknown>,
  seed: number,
  resamples: number,
): Map<Statistic, Float64Array> {
  const random = new Random(seed);
  const items = overlappingItems(answers);
  const times = new Uint32Array(answers.items);
  const found = new Map(statistics.map((statistic) => [statistic, new Float64Array(resamples)]));
  for (let resample = 0; resample < resamples; resample++) {
    times.fill(0);
    let drawn = 0;
    for (let draw = 0; draw < items.length; draw++) {
      const item = items[Math.floor(random.unit() * items.length)]!;
      times[item]!++;
      drawn += answers.start[item + 1]! - answers.start[item]!;
    }
    const weights = { items: times, answers: drawn };
    for (const [statistic, figures] of found) figures[resample] = statistic.value(weights);
  }
  return found;
}

function eachOnce(answers: AnswersOf<unknown>): Weights {
  const { items, start } = answers;
  const compared = overlappingItems(answers).reduce((sum, item) => sum + start[item + 1]! - start[item]!, 0);
  return { items: new Uint32Array(items).fill(1), answers: compared };
}

function percentiles(figures: Float64Array | undefined): readonly [low: number, high: number] | null {
  if (figures === undefined) return null;
  const defined = figures.filter((figure) => !Number.isNaN(figure)).sort();
  if (defined.length === 0 || defined.length < figures.length * LEAST_DEFINED) return null;
  return [quantile(defined, 0.025), quantile(defined, 0.975)];
}

/** Of sorted numbers, interpolated between neighbours (type 7 of Hyndman and Fan 1996). */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (sorted[high]! - sorted[low]!) * (place - low);
}
