import type { Point } from '../../geometry/plane';

/** A person, or another thing with points of known names; null for points that were not marked. */
export interface Pose {
  readonly points: readonly (Point | null)[];
  /** Of what the points belong to, in square pixels: how large it is. */
  readonly area: number;
}

/**
 * How far people who know the points differ, as a share of the size, of COCO's 17 points of a person: nose, eyes,
 * ears, shoulders, elbows, wrists, hips, knees, ankles (Lin et al. 2014; pycocotools, `Params.kpt_oks_sigmas`).
 */
export const COCO_SIGMAS: readonly number[] = [
  0.026, 0.025, 0.025, 0.035, 0.035, 0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107, 0.087, 0.087, 0.089, 0.089,
];

/** As pycocotools keeps an area of 0 from dividing by it. */
const SMALLEST_AREA = Number.EPSILON;

/**
 * Object keypoint similarity (COCO keypoint evaluation) of a pose with one that is taken for the truth:
 *
 *   OKS = mean over the points i of the truth of exp(-d_i^2 / (2 s^2 k_i^2)), k_i = 2 sigma_i, s^2 = area of the truth
 *
 * with d the distance between the two places of a point. A point of the truth that the other pose lacks counts as 0.
 * NaN where the truth has no points. O(points).
 *
 * Example: one point with d = 10, area 10^4 and sigma 0.026: exp(-100 / (2 * 10^4 * 0.052^2)) = 0.157377.
 *
 * @param sigmas one for each point
 */
export function objectKeypointSimilarity(pose: Pose, truth: Pose, sigmas: readonly number[]): number {
  let [sum, points] = [0, 0];
  for (const [at, expected] of truth.points.entries()) {
    if (expected === null) continue;
    points++;
    const found = pose.points[at] ?? null;
    if (found === null) continue;
    const squared = (found.x - expected.x) ** 2 + (found.y - expected.y) ** 2;
    sum += Math.exp(-squared / (2 * (truth.area + SMALLEST_AREA) * (2 * sigmas[at]!) ** 2));
  }
  return points === 0 ? NaN : sum / points;
}

/** The mean of both directions: neither of two people is the truth. 0 where one of the poses has no points. */
export function mutualKeypointSimilarity(a: Pose, b: Pose, sigmas: readonly number[]): number {
  const both = (objectKeypointSimilarity(a, b, sigmas) + objectKeypointSimilarity(b, a, sigmas)) / 2;
  return Number.isNaN(both) ? 0 : both;
}
