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
  /** Class -> places of its spans, by their ends. */
  readonly byEnd: ReadonlyMap<number, readonly number[]>;
}

export function spanList(value: SpanValue, numbers: ClassNumbers): SpanList {
  const spans = value.map(({ start, end, class: id }) => ({ start, end, class: numbers.of(id) }));
  spans.sort((a, b) => a.start - b.start || a.end - b.end || a.class - b.class);
  const [starts, ends] = [new Uint32Array(spans.length), new Uint32Array(spans.length)];
  const classes = new Uint32Array(spans.length);
  const byEnd = new Map<number, number[]>();
  for (const [at, span] of spans.entries()) {
    starts[at] = span.start;
    ends[at] = span.end;
    classes[at] = span.class;
    const places = byEnd.get(span.class);
    if (places === undefined) byEnd.set(span.class, [at]);
    else places.push(at);
  }
  for (const places of byEnd.values()) places.sort((one, other) => ends[one]! - ends[other]! || one - other);
  return { length: spans.length, starts, ends, classes, byEnd };
}
