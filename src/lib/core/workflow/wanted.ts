/**
 * How many annotations by distinct authors an item wants.
 *
 * Of every item one annotation is asked, and `minAnnotators` of the share `workflow.overlap` of them, which the bits of
 * their ids draw: so every device asks the same of the same items. An item that has as many, and is unsettled nevertheless,
 * gets further annotators one at a time, at most `workflow.furtherAnnotators`; then it waits for an expert.
 *
 * Unsettled is an item whose annotations are alike by less than the threshold, and one of which the consensus is too uncertain. A
 * single annotation has nothing that it could be at odds with: whom to trust with it is for review to say.
 *
 * @example with 2 annotators wanted and 1 further, items whose two annotations differ want 3, with three that differ still 3
 */
import type { Settings } from '../model/project';
import { fallsInto } from './bits';

/** The settings that the number hangs on. */
export type WantedSettings = Pick<Settings, 'minAnnotators' | 'workflow'>;

/** How well an item's annotations go together. */
export type Unsettled = 'disputed' | 'ambiguous' | null;

/**
 * What is asked of an item whatever anybody says of it.
 *
 * @param bits the first 32 bits of its id
 */
export const wantedAtFirst = (bits: number, { minAnnotators, workflow }: WantedSettings): number =>
  fallsInto(workflow.overlap, bits) ? minAnnotators : 1;

/**
 * Why an item that has the annotations that were asked at first is not settled by them; null where it is.
 *
 * @param annotations how many the item has
 * @param agreement their mean pairwise similarity, 0 to 1; of no account where there are not two
 * @param confidence probability of their consensus, 0 to 1; NaN where nobody says
 */
export function unsettledBy(
  annotations: number,
  agreement: number,
  confidence: number,
  { agreementThreshold, quality }: Pick<Settings, 'agreementThreshold' | 'quality'>,
): Unsettled {
  if (annotations < 2) return null;
  if (agreement < agreementThreshold) return 'disputed';
  return confidence < quality.lowConfidence ? 'ambiguous' : null;
}

/** What is asked of an item in all. */
export function wanted(first: number, annotations: number, unsettled: Unsettled, { workflow }: WantedSettings): number {
  if (unsettled === null || annotations < first) return first;
  return Math.min(annotations + 1, first + workflow.furtherAnnotators);
}
