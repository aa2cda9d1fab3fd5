import { kindOf } from '../../fields/registry';
import { valueIn, type Field, type Schema } from '../../model/schema';
import type { FieldValue, Values } from '../../model/annotation';
import type { ClassId } from '../../model/ids';
import { LABEL_SEPARATOR } from '../../table/table';
import { classLabels, uniqueName } from '../labels';

/** A field of a schema as a table has it. */
export interface FieldColumn {
  /** Unique, and different from names that are reserved. */
  readonly name: string;
  readonly field: Field;
  /** A class by its name; by its id where it has lost its name. */
  readonly label: (id: ClassId) => string;
  /**
   * The value as one cell: names of classes, `|` between several; boxes and spans as a JSON list, their classes by name,
   * `[]` where there are none. null where there is no value.
   */
  readonly cell: (values: Values) => string | null;
}

/** Several labels stand in one cell, separated by `|`, and are trimmed when they are read. */
const inOneCell = (name: string): string => name.replaceAll(LABEL_SEPARATOR, '/').trim();

/** @param reserved names that other columns have */
export function fieldColumns(schema: Schema, reserved: readonly string[]): FieldColumn[] {
  const taken = new Set(reserved);
  return schema.fields.map((field) => {
    const labels = classLabels(field, field.kind === 'choice' ? inOneCell : (name) => name);
    const label = (id: ClassId) => labels.get(id) ?? id;
    return {
      field,
      name: uniqueName(field.name.trim() || field.id, taken),
      label,
      cell(values) {
        const value = valueIn(values, field);
        return value === undefined || !kindOf(field).is(value) ? null : cellOf(value, field, label);
      },
    };
  });
}

function cellOf(value: FieldValue, { kind }: Field, label: (id: ClassId) => string): string {
  const names = value.filter((member) => typeof member === 'string').map(label);
  const regions = value.filter((member) => typeof member !== 'string');
  return kind === 'choice'
    ? names.join(LABEL_SEPARATOR)
    : JSON.stringify(regions.map((region) => ({ ...region, class: label(region.class) })));
}
