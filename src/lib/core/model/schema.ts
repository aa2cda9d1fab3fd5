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
  /** Whether an annotation without this field is refused. */
  readonly required: boolean;
}

export interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly multiple: boolean;
  readonly classes: readonly ClassDefinition[];
  /** Classes that can no longer be chosen, kept so that older annotations stay readable. */
  readonly retired: readonly ClassDefinition[];
  /** Retired class -> the live class that stands in for it. Cumulative: every retired class that was merged is here. */
  readonly remap: Readonly<Record<ClassId, ClassId>>;
}

/** One question about an item. The union grows by one member per field kind. */
export type Field = ChoiceField;

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
