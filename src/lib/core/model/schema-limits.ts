import { pageFault } from '../page-errors';
import { err, ok, type Result } from '../result';
import type { Field, Schema } from './schema';

/** Fields of a schema. */
export const MAX_FIELDS = 200;
/** UTF-16 code units of a field's name. */
export const MAX_FIELD_NAME = 200;
/** Live classes of one field, and as many retired ones. */
export const MAX_CLASSES = 10_000;
/** UTF-16 code units of a class's name. */
export const MAX_CLASS_NAME = 1_000;
/** UTF-16 code units. */
export const MAX_DESCRIPTION = 10_000;
/** UTF-16 code units of Markdown. */
export const MAX_GUIDELINES = 100_000;

/** Whether a schema that somebody edited is one that can be stored; `schema.invalid` otherwise. */
export function withinLimits(schema: Schema): Result<Schema> {
  const reason =
    schema.fields.length > MAX_FIELDS
      ? `it has more than ${MAX_FIELDS} questions`
      : schema.guidelines.length > MAX_GUIDELINES
        ? `its guidelines have more than ${MAX_GUIDELINES.toLocaleString('en')} characters`
        : schema.fields.map(beyond).find((found) => found !== null);
  return reason ? err(pageFault('schema.invalid', '', { reason })) : ok(schema);
}

function beyond({ name, classes, retired }: Field): string | null {
  if (Math.max(classes.length, retired.length) > MAX_CLASSES)
    return `“${name}” has more than ${MAX_CLASSES.toLocaleString('en')} classes`;
  const long = classes.find((known) => known.name.length > MAX_CLASS_NAME);
  return long ? `“${long.name.slice(0, 40)}…” is too long for the name of a class` : null;
}
