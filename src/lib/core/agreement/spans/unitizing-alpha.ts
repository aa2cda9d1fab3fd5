import type { AnswersOf } from '../structured/answers';
import { NOTHING_MARKED } from '../structured/f1-tally';
import { PooledRatio } from '../structured/pooled-ratio';
import type { SpanList } from './span-list';

/** Disagreement over the pieces of one text, observed and expected by chance, summed over classes. */
export interface Disagreement {
  readonly observed: number;
  /** 0 where nobody marked anything. */
  readonly expected: number;
}

/** Pieces of one class by one annotator, by start, and what is between them. */
interface Unitizing {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/**
 * Krippendorff's unitizing alpha of one text (Krippendorff 1995; as corrected in 2004, Content Analysis, 2nd edition,
 * 11.6): alpha = 1 - sum over classes of D_o / sum over classes of D_e.
 *
 * For each class, the text of length L is cut by each of m annotators into units of that class and gaps between them.
 * Two sections g and h of two annotators, with starts b and lengths l, differ by
 *
 *   d(g, h) = (b_g - b_h)^2 + (b_g + l_g - b_h - l_h)^2   where both are units and overlap
 *   d(g, h) = l_g^2   where g is a unit that lies in the gap h, and the other way about
 *   d(g, h) = 0   else
 *
 *   D_o = sum over ordered pairs of annotators and their sections of d / (m (m - 1) L^2)
 *   D_e = 2/L sum over units g of [ (N - 1)/3 (2 l^3 - 3 l^2 + l) + l^2 sum over gaps h >= l of (h - l + 1) ]
 *         / (m L (m L - 1) - sum over units of l (l - 1))
 *
 * with l the length of g, h that of a gap and N the units of the class by all annotators. The units of one annotator
 * and class must not overlap; those that do are taken for one.
 *
 * O(s log s) with s spans.
 *
 * Example (Krippendorff 2004, p. 254): a text from 150 to 450; of class c, one marked [225, 295) and [370, 400), the
 * other [220, 300), [355, 375) and [400, 420): D_o = 0.0144, D_e = 0.0532, alpha = 0.7286.
 *
 * @param answers of two annotators or more
 * @param length UTF-16 code units; above 0
 */
export function unitizingDisagreement(answers: readonly SpanList[], length: number): Disagreement {
  const classes = new Set(answers.flatMap((answer) => [...answer.classes]));
  const whole = answers.reduce((most, { ends }) => ends.reduce((last, end) => Math.max(last, end), most), length);
  let [observed, expected] = [0, 0];
  for (const id of classes) {
    const unitizings = answers.map((answer) => unitsOf(answer, id));
    observed += observedDisagreement(unitizings, whole);
    expected += expectedDisagreement(unitizings, whole);
  }
  return { observed, expected };
}

/**
 * {@link unitizingDisagreement} of many texts: 1 - D_o / D_e with both summed over texts, each as much as it is long,
 * so that every character counts alike.
 *
 * @param lists place in the values of the answers -> spans
 * @param lengths of the items' texts; 0 where it is not known
 */
export function unitizingAlpha(
  { items, start, value }: AnswersOf<unknown>,
  lists: readonly SpanList[],
  lengths: ArrayLike<number> | undefined,
): PooledRatio {
  const alpha = new PooledRatio(
    'Krippendorff’s unitizing alpha (1995, 2004), texts by length',
    lengths === undefined ? 'The lengths of the texts are not known.' : NOTHING_MARKED,
  );
  if (lengths === undefined) return alpha;
  for (let item = 0; item < items; item++) {
    const length = lengths[item]!;
    const given = Array.from(value.subarray(start[item], start[item + 1]), (place) => lists[place]!);
    if (given.length < 2 || length <= 0) continue;
    const { observed, expected } = unitizingDisagreement(given, length);
    alpha.add(item, length * (expected - observed), length * expected);
  }
  return alpha;
}

/** Spans of a class, those that overlap as one; those that only touch stay two. */
function unitsOf({ length, starts: from, ends: to, classes }: SpanList, id: number): Unitizing {
  const [starts, ends]: [number[], number[]] = [[], []];
  for (let at = 0; at < length; at++) {
    if (classes[at] !== id) continue;
    const last = ends.length - 1;
    if (last >= 0 && from[at]! < ends[last]!) ends[last] = Math.max(ends[last]!, to[at]!);
    else {
      starts.push(from[at]!);
      ends.push(to[at]!);
    }
  }
  return { starts, ends };
}

function observedDisagreement(unitizings: readonly Unitizing[], length: number): number {
  let sum = 0;
  for (const [at, one] of unitizings.entries())
    for (const other of unitizings.slice(at + 1))
      sum += overlapDifferences(one, other) + inGaps(one, other) + inGaps(other, one);
  return (2 * sum) / (unitizings.length * (unitizings.length - 1) * length ** 2);
}

/** Sum over units of one and of the other that overlap. */
function overlapDifferences(one: Unitizing, other: Unitizing): number {
  let [sum, left, right] = [0, 0, 0];
  while (left < one.starts.length && right < other.starts.length) {
    const [start, end] = [one.starts[left]!, one.ends[left]!];
    const [otherStart, otherEnd] = [other.starts[right]!, other.ends[right]!];
    if (start < otherEnd && otherStart < end) sum += (start - otherStart) ** 2 + (end - otherEnd) ** 2;
    if (end <= otherEnd) left++;
    else right++;
  }
  return sum;
}

/** Sum of the squared lengths of units of one that overlap none of the other. */
function inGaps(one: Unitizing, other: Unitizing): number {
  let [sum, right] = [0, 0];
  for (const [left, start] of one.starts.entries()) {
    const end = one.ends[left]!;
    while (right < other.ends.length && other.ends[right]! <= start) right++;
    if (right === other.starts.length || other.starts[right]! >= end) sum += (end - start) ** 2;
  }
  return sum;
}

function expectedDisagreement(unitizings: readonly Unitizing[], length: number): number {
  const units = unitizings.flatMap(({ starts, ends }) => starts.map((start, at) => ends[at]! - start));
  const gaps = Float64Array.from(unitizings.flatMap((unitizing) => gapsOf(unitizing, length))).sort();
  /** Sum of the gaps from each place on. */
  const sums = new Float64Array(gaps.length + 1);
  for (let at = gaps.length - 1; at >= 0; at--) sums[at] = sums[at + 1]! + gaps[at]!;

  let [sum, withinUnits] = [0, 0];
  for (const unit of units) {
    const first = firstAtLeast(gaps, unit);
    const placesInGaps = sums[first]! - (gaps.length - first) * (unit - 1);
    sum += ((units.length - 1) / 3) * (2 * unit ** 3 - 3 * unit ** 2 + unit) + unit ** 2 * placesInGaps;
    withinUnits += unit * (unit - 1);
  }
  const places = unitizings.length * length;
  const ways = places * (places - 1) - withinUnits;
  return ways > 0 ? ((2 / length) * sum) / ways : 0;
}

function gapsOf({ starts, ends }: Unitizing, length: number): number[] {
  const gaps: number[] = [];
  let from = 0;
  for (const [at, start] of starts.entries()) {
    if (start > from) gaps.push(start - from);
    from = ends[at]!;
  }
  if (length > from) gaps.push(length - from);
  return gaps;
}

/** The first of ascending numbers that is at least so much, by bisection. */
function firstAtLeast(ascending: Float64Array, least: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
