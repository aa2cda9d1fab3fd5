import type { Box, FieldValue, Span, Values } from '../../model/annotation';
import type { ClassId } from '../../model/ids';
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

/** A region as a cell has it: its class by name. */
const inCell = (region: Box | Span, label: string) => ({ ...region, class: label });

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
        Object.hasOwn(values, id) ? cellOf(values[id]!, (chosen) => labels.get(chosen) ?? chosen) : null,
      ),
  };
}

/** Names of classes, `|` between several; boxes and spans as a JSON list. */
function cellOf(value: FieldValue, label: (id: ClassId) => string): string {
  const names = value.map((member) =>
    typeof member === 'string' ? label(member) : inCell(member, label(member.class)),
  );
  return names.every((name) => typeof name === 'string') ? names.join(LABEL_SEPARATOR) : JSON.stringify(names);
}
