import { pageFault } from '../page-errors';
import { err, ok, type Result } from '../result';
import { assignKeys, isClassKey, keysOf, MOST_KEYED, RESERVED_KEYS } from './hotkeys';
import { readableId, type ClassId, type FieldId } from './ids';
import { freshColors } from './palette';
import {
  fieldById,
  type BoxField,
  type ChoiceField,
  type ClassDefinition,
  type Field,
  type Schema,
  type SpanField,
} from './schema';

/**
 * Edits of a schema: each gives a new schema with the next version, or says what is wrong. None forgets a class that
 * was there: what can no longer be chosen is retired, so that every older annotation stays readable.
 */

export type ClassChange = Partial<Pick<ClassDefinition, 'name' | 'color' | 'key' | 'description'>>;
/** Of each kind only what fields of that kind have is taken. */
export type FieldChange = Partial<
  Pick<ChoiceField, 'name' | 'required' | 'multiple'> & Pick<BoxField, 'rotatable'> & Pick<SpanField, 'wholeWords'>
>;

/** Adds a field without classes at the end; errors: `field.name`. */
export function addField(schema: Schema, name: string, kind: Field['kind'] = 'choice'): Result<Schema> {
  const named = freeFieldName(schema, name, null);
  if (!named.ok) return named;
  const id = freshFieldId(schema, named.value);
  const field = newField(kind, { id, name: named.value, classes: [], retired: [], remap: {} });
  return ok(edited(schema, { fields: [...schema.fields, field] }));
}

/**
 * The id of a field that is new in the schema. After the first version it carries the version, behind a dot, which no name
 * brings in: so a field that was removed, and its answers, are never mistaken for a later one.
 */
export function freshFieldId({ version, fields }: Pick<Schema, 'version' | 'fields'>, name: string): FieldId {
  const taken = new Set(fields.map(({ id }) => id));
  if (version === 0) return readableId(name, taken);
  const has = (id: string) => taken.has(`${id}.${version}`);
  return `${readableId(name, { has })}.${version}`;
}

type FieldBasics = Pick<Field, 'id' | 'name' | 'classes' | 'retired' | 'remap'>;

/** A field as it is until somebody says otherwise: a choice must be made, boxes and spans may be none. */
function newField(kind: Field['kind'], basics: FieldBasics): Field {
  switch (kind) {
    case 'choice':
      return { ...basics, kind, required: true, multiple: false };
    case 'box':
      return { ...basics, kind, required: false, rotatable: false };
    case 'span':
      return { ...basics, kind, required: false, wholeWords: true };
  }
}

/** Errors: `field.name`. */
export function editField(schema: Schema, id: FieldId, change: FieldChange): Result<Schema> {
  const named = change.name === undefined ? null : freeFieldName(schema, change.name, id);
  if (named?.ok === false) return named;
  return ok(
    withField(schema, id, (field) => {
      const fitting = Object.entries(change).filter(([key]) => Object.hasOwn(field, key));
      return { ...field, ...(Object.fromEntries(fitting) as object), ...(named && { name: named.value }) };
    }),
  );
}

/** Puts the field at another place in the order in which fields are asked. */
export function moveField(schema: Schema, id: FieldId, to: number): Schema {
  const moved = fieldById(schema, id);
  if (!moved) return schema;
  const rest = schema.fields.filter((field) => field !== moved);
  return edited(schema, { fields: [...rest.slice(0, to), moved, ...rest.slice(to)] });
}

/** Takes a field away. The answers to it stay where they are, and count again when it is restored. */
export function removeField(schema: Schema, id: FieldId): Schema {
  return edited(schema, { fields: schema.fields.filter((field) => field.id !== id) });
}

/** Asks a field again that was removed, as it was, at the end; errors: `field.name` when its name was given away. */
export function restoreField(schema: Schema, field: Field): Result<Schema> {
  if (fieldById(schema, field.id)) return ok(schema);
  const named = freeFieldName(schema, field.name, null);
  if (!named.ok) return named;
  const classes = assignKeys(field.classes, otherKeys(schema, field.id));
  return ok(edited(schema, { fields: [...schema.fields, { ...field, classes }] }));
}

export const setGuidelines = (schema: Schema, guidelines: string): Schema => edited(schema, { guidelines });

/**
 * Adds classes by name, each with an id, a colour and, while there are any, a key. Blank names and names of live
 * classes are passed over; the name of a class that was retired without a successor brings that class back.
 */
export function addClasses(schema: Schema, fieldId: FieldId, names: readonly string[]): Schema {
  const field = fieldById(schema, fieldId);
  if (!field) return schema;
  const live = new Set(field.classes.map((known) => known.name));
  const resting = new Map(
    field.retired.filter((known) => !Object.hasOwn(field.remap, known.id)).map((known) => [known.name, known]),
  );
  const ids = new Set([...field.classes, ...field.retired].map((known) => known.id));
  const colors = freshColors(new Set(schema.fields.flatMap(({ classes }) => classes.map(({ color }) => color))));

  const added: ClassDefinition[] = [];
  for (const name of names.map(tidy)) {
    if (name === '' || live.has(name)) continue;
    const definition = resting.get(name) ?? {
      id: readableId(name, ids),
      name,
      color: colors.next().value,
      key: '',
      description: '',
    };
    live.add(name);
    ids.add(definition.id);
    added.push({ ...definition, key: '' });
  }
  if (added.length === 0) return schema;
  const back = new Set(added.map((known) => known.id));
  return withField(schema, fieldId, (before) => ({
    ...before,
    classes: assignKeys([...before.classes, ...added], otherKeys(schema, fieldId)),
    retired: before.retired.filter((known) => !back.has(known.id)),
  }));
}

/** Errors: `class.name`, `class.key`, `class.color`. A key of '' takes the key away. */
export function editClass(schema: Schema, fieldId: FieldId, id: ClassId, change: ClassChange): Result<Schema> {
  const checked = checkedChange(schema, fieldId, id, change);
  if (!checked.ok) return checked;
  return ok(
    withField(schema, fieldId, (field) => ({
      ...field,
      classes: field.classes.map((known) => (known.id === id ? { ...known, ...checked.value } : known)),
    })),
  );
}

/** Puts the class at another place in the order in which classes are shown. */
export function moveClass(schema: Schema, fieldId: FieldId, id: ClassId, to: number): Schema {
  return withField(schema, fieldId, (field) => {
    const moved = field.classes.find((known) => known.id === id);
    if (!moved) return field;
    const rest = field.classes.filter((known) => known !== moved);
    return { ...field, classes: [...rest.slice(0, to), moved, ...rest.slice(to)] };
  });
}

/** Takes a class from those that can be chosen. Labels that hold it keep it. */
export function retireClass(schema: Schema, fieldId: FieldId, id: ClassId): Schema {
  return withField(schema, fieldId, (field) => retired(field, id, otherKeys(schema, fieldId)));
}

/**
 * Retires a class in favour of another: labels that hold it read as the other from now on, and so do those of the
 * classes that were merged into it before.
 */
export function mergeClass(schema: Schema, fieldId: FieldId, id: ClassId, into: ClassId): Schema {
  const field = fieldById(schema, fieldId);
  const isLive = (wanted: ClassId) => field?.classes.some((known) => known.id === wanted) ?? false;
  if (id === into || !isLive(id) || !isLive(into)) return schema;
  return withField(schema, fieldId, (before) => {
    const followed = Object.entries(before.remap).map(([from, to]) => [from, to === id ? into : to] as const);
    return {
      ...retired(before, id, otherKeys(schema, fieldId)),
      remap: { ...Object.fromEntries(followed), [id]: into },
    };
  });
}

/** Makes a retired class one that can be chosen again, at the end; errors: `class.name` when its name was given away. */
export function restoreClass(schema: Schema, fieldId: FieldId, id: ClassId): Result<Schema> {
  const field = fieldById(schema, fieldId);
  const resting = field?.retired.find((known) => known.id === id);
  if (!field || !resting) return ok(schema);
  if (field.classes.some((known) => known.name === resting.name))
    return err(pageFault('class.name', id, { name: resting.name }));
  const { [id]: _, ...remap } = field.remap;
  return ok(
    withField(schema, fieldId, (before) => ({
      ...before,
      classes: assignKeys([...before.classes, resting], otherKeys(schema, fieldId)),
      retired: before.retired.filter((known) => known !== resting),
      remap,
    })),
  );
}

/** Names as they are kept and compared: NFC, runs of white space as one space. */
export const tidy = (name: string): string => name.normalize('NFC').replace(/\s+/g, ' ').trim();

function edited(schema: Schema, change: Partial<Omit<Schema, 'version'>>): Schema {
  return { ...schema, ...change, version: schema.version + 1 };
}

function withField(schema: Schema, id: FieldId, change: (field: Field) => Field): Schema {
  return edited(schema, { fields: schema.fields.map((field) => (field.id === id ? change(field) : field)) });
}

function retired(field: Field, id: ClassId, taken: readonly string[]): Field {
  const gone = field.classes.filter((known) => known.id === id);
  const rest = field.classes.filter((known) => known.id !== id);
  // The classes become few enough to have keys.
  const becomesKeyed = rest.length === MOST_KEYED && gone.length > 0;
  return { ...field, classes: becomesKeyed ? assignKeys(rest, taken) : rest, retired: [...field.retired, ...gone] };
}

const otherKeys = (schema: Schema, fieldId: FieldId): string[] =>
  schema.fields.filter((field) => field.id !== fieldId).flatMap((field) => keysOf(field.classes));

function freeFieldName(schema: Schema, name: string, self: FieldId | null): Result<string> {
  const tidied = tidy(name);
  const taken = schema.fields.some((field) => field.id !== self && field.name === tidied);
  return tidied === '' || taken ? err(pageFault('field.name', self ?? '', { name: tidied })) : ok(tidied);
}

function checkedChange(schema: Schema, fieldId: FieldId, id: ClassId, change: ClassChange): Result<ClassChange> {
  const field = fieldById(schema, fieldId);
  const others = field?.classes.filter((known) => known.id !== id) ?? [];
  let checked = change;
  if (change.name !== undefined) {
    const name = tidy(change.name);
    if (name === '' || others.some((known) => known.name === name)) return err(pageFault('class.name', id, { name }));
    checked = { ...checked, name };
  }
  if (change.key !== undefined && change.key !== '') {
    const key = change.key.toLowerCase();
    const refused = (detail: { command?: string; holder?: string }) =>
      err(pageFault('class.key', id, { key, command: null, holder: null, ...detail }));
    const command = RESERVED_KEYS.get(key);
    if (command !== undefined) return refused({ command });
    if (!isClassKey(key)) return refused({});
    const holder = schema.fields
      .flatMap((known) => (known === field ? others : known.classes))
      .find((known) => known.key === key);
    if (holder) return refused({ holder: holder.name });
    checked = { ...checked, key };
  }
  if (change.color !== undefined && !/^#[0-9a-f]{6}$/.test(change.color)) {
    return err(pageFault('class.color', id, { color: change.color }));
  }
  return ok(checked);
}
