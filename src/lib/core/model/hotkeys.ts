import type { ClassDefinition } from './schema';

/**
 * Keys that are commands of the labeling screen, so no class may have them: next and previous (j, k), skip, flag, note,
 * guidelines, undo's letter (a slip from Ctrl+Z must not label anything), search, help and zoom; and of its tools: select
 * (v), box, rotate, hide, lock, previous item's regions, and same text (t).
 */
export const RESERVED_KEYS: ReadonlySet<string> = new Set([
  'j',
  'k',
  's',
  'f',
  'n',
  'g',
  'z',
  'v',
  'b',
  'r',
  'h',
  'l',
  'p',
  't',
  '/',
  '?',
  '+',
  '=',
  '-',
  ' ',
]);

/** The order in which keys are given out: digits from 1, then the letters that are no commands. */
const FREE_KEYS: readonly string[] = Array.from('1234567890abcdefghijklmnopqrstuvwxyz').filter(
  (key) => !RESERVED_KEYS.has(key),
);

/** Whether a class may have this key: one lower-case character that is no command. */
export function isClassKey(key: string): boolean {
  return Array.from(key).length === 1 && key === key.toLowerCase() && !RESERVED_KEYS.has(key);
}

/**
 * Gives a free key to every class that has none, or that has a reserved key or one of an earlier class. What fits stays
 * as it is; when the keys run out, the rest get ''.
 *
 * @param taken keys of other fields of the same schema
 */
export function assignKeys(classes: readonly ClassDefinition[], taken: Iterable<string> = []): ClassDefinition[] {
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
