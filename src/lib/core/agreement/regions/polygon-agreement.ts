import { polygonIntersectionOverUnion, type Polygon } from '../../geometry/polygon';
import { boundsAround } from '../../geometry/quadrilateral';
import type { ClassId } from '../../model/ids';
import type { StructuredAgreement } from '../structured/agreement';
import type { AnswersOf } from '../structured/answers';
import type { ClassesOfField } from '../structured/class-numbers';
import { regionAgreement, type RegionAgreementOptions } from './region-agreement';
import type { RegionKind } from './region-kind';

/** An outline in pixels. */
export interface Outline {
  readonly class: ClassId;
  readonly polygon: Polygon;
}

const outlines: RegionKind<Outline> = {
  noun: 'polygons',
  measure: 'IoU',
  classOf: (outline) => outline.class,
  boundsOf: ({ polygon }) => boundsAround(polygon),
  similarity: (a, b) => polygonIntersectionOverUnion(a.polygon, b.polygon),
};

/** {@link regionAgreement} of polygons, by intersection over union. */
export function polygonAgreement(
  answers: AnswersOf<readonly Outline[]>,
  field: ClassesOfField,
  options: RegionAgreementOptions,
): StructuredAgreement {
  return regionAgreement(answers, outlines, field, options);
}
