import { NORMAL_95, studentT95 } from '../stats/student-t';
import { undefinedFor, type Estimate } from './estimate';
import type { Distance, Habits, PairTally } from './pair-tally';

/** A coefficient of two annotators. */
export interface PairCoefficient {
  readonly name: string;
  readonly distance: Distance;
  readonly habits: Habits;
}

/** Fewer items say nothing about the rest. */
export const LEAST_ITEMS = 2;

/**
 * The figure of the pair that was counted last, with the interval of Fleiss, Cohen and Everitt (1969) for kappa, and of Gwet (2014)
 * for pi.
 */
export function pairEstimate(tally: PairTally, coefficient: PairCoefficient, interval: 'none' | 'full'): Estimate {
  const { items } = tally;
  if (items < LEAST_ITEMS)
    return undefinedFor('The two labelled only one item both, and one says nothing about the others.');
  const { name, distance, habits } = coefficient;
  const value = tally.kappa(distance, habits);
  if (Number.isNaN(value))
    return undefinedFor('Both only ever chose one class, so that agreement cannot be told from chance.');
  const isPi = habits === 'common';
  const method = `${name}; interval: ${isPi ? 'Gwet 2014' : 'Fleiss, Cohen and Everitt 1969'}`;
  if (interval === 'none') return { value, ci95: null, method };
  let variance = 0;
  tally.influences(distance, habits, (_, influence) => (variance += influence ** 2));
  const reach = isPi
    ? studentT95(items - 1) * Math.sqrt((variance * items) / (items - 1))
    : NORMAL_95 * Math.sqrt(variance);
  return { value, ci95: [value - reach, Math.min(1, value + reach)], method };
}
