import type { BoxValue, ChoiceValue, SpanValue, Values } from './annotation';
import type { ClassId, FieldId } from './ids';

export interface ClassDefinition {
  readonly id: ClassId;
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
  /** The hotkey: one character (`1`, `a`); '' for none. Unique among the schema's live classes. */
  readonly key: string;
  readonly description: string;
}

interface FieldBase {
  readonly id: FieldId;
  readonly name: string;
  /** Whether an annotation without this field is refused; of boxes and spans, whether one without any is. */
  readonly required: boolean;
  readonly classes: readonly ClassDefinition[];
  /** Classes that can no longer be chosen, kept so that older annotations stay readable. */
  readonly retired: readonly ClassDefinition[];
  /** Retired class -> the live class that stands in for it. Cumulative: every retired class that was merged is here. */
  readonly remap: Readonly<Record<ClassId, ClassId>>;
}

/** Which class, or classes, the item as a whole belongs to. */
export interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly multiple: boolean;
}

/** Where things are in an image. */
export interface BoxField extends FieldBase {
  readonly kind: 'box';
  /** Whether boxes can be turned. */
  readonly rotatable: boolean;
}

/** Which pieces of a text are what. */
export interface SpanField extends FieldBase {
  readonly kind: 'span';
  /** Whether what is drawn takes in whole words; otherwise it takes in whole characters (grapheme clusters). */
  readonly wholeWords: boolean;
}

/** One question about an item. The union grows by one member per field kind. */
export type Field = ChoiceField | BoxField | SpanField;

/** The value type of each kind. */
interface ValueByKind {
  readonly choice: ChoiceValue;
  readonly box: BoxValue;
  readonly span: SpanValue;
}
export type ValueOf<F extends Field> = ValueByKind[F['kind']];

/** The field's own value among an answer's; undefined where it was left open. */
export const valueIn = <F extends Field>(values: Values, field: F): ValueOf<F> | undefined =>
  values[field.id] as ValueOf<F> | undefined;

export interface Schema {
  /** Counts up by one with every change. */
  readonly version: number;
  readonly fields: readonly Field[];
  /** Markdown shown beside the item. */
  readonly guidelines: string;
}

export const EMPTY_SCHEMA: Schema = { version: 0, fields: [], guidelines: '' };

export function fieldById(schema: Schema, id: FieldId): Field | undefined {
  return schema.fields.find((field) => field.id === id);
}

export function classById(field: Field, id: ClassId): ClassDefinition | undefined {
  return field.classes.find((known) => known.id === id) ?? field.retired.find((known) => known.id === id);
}

/** Neither a colour of the palette nor one of the interface. */
const GONE_COLOR = '#888888';

/**
 * The class as it is shown. One that the schema has no more, neither live nor retired (as a schema from elsewhere may do),
 * goes by its id and in grey, so that what it stands on stays readable.
 */
export function displayClass(field: Field | undefined, id: ClassId): ClassDefinition {
  return (field && classById(field, id)) ?? { id, name: id, color: GONE_COLOR, key: '', description: '' };
}
