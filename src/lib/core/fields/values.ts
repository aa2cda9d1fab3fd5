import { fault } from '../errors';
import type { FieldValue, Values } from '../model/annotation';
import type { FieldId } from '../model/ids';
import type { ItemRecord } from '../model/item';
import type { Schema } from '../model/schema';
import { err, ok, type Result } from '../result';
import type { Extent } from './kind';
import { kindOf } from './registry';

/**
 * Checks a whole answer against the schema and gives its canonical values. Fields that cannot be asked of such an item
 * may be left open.
 *
 * @param extent of the item; null checks only what needs none
 * @returns `value.invalid` for a value that does not fit, a field that the schema does not have, or a required field
 *   that is left open
 */
export function validateValues(values: Values, schema: Schema, extent: Extent | null): Result<Values> {
  const valid: Record<FieldId, FieldValue> = {};
  const known = new Set(schema.fields.map((field) => field.id));
  const unknown = Object.keys(values).find((id) => !known.has(id));
  if (unknown !== undefined) return err(fault('value.invalid', unknown, { reason: 'the schema has no such field' }));
  for (const field of schema.fields) {
    const kind = kindOf(field);
    const value = values[field.id];
    if (value === undefined) {
      if (field.required && (extent === null || kind.content.includes(extent.kind)))
        return err(fault('value.invalid', field.id, { reason: `“${field.name}” must be answered` }));
      continue;
    }
    const checked = kind.validate(value, field, extent);
    if (!checked.ok) return checked;
    valid[field.id] = checked.value;
  }
  return ok(valid);
}

/** What positions in an item's values refer to. */
export function extentOf({ data, image }: ItemRecord): Extent {
  if (data.kind === 'text') return data;
  return { kind: 'image', width: image?.width ?? 0, height: image?.height ?? 0 };
}

/**
 * Whether two values say the same, in the same order. Regions that are the same object are not looked into, so that
 * comparing the steps of an edit of 10,000 regions takes microseconds.
 */
export function sameValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.length !== b.length) return false;
  return a.every((member, at) => member === b[at] || JSON.stringify(member) === JSON.stringify(b[at]));
}
