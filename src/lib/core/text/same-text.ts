import type { TextRange, TextSegments } from './segments';

/**
 * Where else a piece of a text occurs, letter for letter: in order, never overlapping each other or the piece itself. An end
 * that does not cut a word in two must not do so there either, so "art" in "the art" is not found in "party".
 */
export function sameText(segments: TextSegments, piece: TextRange): TextRange[] {
  const { text } = segments;
  const wanted = text.slice(piece.start, piece.end);
  const found: TextRange[] = [];
  if (wanted === '') return found;
  const isWhole = { start: segments.isWordEdge(piece.start), end: segments.isWordEdge(piece.end) };
  const fits = ({ start, end }: TextRange): boolean =>
    (end <= piece.start || start >= piece.end) &&
    isGraphemeEdge(segments, start) &&
    isGraphemeEdge(segments, end) &&
    (!isWhole.start || segments.isWordEdge(start)) &&
    (!isWhole.end || segments.isWordEdge(end));
  for (let at = text.indexOf(wanted); at >= 0;) {
    const match = { start: at, end: at + wanted.length };
    const isFit = fits(match);
    if (isFit) found.push(match);
    at = text.indexOf(wanted, isFit ? match.end : at + 1);
  }
  return found;
}

const isGraphemeEdge = (segments: TextSegments, at: number): boolean => segments.graphemeAt(at).start === at;
