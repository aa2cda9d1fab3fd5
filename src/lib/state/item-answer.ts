import type { Extent } from '#core/fields/kind';
import { kindOf } from '#core/fields/registry';
import { validateChange } from '#core/fields/values';
import type { Draft, FieldValue, Values } from '#core/model/annotation';
import type { FieldId } from '#core/model/ids';
import { fieldById, type Field, type Schema } from '#core/model/schema';
import type { ItemContent, ItemView } from '#workers/project/api';

/** What an item says of its answer, and what makes one whole. */

/** This author's answer; null where there is none, or they skipped the item. */
export const answerOf = ({ mine }: ItemView): Draft | null =>
  mine?.kind === 'annotation' ? { values: mine.values, note: mine.note } : null;

/** What this author said of a field before, whatever is on the screen now. */
export const formerValue = (item: ItemView | null, field: Field): FieldValue | undefined =>
  item?.mine?.kind === 'annotation' ? item.mine.values[field.id] : undefined;

/** What positions in values refer to. */
export function extentOfContent(content: ItemContent): Extent {
  if (content.kind === 'text') return content;
  return { kind: 'image', ...(content.kind === 'image' ? content.facts : { width: 0, height: 0 }) };
}

/** The fields that an item is asked: an image has no spans. All, where there is no item. */
export const askedOf = (content: ItemContent | undefined, { fields }: Schema): readonly Field[] =>
  content ? fields.filter((field) => kindOf(field).content.includes(extentOfContent(content).kind)) : fields;

/** What is proposed for the fields that the draft leaves open. */
export function offeredIn(item: ItemView | null, { values }: Draft, { fields }: Schema): Values {
  if (!item?.prediction || item.mine !== null) return {};
  const proposed = item.prediction.values;
  const isOpen = ({ id }: Field) => Object.hasOwn(proposed, id) && !Object.hasOwn(values, id);
  return Object.fromEntries(fields.filter(isOpen).map(({ id }) => [id, proposed[id]!]));
}

/**
 * Fills in what a submission needs; `missing`: the first field that holds it up. What was said of fields that were removed
 * is carried along: it counts again should one of them come back.
 */
export function completeAnswer(
  values: Values,
  item: ItemView | null,
  schema: Schema,
): { readonly values: Values; readonly missing: Field | null } {
  const removed = Object.entries(values).filter(([id]) => !fieldById(schema, id));
  const complete: Record<FieldId, FieldValue> = Object.fromEntries(removed);
  const extent = item && extentOfContent(item.content);
  for (const field of askedOf(item?.content, schema)) {
    const kind = kindOf(field);
    const value = values[field.id] ?? kind.blank(field) ?? undefined;
    if (value === undefined && !field.required) continue;
    const valid = validateChange(value, field, extent, formerValue(item, field));
    if (!valid.ok) return { values, missing: field };
    complete[field.id] = kind.confirmed(valid.value);
  }
  return { values: complete, missing: null };
}
