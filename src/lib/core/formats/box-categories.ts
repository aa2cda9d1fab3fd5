import { kindOf } from '../fields/registry';
import type { ClassId, FieldId } from '../model/ids';
import type { Field, Schema } from '../model/schema';
import type { Dataset, DatasetItem, FormatOption, FormatOptions, Loss } from './format';
import { classLabels, uniqueName } from './labels';
import { chosen } from './options';

/** What stands for every field in the option below; no field has an empty id. */
const ALL = '';

/** A class as detectors know it: by its place in one list over all fields. */
export interface Category {
  readonly field: Field;
  readonly id: ClassId;
  /** Of the class, unique within its field. */
  readonly label: string;
  /** Unique in the list: the label, after the field's name where several fields have it. */
  readonly name: string;
}

/** Which fields of these kinds are exported: all, or one of several. Nothing to choose where there is only one. */
export function fieldOptions(schema: Schema, kinds: readonly Field['kind'][], help: string): FormatOption[] {
  const fields = schema.fields.filter(({ kind }) => kinds.includes(kind));
  if (fields.length < 2) return [];
  const choices = fields.map(({ id, name }) => ({ value: id, label: name }));
  return [{ id: 'field', label: 'Field', help, choices: [{ value: ALL, label: 'All' }, ...choices], default: ALL }];
}

export function chosenFields(schema: Schema, kinds: readonly Field['kind'][], options: FormatOptions): Field[] {
  const fields = schema.fields.filter(({ kind }) => kinds.includes(kind));
  const [option] = fieldOptions(schema, kinds, '');
  const id = option ? chosen(option, options) : ALL;
  return id === ALL ? fields : fields.filter((field) => field.id === id);
}

/** What the values of each kind are called. */
const KIND_NAMES: Readonly<Record<Field['kind'], string>> = { choice: 'choice', box: 'boxes', span: 'spans' };

/** The fields of the schema that are not exported, by name. */
export function leftOutFields(schema: Schema, exported: readonly Field[]): Loss[] {
  const others = schema.fields.filter((field) => !exported.includes(field));
  if (others.length === 0) return [];
  const names = others.map(({ name, kind }) => `“${name}” (${KIND_NAMES[kind]})`);
  return [{ what: `Other fields: ${names.join(', ')}`, why: 'They are not part of this export.' }];
}

/** What of a data set decides how it is laid out, found by going through it once. */
export interface BoxSurvey {
  /** The classes that occur in the labels, by field. */
  readonly used: ReadonlyMap<FieldId, ReadonlySet<ClassId>>;
  /** The parts that the images fall into. */
  readonly parts: ReadonlySet<DatasetItem['split']>;
  /** Whether any image's file is at hand. */
  readonly hasFiles: boolean;
}

export async function surveyBoxes(dataset: Dataset, fields: readonly Field[]): Promise<BoxSurvey> {
  const used = new Map(fields.map(({ id }) => [id, new Set<ClassId>()]));
  const parts = new Set<DatasetItem['split']>();
  let hasFiles = false;
  for await (const { content, label, split } of dataset.items()) {
    if (content.kind !== 'image') continue;
    parts.add(split);
    hasFiles ||= content.file !== null;
    for (const field of fields) {
      const value = label?.[field.id];
      if (value !== undefined) for (const id of kindOf(field).counts(value).keys()) used.get(field.id)!.add(id);
    }
  }
  return { used, parts, hasFiles };
}

/** The classes of the fields in the order of the schema, then those retired ones that labels still have. */
export function categoriesOf(fields: readonly Field[], used: BoxSurvey['used']): Category[] {
  const labels = new Map(fields.map((field) => [field, classLabels(field, (name) => name)]));
  const listed = [
    ...fields.flatMap((field) => field.classes.map(({ id }) => ({ field, id }))),
    ...fields.flatMap((field) =>
      field.retired.filter(({ id }) => used.get(field.id)?.has(id)).map(({ id }) => ({ field, id })),
    ),
  ].map(({ field, id }) => ({ field, id, label: labels.get(field)!.get(id)! }));

  const uses = new Map<string, number>();
  for (const { label } of listed) uses.set(label, (uses.get(label) ?? 0) + 1);
  const taken = new Set<string>();
  return listed.map(({ field, id, label }) => ({
    ...{ field, id, label },
    name: uniqueName(uses.get(label) === 1 ? label : `${field.name}: ${label}`, taken),
  }));
}

/** The place of each class in the list, by field. */
export function indexOfCategories(categories: readonly Category[]): ReadonlyMap<FieldId, ReadonlyMap<ClassId, number>> {
  const index = new Map<FieldId, Map<ClassId, number>>();
  for (const [at, { field, id }] of categories.entries()) {
    const ofField = index.get(field.id) ?? new Map<ClassId, number>();
    index.set(field.id, ofField.set(id, at));
  }
  return index;
}
