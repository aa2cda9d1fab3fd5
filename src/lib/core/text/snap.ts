import type { TextRange, TextSegments } from './segments';

/** What a selection is widened to. */
export type SnapTo = 'graphemes' | 'words';

const SPACE = /^\s+$/;
const LINE_BREAK = /^[\r\n]+$/;

/**
 * What somebody means who selects a piece of a text, its ends in any order: every grapheme that is touched, or every
 * word. White space around words, and line breaks around anything, came along by accident.
 *
 * @returns null where nothing is left
 */
export function snap(segments: TextSegments, selected: TextRange, to: SnapTo): TextRange | null {
  const { text } = segments;
  const first = Math.max(0, Math.min(selected.start, selected.end));
  const last = Math.min(text.length, Math.max(selected.start, selected.end));
  if (first >= last) return null;
  const touched = trimmed(segments, aroundGraphemes(segments, first, last), to === 'words' ? SPACE : LINE_BREAK);
  if (!touched || to === 'graphemes') return touched;
  // A word may begin within a cluster, where a dictionary says so.
  return aroundGraphemes(segments, segments.wordAt(touched.start).start, segments.wordAt(touched.end - 1).end);
}

const aroundGraphemes = (segments: TextSegments, start: number, end: number): TextRange => ({
  start: segments.graphemeAt(start).start,
  end: segments.graphemeAt(end - 1).end,
});

/** Without the graphemes at either end that are nothing but `idle` characters. */
function trimmed(segments: TextSegments, { start, end }: TextRange, idle: RegExp): TextRange | null {
  const isIdle = (from: number, to: number) => idle.test(segments.text.slice(from, to));
  while (start < end && isIdle(start, segments.nextGrapheme(start))) start = segments.nextGrapheme(start);
  while (end > start && isIdle(segments.previousGrapheme(end), end)) end = segments.previousGrapheme(end);
  return start < end ? { start, end } : null;
}
