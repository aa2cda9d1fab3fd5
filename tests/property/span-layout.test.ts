import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutBlocks } from '#core/text/blocks';
import { sameText } from '#core/text/same-text';
import { TextSegments, type TextRange } from '#core/text/segments';
import { snap } from '#core/text/snap';
import { LANES, layBlocks, piecesOf, placeSpans } from '#core/text/span-layout';

const LENGTH = 60;
const range = fc
  .tuple(fc.integer({ min: 0, max: LENGTH + 5 }), fc.integer({ min: 1, max: 20 }))
  .map(([start, length]): TextRange => ({ start, end: start + length }));
const sorted = (spans: TextRange[]) => spans.sort((a, b) => a.start - b.start || b.end - a.end);
const someSpans = (maxLength: number) => fc.array(range, { maxLength }).map(sorted);
const overlap = (a: TextRange, b: TextRange) => a.start < b.end && b.start < a.end;
/** A text with every kind of trouble, of few characters, so that things meet. */
const trickyText = fc
  .array(fc.constantFrom('a', 'b', ' ', 'ab', '\n', '\r\n', '👩‍👧', '🇩🇪', 'e\u0301', '한', 'ש', '.', "'"), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''));

describe('placeSpans', () => {
  test('spans that share text have different lanes, and there are no more lanes than overlap somewhere', () => {
    fc.assert(
      fc.property(someSpans(LANES), (spans) => {
        const placed = placeSpans(spans, LENGTH);
        expect(placed.map(({ span }) => span)).toEqual(spans.filter(({ start }) => start < LENGTH));
        for (const [nth, one] of placed.entries()) {
          for (const other of placed.slice(nth + 1)) if (overlap(one, other)) expect(one.lane).not.toBe(other.lane);
        }
        let deepest = 0;
        for (let at = 0; at < LENGTH; at++) {
          deepest = Math.max(deepest, placed.filter(({ start, end }) => start <= at && at < end).length);
        }
        expect(new Set(placed.map(({ lane }) => lane)).size).toBe(deepest);
      }),
    );
  });

  test('what lies deeper than the lanes is left out, and nothing is slow', () => {
    const spans = Array.from({ length: 20_000 }, () => ({ start: 0, end: 50_000 }));
    expect(placeSpans(spans, 50_000)).toHaveLength(LANES);
  });
});

describe('layBlocks and piecesOf', () => {
  const blocks = [0, 13, 26, 39, 52].map((start) => ({ start, end: Math.min(LENGTH, start + 13), continues: false }));
  const same = (a: TextRange, b: TextRange) => a === b;

  test('the pieces cover the text in order, each on exactly the spans that hold it, and every span has one tag', () => {
    fc.assert(
      fc.property(someSpans(LANES), (spans) => {
        const placed = placeSpans(spans, LENGTH);
        const pieces = layBlocks(blocks, placed, null, same).flatMap((block) => piecesOf(block));
        let at = 0;
        for (const piece of pieces) {
          if (piece.kind === 'tag') {
            expect(piece.at).toBe(at);
            continue;
          }
          expect(piece.start).toBe(at);
          expect(piece.end).toBeGreaterThan(at);
          for (let unit = piece.start; unit < piece.end; unit++) {
            expect(piece.under).toEqual(placed.filter(({ start, end }) => start <= unit && unit < end));
          }
          at = piece.end;
        }
        expect(at).toBe(LENGTH);
        expect(pieces.flatMap((piece) => (piece.kind === 'tag' ? [piece.of] : []))).toEqual(placed);
      }),
    );
  });

  test('a layout that builds on an earlier one is the same as one from scratch, and keeps what did not change', () => {
    fc.assert(
      fc.property(someSpans(8), range, (spans, more) => {
        const before = layBlocks(blocks, placeSpans(spans, LENGTH), null, same);
        const placed = placeSpans(sorted([...spans, more]), LENGTH);
        const after = layBlocks(blocks, placed, before, same);
        expect(after).toEqual(layBlocks(blocks, placed, null, same));
        const again = layBlocks(blocks, placeSpans(spans, LENGTH), before, same);
        for (const [at, block] of again.entries()) expect(block).toBe(before[at]);
      }),
    );
  });
});

describe('snap', () => {
  test('what is snapped holds everything but white space that was selected, and snaps to itself', () => {
    fc.assert(
      fc.property(trickyText, fc.nat(60), fc.nat(60), fc.constantFrom('graphemes', 'words'), (text, a, b, to) => {
        const segments = new TextSegments(text);
        const [start, end] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)];
        const found = snap(segments, { start, end }, to);
        if (!found) {
          expect(text.slice(start, end).trim()).toBe('');
          return;
        }
        expect(text.slice(start, found.start).trim()).toBe('');
        expect(text.slice(found.end, end).trim()).toBe('');
        const edges = new Set([text.length, ...[...new Intl.Segmenter('en').segment(text)].map(({ index }) => index)]);
        expect(edges.has(found.start) && edges.has(found.end)).toBe(true);
        expect(snap(segments, found, to)).toEqual(found);
      }),
    );
  });
});

describe('sameText', () => {
  test('finds the same letters, apart from each other and from the piece, and misses no whole word', () => {
    fc.assert(
      fc.property(trickyText, fc.nat(60), fc.nat(60), (text, a, b) => {
        const segments = new TextSegments(text);
        const piece = snap(segments, { start: a, end: b }, 'words');
        if (!piece) return;
        const wanted = text.slice(piece.start, piece.end);
        const found = sameText(segments, piece);
        for (const [nth, one] of found.entries()) {
          expect(text.slice(one.start, one.end)).toBe(wanted);
          expect(overlap(one, piece)).toBe(false);
          for (const other of found.slice(nth + 1)) expect(overlap(one, other)).toBe(false);
        }
        const words = [...new Intl.Segmenter('en', { granularity: 'word' }).segment(text)].filter(
          ({ segment, index }) => segment === wanted && index !== piece.start,
        );
        for (const { index } of words) expect(found.map(({ start }) => start)).toContain(index);
      }),
    );
  });
});

describe('cutBlocks', () => {
  test('blocks cover the text, begin between characters, and continue exactly where no line ended', () => {
    const long = fc.tuple(trickyText, fc.integer({ min: 1, max: 400 })).map(([text, times]) => text.repeat(times));
    fc.assert(
      fc.property(long, (text) => {
        const segments = new TextSegments(text);
        let at = 0;
        for (const { start, end, continues } of cutBlocks(segments)) {
          expect(start).toBe(at);
          expect(end - start).toBeLessThan(5_000);
          expect(continues).toBe(start > 0 && text[start - 1] !== '\n');
          if (end < text.length) expect(segments.graphemeAt(end).start).toBe(end);
          at = end;
        }
        expect(at).toBe(text.length);
      }),
      { numRuns: 40 },
    );
  });
});
