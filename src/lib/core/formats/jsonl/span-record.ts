import { MAX_REGIONS } from '../../fields/regions';
import type { Span } from '../../model/annotation';
import { CodePoints } from '../../text/code-points';
import type { NamedValue } from '../inferred-schema';

/** Keys that hold the text of a record: of most, and of older exports by doccano. */
const TEXT_KEYS = ['text', 'data'] as const;

/** Keys that hold spans where their lists do: prodigy's, spaCy's, doccano's. `[]` under these says that there are none. */
const SPAN_KEYS: readonly string[] = ['spans', 'entities', 'ents'];

/** Keys that hold what the record as a whole is. Older doccano has spans here. */
const LABEL_KEYS: readonly string[] = ['label', 'labels', 'intent', 'category'];

/** A record of a text with spans, as others write them. */
export interface SpanRecord {
  readonly text: string;
  readonly named: ReadonlyMap<string, NamedValue>;
  /** Further strings, numbers and truth values, as texts. */
  readonly meta: Readonly<Record<string, string>>;
}

/** A span as it stands in a record: nothing is known of its parts. */
interface RawSpan {
  readonly start: unknown;
  readonly end: unknown;
  readonly label: unknown;
}

/** A JSON object. */
export type RawRecord = Readonly<Record<string, unknown>>;

/** The text of a record and where it stands; null where it has none. */
export function textOf(record: RawRecord): { readonly key: string; readonly text: string } | null {
  for (const key of TEXT_KEYS) {
    const text = record[key];
    if (typeof text === 'string') return { key, text };
  }
  return null;
}

/** Whether the record holds at least one span. */
export const holdsSpans = (record: RawRecord): boolean =>
  [...SPAN_KEYS, ...LABEL_KEYS].some((key) => (rawSpans(record[key])?.length ?? 0) > 0);

/**
 * Reads a record whose text is known. Places are code points, as Python and so all of these programs count them.
 *
 * @param onFlaw told of each span that is refused, with where it is in the record; the rest is kept
 */
export function readSpanRecord(
  record: RawRecord,
  { key: textKey, text }: { readonly key: string; readonly text: string },
  onFlaw: (place: string, reason: string) => void,
): SpanRecord {
  const named = new Map<string, NamedValue>();
  const meta: Record<string, string> = {};
  const points = new CodePoints(text);
  for (const [key, value] of Object.entries(record)) {
    if (Array.isArray(value) && value.length > MAX_REGIONS && rawSpan(value[0]) !== null) {
      onFlaw(key, `there are more than ${MAX_REGIONS.toLocaleString('en')} spans`);
      continue;
    }
    const spans = SPAN_KEYS.includes(key) || LABEL_KEYS.includes(key) ? rawSpans(value) : null;
    if (spans !== null && (spans.length > 0 || SPAN_KEYS.includes(key))) {
      const read = readSpans(spans, points, (place, reason) => {
        onFlaw(`${key}${place}`, reason);
      });
      named.set(key, { kind: 'span', spans: read });
    } else if (LABEL_KEYS.includes(key)) {
      const labels = labelsOf(value);
      if (labels !== null) named.set(key, { kind: 'choice', labels });
      else if (value !== null && value !== '') onFlaw(key, 'a label is neither a text nor a list of texts');
    } else if (key !== textKey) {
      const cell = cellOf(value);
      if (cell !== null) meta[key] = cell;
    }
  }
  return { text, named, meta };
}

/** The spans in a list: `[start, end, label]`, or objects with these; null where the list holds something else. */
function rawSpans(value: unknown): RawSpan[] | null {
  if (!Array.isArray(value)) return null;
  const spans: RawSpan[] = [];
  for (const one of value as readonly unknown[]) {
    const span = rawSpan(one);
    if (span === null) return null;
    spans.push(span);
  }
  return spans;
}

function rawSpan(one: unknown): RawSpan | null {
  if (typeof one !== 'object' || one === null) return null;
  if (Array.isArray(one)) {
    const [start, end, label] = one as readonly unknown[];
    return one.length === 3 ? { start, end, label } : null;
  }
  const { start, end, start_offset, end_offset, label } = one as Readonly<Record<string, unknown>>;
  return start === undefined && start_offset === undefined
    ? null
    : { start: start ?? start_offset, end: end ?? end_offset, label };
}

function readSpans(
  raw: readonly RawSpan[],
  points: CodePoints,
  onFlaw: (place: string, reason: string) => void,
): Span[] {
  const spans: Span[] = [];
  for (const [index, { start, end, label }] of raw.entries()) {
    const flaw = flawOf({ start, end, label }, points.length);
    if (flaw !== null) {
      onFlaw(` ${index + 1}`, flaw);
      continue;
    }
    spans.push({
      id: String(spans.length + 1),
      class: (label as string).trim(),
      start: points.toUnits(start as number),
      end: points.toUnits(end as number),
    });
  }
  return spans;
}

/** What keeps a span from being one of a text of so many code points; null for nothing. */
function flawOf({ start, end, label }: RawSpan, length: number): string | null {
  if (!isWhole(start) || !isWhole(end)) return 'the ends of a span are not whole numbers';
  if (typeof label !== 'string' || label.trim() === '') return 'the label of a span is no text';
  if (start < 0) return 'a span starts before the text';
  if (end === start) return `a span is empty (${start}-${end})`;
  if (end < start) return `a span ends before it starts (${start}-${end})`;
  if (end > length) return `a span ends past the text, which has ${length} characters (${start}-${end})`;
  return null;
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

function labelsOf(value: unknown): readonly string[] | null {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  const labels = list.map((label) => (typeof label === 'string' ? label.toWellFormed().trim() : null));
  return labels.every((label) => label !== null && label !== '') ? (labels as string[]) : null;
}

const cellOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).toWellFormed()
    : null;
