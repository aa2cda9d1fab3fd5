import type { FieldId } from './ids';

/**
 * A choice's value: ids of the chosen classes in schema order; exactly one for a single choice. `[]` is a deliberate
 * "none of these" in an optional or multiple choice.
 */
export type ChoiceValue = readonly string[];

/** The value of any field kind. A kind's value is plain, canonical data: equal values have equal encodings. */
export type FieldValue = ChoiceValue;

/** One author's answer to one item: a value per field. A field that was left open is absent. */
export type Values = Readonly<Record<FieldId, FieldValue>>;

/** Who or what first proposed the values that were submitted. */
export type ValuesOrigin = 'person' | 'prediction' | 'import' | 'bulk';

/** Values with what belongs to them while they are being made; every gesture stores one. */
export interface Draft {
  readonly values: Values;
  /** A remark of the annotator; '' when there is none. */
  readonly note: string;
}
