import type { Random } from '../random';

const RESAMPLES = 1000;

/** In words, for the method of an estimate. */
export const BOOTSTRAP = 'interval: bootstrap over items, 1,000 resamples, percentiles';

/**
 * The 95 % interval of a statistic by the bootstrap (Efron 1979): so many items as there are, drawn with replacement, 1,000 times; it
 * reaches from the 2.5 % to the 97.5 % quantile of what the statistic is on them (the percentile method).
 *
 * A resample is told by how often each item is in it, so that a statistic can sum over what it knows of the items. O(resamples
 * (items + statistic)).
 *
 * @param statistic NaN where it is undefined on the resample, which does not count then
 * @returns null where it was undefined on more than half of the resamples
 */
export function bootstrapInterval(
  random: Random,
  items: number,
  statistic: (times: Uint32Array) => number,
): readonly [low: number, high: number] | null {
  const drawn = new Float64Array(RESAMPLES);
  const times = new Uint32Array(items);
  let found = 0;
  for (let resample = 0; resample < RESAMPLES; resample++) {
    times.fill(0);
    for (let draw = 0; draw < items; draw++) times[Math.floor(random.unit() * items)]!++;
    const value = statistic(times);
    if (!Number.isNaN(value)) drawn[found++] = value;
  }
  const sorted = drawn.subarray(0, found).sort();
  return found * 2 < RESAMPLES ? null : [quantile(sorted, 0.025), quantile(sorted, 0.975)];
}

/** Interpolated between neighbours (R's type 7). */
function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below + (above - below) * (place % 1);
}
