import { pageFault } from '../page-errors';
import type { Span, SpanValue } from '../model/annotation';
import type { SpanField } from '../model/schema';
import { err, ok } from '../result';
import { bestPairs, type Pair } from '../stats/assignment';
import type { Extent, FieldKind } from './kind';
import { canonicalRegions, countClasses, isRegion, regionsFault, remapped, withoutConfidence } from './regions';

/** A span as values hold it: its keys in the order of the canonical encoding. Does not check anything. */
export const newSpan = ({ id, end, class: classId, start, confidence }: Span): Span => ({
  ...{ id, end, class: classId, start },
  ...(confidence !== undefined && { confidence }),
});

const KEYS = ['id', 'end', 'class', 'start'];

const isSorted = (spans: SpanValue): boolean =>
  spans.every((one, at) => at === 0 || compareSpans(spans[at - 1]!, one) <= 0);

/** What keeps a span from being one, in words; null for nothing. Grapheme clusters are not looked at: browsers differ. */
export function spanFault({ start, end }: Pick<Span, 'start' | 'end'>, extent: Extent | null): string | null {
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end)) return 'the ends of a span are not whole numbers';
  if (start < 0) return 'a span starts before the text';
  if (end <= start) return 'a span is empty';
  if (extent === null) return null;
  if (extent.kind !== 'text') return 'an image has no spans';
  const { text } = extent;
  if (end > text.length) return `a span ends past the text, which has ${text.length} UTF-16 code units`;
  if (splitsPair(text, start) || splitsPair(text, end)) return 'a span begins or ends within a character';
  return null;
}

/** Whether a place lies between the two halves of a surrogate pair. */
const splitsPair = (text: string, at: number): boolean =>
  (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;

/** The order of spans in a value: by start, the longer first, then by class and id. */
export function compareSpans(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end || compareText(a.class, b.class) || compareText(a.id, b.id);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const isSpan = (value: unknown): value is Span =>
  isRegion(value) && Number.isSafeInteger(value['start']) && Number.isSafeInteger(value['end']);

const isSpans = (value: unknown): value is SpanValue => Array.isArray(value) && value.every(isSpan);

/** Pieces of a text, which may nest and overlap. */
export const span: FieldKind<SpanField, SpanValue> = {
  kind: 'span',
  content: ['text'],
  is: isSpans,
  blank: () => [],

  validate(value, field, extent) {
    const invalid = (reason: string) => err(pageFault('value.invalid', field.id, { reason }));
    if (!isSpans(value)) return invalid('spans are a list, each with id, class, start and end');
    const wrong = regionsFault(value, field, 'spans');
    if (wrong !== null) return invalid(wrong);
    for (const one of value) {
      const reason = spanFault(one, extent);
      if (reason !== null) return invalid(`${reason} (${one.start}-${one.end})`);
    }
    const spans = canonicalRegions(value, KEYS, newSpan, () => true);
    return ok(isSorted(spans) ? spans : [...spans].sort(compareSpans));
  },

  /**
   * Spans of the same class are paired so that their overlaps (intersection over union, in code units) sum to the most;
   * that sum over the number of pairs and of spans without a partner. The Jaccard index where pairs are equal or disjoint.
   */
  similarity(a, b) {
    if (a.length === 0 && b.length === 0) return 1;
    const pairs = bestPairs(overlappingPairs(a, b));
    return pairs.reduce((sum, { weight }) => sum + weight, 0) / (a.length + b.length - pairs.length);
  },

  project(value, field) {
    const spans = remapped(value, field);
    return spans === value ? value : [...spans].sort(compareSpans);
  },

  counts: countClasses,
  confirmed: withoutConfidence,
};

/** Spans of one class that share any text. Both lists are sorted by start. */
function overlappingPairs(a: SpanValue, b: SpanValue): Pair[] {
  const longest = b.reduce((most, { start, end }) => Math.max(most, end - start), 0);
  const pairs: Pair[] = [];
  let first = 0;
  for (const [left, one] of a.entries()) {
    while (first < b.length && b[first]!.start + longest <= one.start) first++;
    for (let right = first; right < b.length && b[right]!.start < one.end; right++) {
      const other = b[right]!;
      const shared = Math.min(one.end, other.end) - Math.max(one.start, other.start);
      if (shared <= 0 || other.class !== one.class) continue;
      const union = one.end - one.start + (other.end - other.start) - shared;
      pairs.push({ left, right, weight: shared / union });
    }
  }
  return pairs;
}
