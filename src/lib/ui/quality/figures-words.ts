import type { Estimate } from '#core/agreement/estimate';
import type { ShareReport } from '#core/quality/quality-report';

/** A coefficient: `0.81`; never `-0.00`. */
export const inTwo = (value: number): string => (Math.round(value * 100) / 100 || 0).toFixed(2);

/** `91 %`; all and none only where it is all or none. */
export function inPercent(share: number): string {
  const percent = Math.round(share * 100);
  if (percent === 100 && share < 1) return '99 %';
  return percent === 0 && share > 0 ? '1 %' : `${percent} %`;
}

/** `0.77-0.85`; with a negative end, `-0.05 to 0.12`. */
export function inInterval([low, high]: readonly [number, number]): string {
  return `${inTwo(low)}${Math.round(low * 100) < 0 ? ' to ' : '-'}${inTwo(high)}`;
}

/** `83-96 %` */
export const inPercentInterval = ([low, high]: readonly [number, number]): string =>
  `${Math.round(low * 100)}-${Math.round(high * 100)} %`;

/** `0.81 (0.77-0.85)`, or the reason why there is none. */
export function estimateInWords(estimate: Estimate): string {
  if (estimate.value === null) return estimate.reason;
  return estimate.ci95 ? `${inTwo(estimate.value)} (${inInterval(estimate.ci95)})` : inTwo(estimate.value);
}

/** null where there is nothing to compare with. */
export const shareOf = ({ right, of }: Pick<ShareReport, 'right' | 'of'>): number | null =>
  of === 0 ? null : right / of;
