import type { ClassDefinition } from './schema';

/**
 * Keys that no class may have, with what they do on the labeling screen: commands, tools, and undo's letter, because a slip
 * from Ctrl+Z must not label anything.
 */
export const RESERVED_KEYS: ReadonlyMap<string, string> = new Map([
  ['j', 'goes to the next item'],
  ['k', 'goes to the previous item'],
  ['s', 'skips the item'],
  ['f', 'flags the item'],
  ['u', 'says that you are unsure'],
  ['n', 'opens the note'],
  ['g', 'opens the guidelines'],
  ['z', 'undoes, with Ctrl'],
  ['v', 'is the tool that selects'],
  ['b', 'is the tool that draws boxes'],
  ['r', 'rotates'],
  ['h', 'hides'],
  ['l', 'locks'],
  ['p', 'takes over what the previous item has'],
  ['t', 'labels the same text everywhere'],
  ['/', 'searches'],
  ['?', 'shows all keys'],
  ['+', 'zooms in'],
  ['=', 'zooms in'],
  ['-', 'zooms out'],
  [' ', 'moves the image'],
]);

/** The order in which keys are given out: digits from 1, then the letters that are no commands. */
const FREE_KEYS: readonly string[] = Array.from('1234567890abcdefghijklmnopqrstuvwxyz').filter(
  (key) => !RESERVED_KEYS.has(key),
);

/** Up to here a field's classes have keys; among more they are found by typing, and digits choose the recent ones. */
export const MOST_KEYED = 12;
const RECENT_KEYS: readonly string[] = Array.from('123456789');

/** The keys that a field's classes answer to on the labeling screen: no other field's class may have them. */
export const keysOf = (classes: readonly ClassDefinition[]): readonly string[] =>
  classes.length > MOST_KEYED ? RECENT_KEYS : classes.flatMap(({ key }) => (key === '' ? [] : [key]));

/** Whether a class may have this key: one lower-case character that is no command. */
export function isClassKey(key: string): boolean {
  return Array.from(key).length === 1 && key === key.toLowerCase() && !RESERVED_KEYS.has(key);
}

/**
 * Gives a free key to every class that has none, or that has a reserved key or one of an earlier class. What fits stays
 * as it is; when the keys run out, the rest get ''. More than {@link MOST_KEYED} classes have none: they would do nothing,
 * and other fields would lack them.
 *
 * @param taken keys of other fields of the same schema (see {@link keysOf})
 */
export function assignKeys(classes: readonly ClassDefinition[], taken: Iterable<string> = []): ClassDefinition[] {
  if (classes.length > MOST_KEYED)
    return classes.map((definition) => (definition.key === '' ? definition : { ...definition, key: '' }));
  const used = new Set(taken);
  const kept = classes.map((definition) => {
    const keeps = isClassKey(definition.key) && !used.has(definition.key);
    if (keeps) used.add(definition.key);
    return keeps;
  });
  // A class called 7 gets the key 7 while it is free: any other digit would be pressed in error.
  const isOwnDigit = classes.map(({ name }, index) => {
    const isOwn = kept[index] === false && /^\d$/.test(name) && !used.has(name);
    if (isOwn) used.add(name);
    return isOwn;
  });
  const free = FREE_KEYS.filter((key) => !used.has(key)).values();
  return classes.map((definition, index) => {
    if (kept[index]) return definition;
    return { ...definition, key: isOwnDigit[index] ? definition.name : (free.next().value ?? '') };
  });
}
