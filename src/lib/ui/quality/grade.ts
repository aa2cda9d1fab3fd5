/** How far labels can be relied on, in a word. */
export type Grade = 'good' | 'fair' | 'poor';

/**
 * Krippendorff, Content Analysis (2nd ed., 2004), p. 241: rely on data from 0.8 on; from 0.667 to 0.8 for tentative conclusions
 * only. He says so of alpha; coefficients that leave chance in have no such bounds.
 */
export const GOOD_FROM = 0.8;
export const FAIR_FROM = 0.667;

/** Of a coefficient that is corrected for chance, as it is shown: a figure that reads 0.80 is not called fair. */
export function gradeOf(value: number): Grade {
  const shown = Math.round(value * 100) / 100;
  if (shown >= GOOD_FROM) return 'good';
  return shown >= FAIR_FROM ? 'fair' : 'poor';
}
