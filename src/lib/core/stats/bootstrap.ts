import type { Random } from '../random';

const RESAMPLES = 1000;

/** In words, for the method of an estimate. */
export const BOOTSTRAP = 'interval: bootstrap over items, 1,000 resamples, percentiles';

/**
 * 95 % intervals of statistics by the bootstrap (Efron 1979): so many items as there are, drawn with replacement, 1,000 times; an
 * interval reaches from the 2.5 % to the 97.5 % quantile of what the statistic is on them (the percentile method).
 *
 * A resample is told by how often each item is in it, so that a statistic can sum over what it knows of the items. O(resamples
 * (items + statistic)).
 *
 * @param statistic fills in its values on the resample; NaN where they are undefined on it, which does not count
 * @returns an interval for each value, in order; null where it was undefined on more than half of the resamples
 */
export function bootstrapIntervals(
  random: Random,
  items: number,
  values: number,
  statistic: (times: Uint32Array, into: Float64Array) => void,
): (readonly [low: number, high: number] | null)[] {
  const drawn = Array.from({ length: values }, () => new Float64Array(RESAMPLES));
  const found = new Uint32Array(values);
  const times = new Uint32Array(items);
  const into = new Float64Array(values);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    times.fill(0);
    for (let draw = 0; draw < items; draw++) times[Math.floor(random.unit() * items)]!++;
    into.fill(NaN);
    statistic(times, into);
    for (let value = 0; value < values; value++) {
      if (!Number.isNaN(into[value])) drawn[value]![found[value]!++] = into[value]!;
    }
  }
  return drawn.map((all, value) => {
    const sorted = all.subarray(0, found[value]).sort();
    return sorted.length * 2 < RESAMPLES ? null : [quantile(sorted, 0.025), quantile(sorted, 0.975)];
  });
}

/** Interpolated between neighbours (R's type 7). */
function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below + (above - below) * (place % 1);
}
