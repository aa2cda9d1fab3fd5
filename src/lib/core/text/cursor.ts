import type { TextSegments } from './segments';

/** What only a laid-out text can tell. */
export interface TextGeometry {
  /** Whether the line at this place runs from right to left. */
  isRightToLeft(at: number): boolean;
  /** The place above (-1) or below (1), in the same column as far as the lines allow; `at` itself on the last line. */
  acrossLines(at: number, direction: -1 | 1): number;
  /** The beginning (-1) or end (1) of the line as it is laid out. */
  lineEdge(at: number, direction: -1 | 1): number;
}

/** A movement in a text, as an arrow key means it: left and right as seen, whatever the direction of the writing. */
export interface Step {
  readonly by: 'grapheme' | 'word' | 'line' | 'line-edge' | 'text-edge';
  readonly towards: 'left' | 'right' | 'up' | 'down' | 'start' | 'end';
}

/** Where a step leads. */
export function moved(segments: TextSegments, geometry: TextGeometry, at: number, { by, towards }: Step): number {
  const forward =
    towards === 'down' ||
    towards === 'end' ||
    (towards === 'right') !== (isAcross(towards) && geometry.isRightToLeft(at));
  switch (by) {
    case 'grapheme':
      return forward ? segments.nextGrapheme(at) : segments.previousGrapheme(at);
    case 'word':
      return forward ? segments.nextWord(at) : segments.previousWord(at);
    case 'line':
      return geometry.acrossLines(at, forward ? 1 : -1);
    case 'line-edge':
      return geometry.lineEdge(at, forward ? 1 : -1);
    case 'text-edge':
      return forward ? segments.text.length : 0;
  }
}

const isAcross = (towards: Step['towards']): boolean => towards === 'left' || towards === 'right';
