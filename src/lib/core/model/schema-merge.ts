import { fault, type ConcordError } from '../errors';
import { kindOf } from '../fields/registry';
import { MAX_CLASS_NAME, MAX_CLASSES, MAX_FIELD_NAME, MAX_FIELDS } from './schema-limits';
import type { FieldValue, Values } from './annotation';
import { assignKeys, keysOf } from './hotkeys';
import { readableId, type ClassId, type FieldId } from './ids';
import { freshColors } from './palette';
import type { ClassDefinition, Field, Schema } from './schema';
import { freshFieldId, tidy } from './schema-edits';

/** Where the answers to a field of another schema go. */
interface FieldMerge {
  readonly to: Field;
  /** `to` as the other schema's values read in it: `remap` leads from their classes to those of `to`. */
  readonly reading: Field;
  /** Classes of the other schema for which there was no room. */
  readonly lost: ReadonlySet<ClassId>;
}

/** Two schemas as one. */
export interface SchemaMerge {
  /** The schema that was merged into, with what it lacked; itself where it lacked nothing. */
  readonly schema: Schema;
  readonly fields: ReadonlyMap<FieldId, FieldMerge>;
  readonly addedClasses: number;
  /** What could not be taken over. */
  readonly issues: readonly ConcordError[];
}

/**
 * Brings the fields and classes of a data set into a schema.
 *
 * A field is meant by its kind and name, or else by its kind and id, or else by its kind and its name with a number, or
 * else because it is the only one of its kind on both sides; a class by its name or else its id, among retired ones too. What is missing is added as it is there,
 * colour and key included where they are free. Merging the same again adds nothing.
 *
 * @param from anything that has the shape of a schema: names may be too long, and ids may clash with those of `into`
 */
export function mergeSchema(into: Schema, from: Schema): SchemaMerge {
  const issues: ConcordError[] = [];
  const counterparts = counterpartsOf(into.fields, from.fields);
  const fields = [...into.fields];
  const merged = new Map<FieldId, FieldMerge>();
  let addedClasses = 0;
  for (const source of from.fields) {
    const known = counterparts.get(source);
    if (!known && fields.length >= MAX_FIELDS) {
      issues.push(fault('import.too-many-fields', source.name));
      continue;
    }
    const at = known ? fields.indexOf(known) : fields.length;
    const target = known ?? emptyField(source, fields, into.version);
    const keys = fields.filter((field) => field !== known).flatMap((field) => keysOf(field.classes));
    const { added, ...field } = mergeClasses(target, source, keys, issues);
    fields[at] = field.to;
    merged.set(source.id, field);
    addedClasses += added;
  }
  const isSame = fields.length === into.fields.length && fields.every((field, at) => field === into.fields[at]);
  const schema = isSame ? into : { ...into, fields, version: into.version + 1 };
  return { schema, fields: merged, addedClasses, issues };
}

/** Values under the other schema as they read under the merged one, unchecked; what found no room is left out. */
export function mergedValues(values: Values, { fields }: SchemaMerge): Values {
  const read: Record<FieldId, FieldValue> = {};
  for (const [id, value] of Object.entries(values)) {
    const field = fields.get(id);
    if (!field) continue;
    const { to, reading, lost } = field;
    const kept = lost.size === 0 ? value : (value.filter((member) => !lost.has(classOf(member))) as FieldValue);
    const kind = kindOf(to);
    if (value.length === 0 || kept.length > 0) read[to.id] = kind.is(kept) ? kind.project(kept, reading) : kept;
  }
  return read;
}

const classOf = (member: FieldValue[number]): ClassId => (typeof member === 'string' ? member : member.class);

/** For each field of `from` the one of `into` that asks the same. */
function counterpartsOf(into: readonly Field[], from: readonly Field[]): ReadonlyMap<Field, Field> {
  const found = new Map<Field, Field>();
  const free = new Set(into);
  const open = new Set(from);
  const pair = (source: Field, target: Field | undefined) => {
    if (!target) return;
    found.set(source, target);
    free.delete(target);
    open.delete(source);
  };
  const candidates = (source: Field) => [...free].filter(({ kind }) => kind === source.kind);
  for (const source of from) {
    pair(
      source,
      candidates(source).find(({ name }) => tidy(name) === tidy(source.name)),
    );
  }
  for (const source of [...open])
    pair(
      source,
      candidates(source).find(({ id }) => id === source.id),
    );
  for (const source of [...open])
    pair(
      source,
      candidates(source).find(({ name }) => isRenamed(name, source)),
    );
  for (const source of [...open]) {
    const rivals = [...open].filter(({ kind }) => kind === source.kind);
    const [target, ...others] = candidates(source);
    if (rivals.length === 1 && others.length === 0 && target && takesAll(target, source)) pair(source, target);
  }
  return found;
}

/** Whether a field has the name that {@link emptyField} gives where another kind of field has the source's own. */
function isRenamed(name: string, source: Field): boolean {
  const wanted = wantedName(source);
  return name.startsWith(`${wanted} `) && /^\d+$/.test(name.slice(wanted.length + 1));
}

const wantedName = ({ name, kind }: Field): string => tidy(name).slice(0, MAX_FIELD_NAME - 8) || kind;

/** Whether every answer to `source` can be one to `target`. */
const takesAll = (target: Field, source: Field): boolean =>
  target.kind !== 'choice' || source.kind !== 'choice' || target.multiple || !source.multiple;

/** The field as it is added, still without classes. Ids of files are kept where they can be ids. */
function emptyField(source: Field, fields: readonly Field[], version: number): Field {
  const names = new Set(fields.map(({ name }) => name));
  const wanted = wantedName(source);
  let name = wanted;
  for (let n = 2; names.has(name); n++) name = `${wanted} ${n}`;
  const ids = new Set(fields.map(({ id }) => id));
  const isFree = version === 0 && source.id !== '' && source.id.length <= 200 && !ids.has(source.id);
  const id = isFree ? source.id : freshFieldId({ version, fields }, name);
  return { ...source, id, name, classes: [], retired: [], remap: {} };
}

interface MergedClasses extends FieldMerge {
  readonly added: number;
}

function mergeClasses(
  target: Field,
  source: Field,
  otherKeys: readonly string[],
  issues: ConcordError[],
): MergedClasses {
  const known = new ClassFinder(target);
  /** Class of the source -> class of the target; null: there is no room. */
  const classes = new Map<ClassId, ClassId | null>();
  const live: ClassDefinition[] = [];
  const retired: ClassDefinition[] = [];
  const ids = new Set([...target.classes, ...target.retired].map(({ id }) => id));
  const used = new Set(target.classes.map(({ color }) => color));
  const colors = freshColors(used);
  let room = MAX_CLASSES - Math.max(target.classes.length, target.retired.length);

  const take = (definition: ClassDefinition, list: ClassDefinition[]): ClassId | null => {
    const name = tidy(definition.name);
    if (name.length > MAX_CLASS_NAME || room <= 0) {
      issues.push(fault(room > 0 ? 'import.long-class' : 'import.too-many-classes', name.slice(0, 80)));
      return null;
    }
    room--;
    const isFree = definition.id !== '' && definition.id.length <= 200 && !ids.has(definition.id);
    const id = isFree ? definition.id : readableId(name, ids);
    const color = used.has(definition.color) ? colors.next().value : definition.color;
    ids.add(id);
    used.add(color);
    list.push({ ...definition, id, name, color });
    return id;
  };
  for (const definition of source.classes) {
    classes.set(definition.id, known.find(definition) ?? take(definition, live));
  }
  const remap = new Map<ClassId, ClassId>();
  for (const definition of source.retired) {
    const found = known.find(definition);
    const id = found ?? take(definition, retired);
    classes.set(definition.id, id);
    const heir = Object.hasOwn(source.remap, definition.id) ? classes.get(source.remap[definition.id]!) : undefined;
    if (found === undefined && id !== null && heir) remap.set(id, heir);
  }
  const isSame = live.length + retired.length === 0;
  const to: Field = isSame
    ? target
    : {
        ...target,
        classes: assignKeys([...target.classes, ...live], otherKeys),
        retired: [...target.retired, ...retired],
        remap: { ...target.remap, ...Object.fromEntries(remap) },
      };
  const renamed = [...classes].filter(([id, here]) => here !== null && here !== id) as [ClassId, ClassId][];
  const lost = new Set([...classes].filter(([, here]) => here === null).map(([id]) => id));
  return { to, reading: { ...to, remap: Object.fromEntries(renamed) }, lost, added: live.length };
}

/** Finds the class of a field that another field's class stands for. */
class ClassFinder {
  readonly #exact = new Set<string>();
  readonly #byName = new Map<string, ClassId>();
  readonly #byId = new Map<ClassId, ClassId>();

  constructor({ classes, retired, remap }: Field) {
    // Live classes come last, so that they are found before retired ones of the same name.
    for (const { id, name } of [...retired, ...classes]) {
      const standsFor = Object.hasOwn(remap, id) ? remap[id]! : id;
      if (standsFor === id) this.#exact.add(`${id}\n${tidy(name)}`);
      this.#byName.set(tidy(name), standsFor);
      this.#byId.set(id, standsFor);
    }
  }

  /** Undefined where the field has none. Equal ids decide between classes of one name. */
  find({ id, name }: ClassDefinition): ClassId | undefined {
    if (this.#exact.has(`${id}\n${tidy(name)}`)) return id;
    return this.#byName.get(tidy(name)) ?? this.#byId.get(id);
  }
}
