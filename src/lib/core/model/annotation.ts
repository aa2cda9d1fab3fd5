import type { ClassId, FieldId, RegionId } from './ids';

/**
 * A choice's value: ids of the chosen classes in schema order; exactly one for a single choice. `[]` is a deliberate
 * "none of these" in an optional or multiple choice.
 */
export type ChoiceValue = readonly string[];

interface Region {
  /** Unique within the value: by it a region is followed through edits, and told from its proposal. */
  readonly id: RegionId;
  readonly class: ClassId;
  /** 0 to 1; in predictions only, where the source gave one. */
  readonly confidence?: number;
}

/**
 * A rectangle in pixels of the upright image (origin top left, y down, fractions allowed), turned about its centre.
 * `x` and `y` are its left upper corner before turning.
 */
export interface Box extends Region {
  readonly x: number;
  readonly y: number;
  /** Above 0. */
  readonly width: number;
  /** Above 0. */
  readonly height: number;
  /** Degrees clockwise, 0 <= rotation < 360. */
  readonly rotation: number;
}

/** Boxes from the lowest to the topmost, as they were drawn; `[]` says that there is nothing to be found. */
export type BoxValue = readonly Box[];

/** A piece of the text, in UTF-16 code units, half-open. */
export interface Span extends Region {
  readonly start: number;
  /** Above `start`. */
  readonly end: number;
}

/** Spans by start, the longer first, then by class and id; they may nest and overlap. `[]`: there is nothing to be found. */
export type SpanValue = readonly Span[];

/** The value of any field kind. A kind's value is plain, canonical data: equal values have equal encodings. */
export type FieldValue = ChoiceValue | BoxValue | SpanValue;

/** One author's answer to one item: a value per field. A field that was left open is absent. */
export type Values = Readonly<Record<FieldId, FieldValue>>;

/** Who or what first proposed the values that were submitted; `again`: the person, who was asked once more and not shown their former answer. */
export type ValuesOrigin = 'person' | 'prediction' | 'import' | 'bulk' | 'again';

/** Values with what belongs to them while they are being made; every gesture stores one. */
export interface Draft {
  readonly values: Values;
  /** A remark of the annotator; '' when there is none. */
  readonly note: string;
}
