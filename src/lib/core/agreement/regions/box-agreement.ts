import { boundsOf, intersectionOverUnion } from '../../geometry/rotated-rect';
import type { Box, BoxValue } from '../../model/annotation';
import type { FieldAnswers } from '../field-answers';
import type { StructuredAgreement } from '../structured/agreement';
import type { ClassesOfField } from '../structured/class-numbers';
import { regionAgreement, type RegionAgreementOptions } from './region-agreement';
import type { RegionKind } from './region-kind';

const boxes: RegionKind<Box> = {
  noun: 'boxes',
  measure: 'IoU',
  classOf: (box) => box.class,
  boundsOf,
  similarity: intersectionOverUnion,
};

/** {@link regionAgreement} of boxes, upright or turned, by intersection over union. */
export function boxAgreement(
  answers: FieldAnswers<BoxValue>,
  field: ClassesOfField,
  options: RegionAgreementOptions,
): StructuredAgreement {
  return regionAgreement(answers, boxes, field, options);
}
