import type { AnnotatorReport } from '#core/quality/quality-report';
import type { Person } from '#state/people';
import { inItems, inTimeAgo } from '../figures';
import { inPercent, shareOf } from '../quality/figures-words';

/** `120 labels, 3 skipped`; '' before the first. */
export function workInWords({ annotated, skipped }: Pick<Person, 'annotated' | 'skipped'>): string {
  const labels = annotated > 0 || skipped > 0 ? inItems(annotated, 'label') : '';
  return skipped > 0 ? `${labels}, ${inItems(skipped, 'skipped', 'skipped')}` : labels;
}

/** `12 s each`, `1.5 min each`; '' before the first. */
export const paceInWords = (medianLeadMs: number | null): string =>
  medianLeadMs === null ? '' : `${spanInWords(medianLeadMs)} each`;

/** `0.4 s`, `12 s`, `1.5 min` */
export function spanInWords(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${Math.max(0.1, Math.round(seconds * 10) / 10)} s`;
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 6) / 10} min`;
}

/** `91 % agreed`; '' where nobody else answered their items. */
export const agreementInWords = ({ withOthers }: Pick<AnnotatorReport, 'withOthers'>): string =>
  withOthers === null ? '' : `${inPercent(withOthers.value)} agreed`;

/** `90 % gold`; '' where no known answer was asked. */
export function goldInWords({ withGold }: Pick<AnnotatorReport, 'withGold'>): string {
  const share = shareOf(withGold);
  return share === null ? '' : `${inPercent(share)} gold`;
}

/** Where somebody is: `here now`, `away`, or when they last did anything. */
export function seenInWords({ attendance, lastAt, isMe }: Person, now: number): string {
  if (isMe) return '';
  if (attendance === 'here') return 'here now';
  if (attendance === 'away') return 'away for a moment';
  return lastAt === null ? 'not seen yet' : `seen ${inTimeAgo(lastAt, now)}`;
}
