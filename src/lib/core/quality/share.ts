import type { ShareReport } from './quality-report';

/** The two-sided 95 % point of the normal distribution. */
const Z = 1.959964;

/**
 * So many of so many, with Wilson's 95 % interval of the share (E. B. Wilson, "Probable inference, the law of succession, and
 * statistical inference", JASA 22, 1927): with p = right / of and n = of,
 *
 *     (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)
 *
 * It stays within 0 and 1, and says something of few answers too: of 0 of 5 that the share is below 0.43.
 */
export function shareOf(right: number, of: number): ShareReport {
  if (of === 0) return { right, of, ci95: null };
  const p = right / of;
  const middle = p + Z ** 2 / (2 * of);
  const spread = Z * Math.sqrt((p * (1 - p)) / of + Z ** 2 / (4 * of ** 2));
  const width = 1 + Z ** 2 / of;
  return { right, of, ci95: [Math.max(0, (middle - spread) / width), Math.min(1, (middle + spread) / width)] };
}
