import type { Field } from '../../model/schema';
import { keypointAgreement } from '../keypoints/keypoint-agreement';
import { boxAgreement } from '../regions/box-agreement';
import { polygonAgreement } from '../regions/polygon-agreement';
import { setAgreement } from '../sets/set-agreement';
import { spanAgreement } from '../spans/span-agreement';
import { textAgreement } from '../texts/text-agreement';

/**
 * Agreement on answers of every kind that is more than one category: those of fields (a choice as a set, which a
 * single one need not be), and those that no field asks for yet. A new kind is one file or folder, and one line here.
 */
export const structuredAgreement = {
  choice: setAgreement,
  box: boxAgreement,
  span: spanAgreement,
  polygon: polygonAgreement,
  keypoints: keypointAgreement,
  text: textAgreement,
} as const satisfies Record<Field['kind'] | 'polygon' | 'keypoints' | 'text', unknown>;
