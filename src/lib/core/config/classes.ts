import { isMap, isSeq } from 'yaml';
import { fault } from '../errors';
import { assignKeys, isClassKey, keysOf, MOST_KEYED, RESERVED_KEYS } from '../model/hotkeys';
import type { Schema } from '../model/schema';
import { tidy } from '../model/schema-edits';
import { MAX_CLASS_NAME, MAX_CLASSES, MAX_DESCRIPTION } from '../model/schema-limits';
import { described, type ConfigNode, type ConfigReader } from './config-reader';
import { Section, textOf } from './section';

/** A class as the config describes it; '' and undefined where it leaves something to Concord. */
export interface ConfigClass {
  readonly name: string;
  readonly key: string;
  readonly color: string | undefined;
  readonly description: string;
}

const CLASS_KEYS = ['name', 'key', 'color', 'colour', 'description'] as const;

/**
 * Reads the classes of one question: a list of names, or of maps with a `name` and, as wanted, the rest.
 *
 * @param keys of the classes that were read before; those of these are added
 */
export function readClasses(reader: ConfigReader, node: ConfigNode, keys: Set<string>): readonly ConfigClass[] {
  const list = reader.resolve(node);
  if (!isSeq(list) || list.items.length > MAX_CLASSES) {
    const expected = `a list of at most ${MAX_CLASSES.toLocaleString('en')} classes`;
    const found = isSeq(list) ? list.items.length.toLocaleString('en') : described(list);
    reader.fail(node, fault('config.value', reader.place(node), { what: '“classes”', expected, found }));
    return [];
  }
  const names = new Set<string>();
  const classes: ConfigClass[] = [];
  for (const item of list.items as ConfigNode[]) {
    const found = readClass(reader, item);
    if (!found) continue;
    const path = reader.place(item);
    if (names.has(found.name)) {
      reader.fail(item, fault('config.duplicate', path, { what: `The class “${found.name}”` }));
      continue;
    }
    if (keys.has(found.key)) {
      reader.fail(item, fault('config.duplicate', path, { what: `The key “${found.key}”` }));
    }
    names.add(found.name);
    if (found.key !== '') keys.add(found.key);
    classes.push(found);
  }
  if (classes.length > MOST_KEYED && classes.some(({ key }) => key !== '')) {
    reader.warnings.push(fault('config.keys-unused', reader.place(node), { limit: MOST_KEYED }));
  }
  return classes;
}

function readClass(reader: ConfigReader, item: ConfigNode): ConfigClass | undefined {
  const node = reader.resolve(item);
  if (!isMap(node)) {
    const name = tidy(textOf(node) ?? '');
    if (name !== '' && name.length <= MAX_CLASS_NAME) return { name, key: '', color: undefined, description: '' };
    const expected = `a name of at most ${MAX_CLASS_NAME.toLocaleString('en')} characters, or a map with one`;
    reader.fail(item, fault('config.value', reader.place(item), { what: 'A class', expected, found: described(node) }));
    return undefined;
  }
  const section = Section.read(reader, item, 'A class', CLASS_KEYS);
  const name = tidy(section?.text('name', MAX_CLASS_NAME) ?? '');
  if (!section || name === '') {
    if (section?.has('name') === false) section.lacks('a “name”');
    return undefined;
  }
  if (section.has('color') && section.has('colour')) section.conflict('colour', 'color');
  const spelled = section.has('colour') ? 'colour' : 'color';
  const color = section.text(spelled, MAX_DESCRIPTION)?.toLowerCase();
  if (color !== undefined && !/^#[0-9a-f]{6}$/.test(color)) {
    reader.fail(section.node(spelled), fault('class.color', section.place(spelled), { color }));
  }
  const key = section.text('key', MAX_DESCRIPTION)?.toLowerCase() ?? '';
  if (key !== '' && !isClassKey(key)) {
    const detail = { key, command: RESERVED_KEYS.get(key) ?? null, holder: null };
    reader.fail(section.node('key'), fault('class.key', section.place('key'), detail));
  }
  return { name, key, color, description: section.text('description', MAX_DESCRIPTION) ?? '' };
}

/**
 * The schema with what the config says of its classes: `classes[f]` of field `f`, in the field's order. Classes without a key
 * of their own get one that is free.
 */
export function withClassDetails(schema: Schema, classes: readonly (readonly ConfigClass[])[]): Schema {
  const wanted = classes.map((list) => (list.length > MOST_KEYED ? [] : list.flatMap(({ key }) => key || [])));
  const taken: string[] = [];
  const fields = schema.fields.map((field, index) => {
    const said = classes[index] ?? [];
    const detailed = field.classes.map((known, at) => {
      const { key = '', color = known.color, description = '' } = said[at] ?? {};
      return { ...known, key, color, description };
    });
    const others = wanted.flatMap((keys, other) => (other === index ? [] : keys));
    const keyed = assignKeys(detailed, [...taken, ...others]);
    taken.push(...keysOf(keyed));
    return { ...field, classes: keyed };
  });
  return { ...schema, fields };
}
