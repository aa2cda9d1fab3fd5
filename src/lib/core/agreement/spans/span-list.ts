import type { SpanValue } from '../../model/annotation';
import type { ClassNumbers } from '../structured/class-numbers';

/** Spans of one answer by numbers, sorted by start, end and class. They may nest, overlap and repeat. */
export interface SpanList {
  readonly length: number;
  /** UTF-16 code units. */
  readonly starts: Uint32Array;
  /** Above the start. */
  readonly ends: Uint32Array;
  readonly classes: Uint32Array;
}

export function spanList(value: SpanValue, numbers: ClassNumbers): SpanList {
  const spans = value
    .map(({ start, end, class: id }) => ({ start, end, class: numbers.of(id) }))
    .sort((a, b) => a.start - b.start || a.end - b.end || a.class - b.class);
  return {
    length: spans.length,
    starts: Uint32Array.from(spans, ({ start }) => start),
    ends: Uint32Array.from(spans, ({ end }) => end),
    classes: Uint32Array.from(spans, (span) => span.class),
  };
}
