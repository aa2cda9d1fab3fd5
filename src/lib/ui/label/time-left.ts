import { inCount } from '../figures';

/**
 * How long the rest takes at the present pace, in words: `about 12 min`.
 *
 * @param open items that are left; @param medianLeadMs milliseconds for one; null before the first
 */
export function timeLeft(open: number, medianLeadMs: number | null): string {
  if (medianLeadMs === null || open === 0) return '';
  const minutes = (open * medianLeadMs) / 60_000;
  if (minutes < 1) return 'less than a minute';
  if (minutes < 90) return `about ${Math.round(minutes)} min`;
  const hours = minutes / 60;
  return `about ${inCount(hours < 10 ? Math.round(hours * 2) / 2 : Math.round(hours))} h`;
}
