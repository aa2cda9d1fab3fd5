import type { Span, SpanValue } from '../../model/annotation';
import type { ClassId } from '../../model/ids';
import type { SpanField } from '../../model/schema';
import { MAX_REGIONS } from '../regions';
import { compareSpans, newSpan } from '../span';
import { sameValue } from '../values';
import type { Fusion } from './fusion';
import { heaviest, isMoreThanHalf, totalWeight, vote, weightOf } from './votes';

/** A piece of the text. */
type Piece = Pick<Span, 'start' | 'end'>;

/** What one annotator marked as one class. */
interface Marked {
  readonly weight: number;
  readonly pieces: readonly Piece[];
}

/**
 * Spans by the vote of annotators, class by class.
 *
 * 1. A span that annotators with more than half of the weight marked alike stays as it is. So nested spans of one class survive.
 * 2. What is left is voted on token by token, where the ends of all spans delimit the tokens: kept is what more than half of the weight
 *    covers. Kept tokens that touch become one span, except where more than half of the weight begins a new one.
 *
 * Where more than half must agree, nothing is kept that two annotators do not share; a question that must be answered then
 * keeps the span with the most weight. O(n log n) for n spans.
 *
 * @example [0, 5) of two annotators and [0, 8) of a third, all of one class -> [0, 5)
 */
export const fuseSpans: Fusion<SpanField, SpanValue> = (values, field, weights) => {
  const [first] = values as readonly [SpanValue];
  if (values.every((value) => sameValue(value, first))) return first;
  const total = totalWeight(values, weights);
  const classes = new Set(values.flatMap((value) => value.map((span) => span.class)));
  const fused = [...classes].flatMap((id) =>
    fusedPieces(markedAs(id, values, weights), total).map((piece) => numbered({ ...piece, class: id }, 0)),
  );
  if (fused.length === 0 && field.required) fused.push(...mostMarked(values, weights));
  return fused
    .sort(compareSpans)
    .slice(0, MAX_REGIONS)
    .map((span, at) => numbered(span, at + 1));
};

const numbered = (span: Omit<Span, 'id'>, id: number): Span => newSpan({ ...span, id: String(id) });

function markedAs(id: ClassId, values: readonly SpanValue[], weights: readonly number[] | null): Marked[] {
  return values.map((value, at) => ({
    weight: weightOf(weights, at),
    pieces: value.filter((span) => span.class === id),
  }));
}

function fusedPieces(marked: readonly Marked[], total: number): Piece[] {
  const votes = new Map<string, number>();
  for (const { weight, pieces } of marked) for (const key of new Set(pieces.map(keyOf))) vote(votes, key, weight);
  const agreed = new Set([...votes.keys()].filter((key) => isMoreThanHalf(votes.get(key)!, total)));
  const left = marked.map(({ weight, pieces }) => ({
    weight,
    pieces: pieces.filter((piece) => !agreed.has(keyOf(piece))),
  }));
  return [...Array.from(agreed, pieceOf), ...tokenwise(left, total)];
}

/** The pieces of text that most cover, by a sweep over the ends of all that anybody marked. */
function tokenwise(marked: readonly Marked[], total: number): Piece[] {
  // How much the weight of those who cover the text changes at a place, and how much of it begins there.
  const changes = new Map<number, number>();
  const begun = new Map<number, number>();
  for (const { weight, pieces } of marked) {
    for (const { start, end } of runs(pieces)) {
      vote(changes, start, weight);
      vote(changes, end, -weight);
      vote(begun, start, weight);
    }
  }
  const kept: { start: number; end: number }[] = [];
  let weight = 0;
  let isOpen = false;
  for (const at of [...changes.keys()].sort((a, b) => a - b)) {
    weight += changes.get(at)!;
    const isKept = isMoreThanHalf(weight, total);
    if (isOpen) kept.at(-1)!.end = at;
    if (isKept && (!isOpen || isMoreThanHalf(begun.get(at) ?? 0, total))) kept.push({ start: at, end: at });
    isOpen = isKept;
  }
  return kept;
}

/** What one annotator covers; pieces that overlap become one, those that touch stay apart. They come sorted by start. */
function runs(pieces: readonly Piece[]): Piece[] {
  const found: { start: number; end: number }[] = [];
  for (const { start, end } of pieces) {
    const last = found.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else found.push({ start, end });
  }
  return found;
}

/** The one span that has the most weight, the first of several; none where nobody marked any. */
function mostMarked(values: readonly SpanValue[], weights: readonly number[] | null): Span[] {
  const votes = new Map<string, number>();
  const spans = new Map<string, Span>();
  for (const [at, value] of values.entries()) {
    const own = new Map(value.map((span) => [`${keyOf(span)} ${span.class}`, numbered(span, 0)]));
    for (const [key, span] of own) {
      spans.set(key, span);
      vote(votes, key, weightOf(weights, at));
    }
  }
  if (votes.size === 0) return [];
  return [spans.get(heaviest(votes, (a, b) => compareSpans(spans.get(a)!, spans.get(b)!)))!];
}

const keyOf = ({ start, end }: Piece): string => `${start} ${end}`;

function pieceOf(key: string): Piece {
  const [start, end] = key.split(' ').map(Number) as [number, number];
  return { start, end };
}
