import {
  boundsOf,
  centreOf,
  intersectionOverUnion,
  normalDegrees,
  type RotatedRect,
} from '../../geometry/rotated-rect';
import type { Box, BoxValue } from '../../model/annotation';
import type { BoxField } from '../../model/schema';
import { newBox } from '../box';
import { MAX_REGIONS } from '../regions';
import { sameValue } from '../values';
import type { Fusion } from './fusion';
import { byClass, compareText, heaviest, isAtLeastHalf, isHeavier, totalWeight, vote, weightOf } from './votes';

/** Boxes that overlap by this much, intersection over union, may be the same thing. */
const SAME_THING = 0.5;

interface Member {
  readonly box: Box;
  readonly annotator: number;
  readonly weight: number;
  /** Where it lies among the annotator's boxes, from 0, the lowest, to below 1. */
  readonly place: number;
}

/** Boxes of several annotators around one thing, at most one of each. */
interface Cluster {
  readonly members: readonly Member[];
  readonly weight: number;
  readonly mean: RotatedRect;
}

/**
 * Weighted box fusion (Solovyev, Wang and Gabruseva 2021), with annotators in place of detectors.
 *
 * Boxes of different annotators that overlap by half (IoU >= 0.5) are joined, those of one class and the largest overlaps first, as long
 * as the joined boxes overlap so too, and no annotator has two boxes in a cluster. Of a cluster that annotators with at least half of the
 * weight have, there remains the weighted mean: of centre, size and angle, on the circle. A box turned by a quarter with its sides
 * exchanged is the same box, so the mean is taken over whichever of the four readings lies nearest. Its class is the one with the most
 * weight, ties to the first of the schema.
 *
 * Where nothing is kept and at least one box must be drawn, the cluster with the most weight stays. O(n log n) for n boxes that
 * overlap with few others.
 *
 * @example boxes [0, 0, 10, 10] and [1, 0, 10, 10] of two annotators -> [0.5, 0, 10, 10]
 */
export const fuseBoxes: Fusion<BoxField, BoxValue> = (values, field, weights) => {
  const [first] = values as readonly [BoxValue];
  if (values.every((value) => sameValue(value, first))) return first;
  const total = totalWeight(values, weights);
  const clusters = clustered(membersOf(values, weights));
  const kept = clusters.filter(({ weight }) => isAtLeastHalf(weight, total));
  if (kept.length === 0 && field.required) kept.push(...heaviestOf(clusters));
  return kept
    .sort(fromLowest)
    .slice(0, MAX_REGIONS)
    .map((cluster, at) => newBox({ ...cluster.mean, id: String(at + 1), class: classOf(cluster, field) }));
};

/** Every box with whose it is, in an order that does not depend on that of the annotators. */
function membersOf(values: readonly BoxValue[], weights: readonly number[] | null): Member[] {
  return values
    .flatMap((value, annotator) =>
      value.map((box, at) => ({ box, annotator, weight: weightOf(weights, annotator), place: at / value.length })),
    )
    .sort((a, b) => compareBoxes(a.box, b.box) || a.weight - b.weight || a.place - b.place);
}

const compareBoxes = (a: Box, b: Box): number =>
  compareRects(a, b) || compareText(a.class, b.class) || compareText(a.id, b.id);

const compareRects = (a: RotatedRect, b: RotatedRect): number =>
  a.x - b.x || a.y - b.y || a.width - b.width || a.height - b.height || a.rotation - b.rotation;

function clustered(members: readonly Member[]): Cluster[] {
  const clusterOf = new Map<Member, Cluster>();
  for (const member of members) clusterOf.set(member, { members: [member], weight: member.weight, mean: member.box });
  for (const { a, b } of likelyPairs(members)) {
    const [one, other] = [clusterOf.get(a)!, clusterOf.get(b)!];
    if (one === other || sharesAnnotator(one, other)) continue;
    if (intersectionOverUnion(one.mean, other.mean) < SAME_THING) continue;
    const joined = [...one.members, ...other.members];
    const cluster = { members: joined, weight: one.weight + other.weight, mean: meanOf(joined) };
    for (const member of joined) clusterOf.set(member, cluster);
  }
  return [...new Set(clusterOf.values())];
}

const sharesAnnotator = (one: Cluster, other: Cluster): boolean =>
  one.members.some(({ annotator }) => other.members.some((member) => member.annotator === annotator));

/** Boxes of different annotators that overlap enough, by a sweep from left to right: of one class first, then by their overlap. */
function likelyPairs(members: readonly Member[]): { readonly a: Member; readonly b: Member }[] {
  const edges = members
    .map((member) => {
      const { x, width } = boundsOf(member.box);
      return { member, left: x, right: x + width };
    })
    .sort((a, b) => a.left - b.left);
  const pairs: { a: Member; b: Member; overlap: number; isOneClass: boolean }[] = [];
  for (const [at, { member: a, right }] of edges.entries()) {
    for (let next = at + 1; next < edges.length && edges[next]!.left < right; next++) {
      const b = edges[next]!.member;
      if (a.annotator === b.annotator) continue;
      const overlap = intersectionOverUnion(a.box, b.box);
      if (overlap >= SAME_THING) pairs.push({ a, b, overlap, isOneClass: a.box.class === b.box.class });
    }
  }
  return pairs.sort((one, other) => Number(other.isOneClass) - Number(one.isOneClass) || other.overlap - one.overlap);
}

/** Means are taken of differences from one member, so that the mean of equal boxes is that box to the last bit. */
function meanOf(members: readonly Member[]): RotatedRect {
  const from = middleOne(members);
  const origin = centreOf(from);
  const sum = { x: 0, y: 0, width: 0, height: 0, rotation: 0, weight: 0 };
  for (const { box, weight } of members) {
    const { rotation, width, height } = nearestReading(box, from.rotation);
    const centre = centreOf(box);
    sum.x += weight * (centre.x - origin.x);
    sum.y += weight * (centre.y - origin.y);
    sum.width += weight * (width - from.width);
    sum.height += weight * (height - from.height);
    sum.rotation += weight * rotation;
    sum.weight += weight;
  }
  const [wider, higher] = [sum.width / sum.weight, sum.height / sum.weight];
  return {
    x: from.x + sum.x / sum.weight - wider / 2,
    y: from.y + sum.y / sum.weight - higher / 2,
    width: from.width + wider,
    height: from.height + higher,
    rotation: normalDegrees(from.rotation + sum.rotation / sum.weight),
  };
}

/** The box whose angle is nearest to those of the others, so that few who turned it upside down do not turn the mean. */
function middleOne(members: readonly Member[]): Box {
  const distance = ({ box }: Member) =>
    members.reduce(
      (sum, other) => sum + other.weight * Math.abs(turnBetween(other.box.rotation, box.rotation, 360)),
      0,
    );
  let [best] = members as readonly [Member];
  for (const member of members) {
    const [nearer, near] = [distance(member), distance(best)];
    if (isHeavier(near, nearer) || (!isHeavier(nearer, near) && compareBoxes(member.box, best.box) < 0)) best = member;
  }
  return best.box;
}

/** Sides, and the turn from an angle of degrees, of the reading of a box that lies nearest to that angle. */
function nearestReading({ width, height, rotation }: RotatedRect, from: number) {
  const turn = turnBetween(rotation, from, 90);
  const quarters = Math.round((turnBetween(rotation, from, 360) - turn) / 90);
  return quarters % 2 === 0 ? { width, height, rotation: turn } : { width: height, height: width, rotation: turn };
}

/** The smallest turn from one angle to another, in degrees, where `period` is a whole turn. */
function turnBetween(to: number, from: number, period: number): number {
  const turn = (to - from) % period;
  return turn - period * Math.round(turn / period);
}

function classOf({ members }: Cluster, field: BoxField): string {
  const votes = new Map<string, number>();
  for (const { box, weight } of members) vote(votes, box.class, weight);
  return heaviest(votes, byClass(field));
}

/** In the order in which annotators drew them, on average, as far as they can be told apart. */
const fromLowest = (a: Cluster, b: Cluster): number =>
  meanPlace(a) - meanPlace(b) || compareRects(a.mean, b.mean) || compareText(keyOf(a), keyOf(b));

const meanPlace = ({ members, weight }: Cluster): number =>
  members.reduce((sum, member) => sum + member.weight * member.place, 0) / weight;

const keyOf = ({ members }: Cluster): string =>
  members
    .map(({ box }) => box.class)
    .sort()
    .join(' ');

/** The one with the most weight, the first of several; none where nobody drew any. */
function heaviestOf(clusters: readonly Cluster[]): Cluster[] {
  if (clusters.length === 0) return [];
  return [heaviest(new Map(clusters.map((cluster) => [cluster, cluster.weight])), fromLowest)];
}
