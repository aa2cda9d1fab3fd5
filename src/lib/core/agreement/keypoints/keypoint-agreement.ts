import type { ClassId } from '../../model/ids';
import { regionAgreement, type RegionAgreementOptions } from '../regions/region-agreement';
import type { RegionKind } from '../regions/region-kind';
import type { StructuredAgreement } from '../structured/agreement';
import type { AnswersOf } from '../structured/answers';
import type { ClassesOfField } from '../structured/class-numbers';
import { COCO_SIGMAS, mutualKeypointSimilarity, type Pose } from './object-keypoint-similarity';

export interface Skeleton extends Pose {
  readonly class: ClassId;
}

export interface KeypointAgreementOptions extends RegionAgreementOptions {
  /** One for each point of a skeleton; those of COCO's people by default. */
  readonly sigmas?: readonly number[];
}

const skeletons = (sigmas: readonly number[]): RegionKind<Skeleton> => ({
  noun: 'skeletons',
  measure: 'OKS',
  classOf: (skeleton) => skeleton.class,
  // Points that lie apart may still be similar, so that bounds tell nothing.
  boundsOf: () => null,
  similarity: (a, b) => mutualKeypointSimilarity(a, b, sigmas),
});

/** {@link regionAgreement} of skeletons, by object keypoint similarity in both directions. */
export function keypointAgreement(
  answers: AnswersOf<readonly Skeleton[]>,
  field: ClassesOfField,
  { sigmas = COCO_SIGMAS, ...options }: KeypointAgreementOptions,
): StructuredAgreement {
  return regionAgreement(answers, skeletons(sigmas), field, options);
}
