import { fault, type ConcordError } from '../errors';
import type { Extent } from '../fields/kind';
import { isFieldValue, kindOf } from '../fields/registry';
import type { FieldValue, Values } from '../model/annotation';
import type { FieldId } from '../model/ids';
import { fieldById, type Schema } from '../model/schema';
import { err, ok, type Result } from '../result';
import type { DatasetContent } from './format';

/** What positions in the values of an item refer to. */
export function contentExtent(content: DatasetContent): Extent {
  switch (content.kind) {
    case 'text':
      return content;
    case 'image':
      return { kind: 'image', width: content.facts.width, height: content.facts.height };
    case 'image-url':
      return { kind: 'image', width: 0, height: 0 };
  }
}

/**
 * Of the values that a file states, those that fit their fields; the others are reported, and the item stays without
 * them.
 *
 * @param path of what states them: `items.jsonl, line 3, label`; issues add the field
 * @returns null where there were values and none is left: then nothing is said there any more
 */
export function fittingValues(
  stated: Readonly<Record<FieldId, unknown>>,
  schema: Schema,
  extent: Extent,
  { path, onIssue }: { readonly path: string; readonly onIssue: (issue: ConcordError) => void },
): Values | null {
  const values: Record<FieldId, FieldValue> = {};
  for (const [id, value] of Object.entries(stated)) {
    const checked = check(id, value, schema, extent);
    if (checked.ok) values[id] = checked.value;
    else onIssue({ ...checked.error, path: `${path}, ${fieldById(schema, id)?.name ?? id}` });
  }
  return Object.keys(values).length > 0 || Object.keys(stated).length === 0 ? values : null;
}

function check(id: FieldId, value: unknown, schema: Schema, extent: Extent): Result<FieldValue> {
  const field = fieldById(schema, id);
  // A value of a field that was removed since stays as it is, as it does in the project.
  if (!field && isFieldValue(value)) return ok(value);
  if (!field) return err(fault('value.invalid', id, { reason: 'the schema has no such field' }));
  // Whether a field must be answered is asked of who answers, not of a record of answers.
  return kindOf(field).validate(value, { ...field, required: false }, extent);
}
