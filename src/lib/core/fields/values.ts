import { fault } from '../errors';
import type { FieldValue, Values } from '../model/annotation';
import type { FieldId } from '../model/ids';
import type { Schema } from '../model/schema';
import { err, ok, type Result } from '../result';
import { kindOf } from './registry';

/**
 * Checks a whole answer against the schema and gives its canonical values.
 *
 * @returns `value.invalid` for a value that does not fit, a field that the schema does not have, or a required field
 *   that is left open
 */
export function validateValues(values: Values, schema: Schema): Result<Values> {
  const valid: Record<FieldId, FieldValue> = {};
  const known = new Set(schema.fields.map((field) => field.id));
  const unknown = Object.keys(values).find((id) => !known.has(id));
  if (unknown !== undefined) return err(fault('value.invalid', unknown, { reason: 'the schema has no such field' }));
  for (const field of schema.fields) {
    const value = values[field.id];
    if (value === undefined) {
      if (field.required) return err(fault('value.invalid', field.id, { reason: `“${field.name}” must be answered` }));
      continue;
    }
    const checked = kindOf(field).validate(value, field);
    if (!checked.ok) return checked;
    valid[field.id] = checked.value;
  }
  return ok(valid);
}
