import type { Values } from '../../model/annotation';
import type { Schema } from '../../model/schema';
import { LABEL_SEPARATOR } from '../../table/table';
import { classLabels, uniqueName } from '../labels';

/** The fields of a schema as columns of a table. */
export interface FieldColumns {
  /** Unique, and different from `reserved`. */
  readonly names: readonly string[];
  /** The labels of each field, `|` between several; null where a field has no value. */
  cells(values: Values): (string | null)[];
}

/** Several labels stand in one cell, separated by `|`, and are trimmed when they are read. */
const inOneCell = (name: string): string => name.replaceAll(LABEL_SEPARATOR, '/').trim();

export function fieldColumns(schema: Schema, reserved: readonly string[]): FieldColumns {
  const taken = new Set(reserved);
  const fields = schema.fields.map((field) => ({
    id: field.id,
    name: uniqueName(field.name.trim() || field.id, taken),
    labels: classLabels(field, inOneCell),
  }));
  return {
    names: fields.map(({ name }) => name),
    cells: (values) =>
      fields.map(({ id, labels }) =>
        Object.hasOwn(values, id)
          ? values[id]!.map((chosen) => labels.get(chosen) ?? chosen).join(LABEL_SEPARATOR)
          : null,
      ),
  };
}
