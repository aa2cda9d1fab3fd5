import type { ClassId } from '../model/ids';
import type { Field } from '../model/schema';
import { LABEL_SEPARATOR } from '../table/table';

/** Makes a name new among those that are taken, by a number after it, and takes it. */
export function uniqueName(name: string, taken: { has(name: string): boolean; add(name: string): unknown }): string {
  let unique = name;
  for (let n = 2; taken.has(unique); n++) unique = `${name} ${n}`;
  taken.add(unique);
  return unique;
}

/**
 * The classes of a field as files spell them: their names, made unique, without surrounding space, and with `/` for the `|` that separates
 * labels. A class without a name has its id. Retired classes come last.
 */
export function classLabels(field: Field): ReadonlyMap<ClassId, string> {
  const taken = new Set<string>();
  return new Map(
    [...field.classes, ...field.retired].map(({ id, name }) => [
      id,
      uniqueName(name.replaceAll(LABEL_SEPARATOR, '/').trim() || id, taken),
    ]),
  );
}
