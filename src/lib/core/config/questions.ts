import { isMap, isSeq } from 'yaml';
import { fault } from '../errors';
import { fieldKinds } from '../fields/registry';
import { EMPTY_SCHEMA, type Field, type Schema } from '../model/schema';
import { addClasses, addField, editField, setGuidelines, type FieldChange } from '../model/schema-edits';
import { MAX_FIELD_NAME, MAX_FIELDS, MAX_GUIDELINES } from '../model/schema-limits';
import { templateSchema, type Template } from '../model/templates';
import { readClasses, withClassDetails, type ConfigClass } from './classes';
import { described, type ConfigNode, type ConfigReader } from './config-reader';
import { Section } from './section';

/** What a project asks, by its config. */
export interface Questions {
  readonly schema: Schema;
  /** What is labelled, where the config tells. */
  readonly content: 'image' | 'text' | null;
}

const FIELD_KEYS = ['kind', 'name', 'classes', 'required'] as const;
/** What fields of a kind have besides, as the config and as the schema call it. */
const OPTIONS = {
  choice: { multiple: 'multiple' },
  box: { rotatable: 'rotatable' },
  span: { whole_words: 'wholeWords' },
} as const satisfies Record<Field['kind'], Record<string, keyof FieldChange>>;

const KINDS: ReadonlyMap<string, Field['kind']> = new Map(
  (Object.keys(fieldKinds) as Field['kind'][]).map((kind) => [kind, kind]),
);

/**
 * The questions of a template, with their classes: a list where it asks one, a map from the questions' names to lists where it
 * asks several.
 *
 * @param classes undefined: none are named
 */
export function templateQuestions(
  reader: ConfigReader,
  template: Template,
  classes: ConfigNode | undefined,
): Questions {
  const lists = classes === undefined ? [] : classLists(reader, template, classes);
  const answers = template.fields.map(({ kind }, index) => ({
    ...{ name: '', classes: (lists[index] ?? []).map(({ name }) => name) },
    ...(kind === 'span' && { wholeWords: true }),
  }));
  return { schema: withClassDetails(templateSchema(template, answers), lists), content: template.content };
}

function classLists(reader: ConfigReader, { fields }: Template, node: ConfigNode): readonly (readonly ConfigClass[])[] {
  const keys = new Set<string>();
  if (fields.length === 1) return [readClasses(reader, node, keys)];
  const names = fields.map(({ name }) => name.toLowerCase());
  const section = Section.read(reader, node, '“classes”', names);
  return names.map((name) => (section?.has(name) ? readClasses(reader, section.node(name), keys) : []));
}

/** The questions in full: a list of fields, or a map of `fields` and `guidelines`. */
export function schemaQuestions(reader: ConfigReader, node: ConfigNode): Questions {
  const whole = reader.resolve(node);
  const section = isMap(whole) ? Section.read(reader, whole, '“schema”', ['fields', 'guidelines']) : undefined;
  if (section && !section.has('fields')) section.lacks('“fields”');
  const guidelines = section?.text('guidelines', MAX_GUIDELINES) ?? '';
  const listed = section ? section.node('fields') : node;
  const list = section?.has('fields') === false ? null : reader.resolve(listed);
  if (!isSeq(list) || list.items.length === 0 || list.items.length > MAX_FIELDS) {
    const found = isSeq(list) ? `${list.items.length} of them` : described(list);
    const detail = { what: section ? '“fields”' : '“schema”', expected: `a list of 1 to ${MAX_FIELDS} fields`, found };
    reader.fail(listed, fault('config.value', reader.place(listed ?? node), detail));
    return { schema: EMPTY_SCHEMA, content: null };
  }
  const lists: (readonly ConfigClass[])[] = [];
  const keys = new Set<string>();
  let schema = guidelines === '' ? EMPTY_SCHEMA : setGuidelines(EMPTY_SCHEMA, guidelines);
  for (const item of list.items as ConfigNode[]) {
    const read = readField(reader, item, { ...schema, version: 0 }, keys);
    if (!read) continue;
    schema = read.schema;
    lists.push(read.classes);
  }
  return { schema: { ...withClassDetails(schema, lists), version: 0 }, content: contentOf(schema) };
}

/** The schema with one more field; undefined where its basics are wrong. */
function readField(reader: ConfigReader, node: ConfigNode, schema: Schema, keys: Set<string>) {
  const kind = kindIn(reader, node);
  if (kind === undefined) return undefined;
  const options: Readonly<Record<string, keyof FieldChange>> = OPTIONS[kind];
  const section = Section.read(reader, node, `A ${kind} field`, [...FIELD_KEYS, ...Object.keys(options)]);
  const name = section?.text('name', MAX_FIELD_NAME);
  if (section?.has('name') === false) section.lacks('a “name”');
  if (!section || name === undefined) return undefined;
  const added = addField(schema, name, kind);
  if (!added.ok) {
    reader.fail(section.node('name'), { ...added.error, path: section.place('name') });
    return undefined;
  }
  const { id } = added.value.fields.at(-1)!;
  const changes = ['required', ...Object.keys(options)].flatMap((key) => {
    const value = section.flag(key);
    return value === undefined ? [] : [[options[key] ?? key, value] as const];
  });
  const edited = editField({ ...added.value, version: 0 }, id, Object.fromEntries(changes));
  const classes = section.has('classes') ? readClasses(reader, section.node('classes'), keys) : [];
  const names = classes.map(({ name }) => name);
  return { schema: addClasses(edited.ok ? edited.value : added.value, id, names), classes };
}

/** The kind of a field, before it is known which other keys it may have. */
function kindIn(reader: ConfigReader, node: ConfigNode): Field['kind'] | undefined {
  const map = reader.resolve(node);
  if (!isMap(map)) {
    const detail = { what: 'A field', expected: 'a map', found: described(map) };
    reader.fail(node, fault('config.value', reader.place(node), detail));
    return undefined;
  }
  const every = [...new Set([...FIELD_KEYS, ...Object.values(OPTIONS).flatMap((options) => Object.keys(options))])];
  const section = Section.read(reader, map, 'A field', every);
  if (section?.has('kind') === false) section.lacks('a “kind”');
  return section?.word('kind', KINDS, 'kind of field')?.means;
}

/** Boxes are drawn in images and spans in texts; both, or neither, leave it open. */
function contentOf({ fields }: Schema): Questions['content'] {
  const kinds = new Set(fields.map(({ kind }) => kind));
  if (kinds.has('box') === kinds.has('span')) return null;
  return kinds.has('box') ? 'image' : 'text';
}
