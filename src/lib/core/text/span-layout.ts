import { blockAt, type Block } from './blocks';
import type { TextRange } from './segments';

/** Spans that lie deeper are not drawn: twelve lines under a text are the most that anybody tells apart. */
export const LANES = 12;

/** A span with the place of its underline. */
export interface PlacedSpan<T> extends TextRange {
  readonly span: T;
  /** 0 is closest to the text. Spans that share any text have different lanes. */
  readonly lane: number;
}

/**
 * Gives each span the first lane that is free where it begins (greedy interval colouring: as few lanes as spans overlap at
 * any place). Ends past the text are cut off.
 *
 * @param spans by start, the longer first
 * @param length of the text, in UTF-16 code units
 * @returns the spans that are drawn; those without text or without a lane are left out. O(spans x LANES).
 */
export function placeSpans<T extends TextRange>(spans: readonly T[], length: number): PlacedSpan<T>[] {
  const taken: number[] = [];
  const placed: PlacedSpan<T>[] = [];
  for (const span of spans) {
    const start = Math.max(0, span.start);
    const end = Math.min(length, span.end);
    const free = taken.findIndex((until) => until <= start);
    const lane = free < 0 ? taken.length : free;
    if (start >= end || lane >= LANES) continue;
    taken[lane] = end;
    placed.push({ span, start, end, lane });
  }
  return placed;
}

/** A block of a text with the spans that touch it, in the order in which they were placed. */
export interface LaidBlock<T> extends Block {
  readonly spans: readonly PlacedSpan<T>[];
}

/**
 * Deals placed spans to the blocks that they touch. A block where nothing has changed is the same object as before, so
 * that it is not drawn again.
 *
 * @param before an earlier layout of the same blocks; null for none
 * @param same whether two spans look the same
 */
export function layBlocks<T>(
  blocks: readonly Block[],
  placed: readonly PlacedSpan<T>[],
  before: readonly LaidBlock<T>[] | null,
  same: (a: T, b: T) => boolean,
): LaidBlock<T>[] {
  const touching = blocks.map((): PlacedSpan<T>[] => []);
  for (const one of placed) {
    for (let at = blockAt(blocks, one.start); at < blocks.length && blocks[at]!.start < one.end; at++)
      touching[at]!.push(one);
  }
  const isSame = (a: PlacedSpan<T>, b: PlacedSpan<T> | undefined) =>
    b !== undefined && a.start === b.start && a.end === b.end && a.lane === b.lane && same(a.span, b.span);
  return blocks.map((block, at) => {
    const spans = touching[at]!;
    const known = before?.[at];
    const isKnown = known?.spans.length === spans.length && spans.every((one, nth) => isSame(one, known.spans[nth]));
    return isKnown ? known : { ...block, spans };
  });
}

/** What a block is drawn of, in the order of the text. */
export type Piece<T> =
  /** The tag at the beginning of a span. `under`: the spans that go on beneath it. */
  | { readonly kind: 'tag'; readonly at: number; readonly of: PlacedSpan<T>; readonly under: readonly PlacedSpan<T>[] }
  /** Text that lies on the same spans from end to end. */
  | ({ readonly kind: 'text'; readonly under: readonly PlacedSpan<T>[] } & TextRange);

/** Cuts a block where spans begin and end. The pieces of text cover the block. */
export function piecesOf<T>({ start, end, spans }: LaidBlock<T>): Piece<T>[] {
  const edges = new Set([start, end]);
  for (const span of spans) {
    edges.add(Math.max(start, span.start));
    edges.add(Math.min(end, span.end));
  }
  const pieces: Piece<T>[] = [];
  let under: readonly PlacedSpan<T>[] = [];
  let next = 0;
  const places = [...edges].sort((a, b) => a - b);
  for (const [nth, at] of places.entries()) {
    under = under.filter((span) => span.end > at);
    for (; next < spans.length && spans[next]!.start <= at; next++) {
      const of = spans[next]!;
      if (of.start === at) pieces.push({ kind: 'tag', at, of, under });
      under = [...under, of];
    }
    const until = places[nth + 1];
    if (until !== undefined) pieces.push({ kind: 'text', start: at, end: until, under });
  }
  return pieces;
}
