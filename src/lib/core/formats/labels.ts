import type { ClassId } from '../model/ids';
import type { Field } from '../model/schema';

/** Makes a name new among those that are taken, by a number after it, and takes it. */
export function uniqueName(name: string, taken: { has(name: string): boolean; add(name: string): unknown }): string {
  let unique = name;
  for (let n = 2; taken.has(unique); n++) unique = `${name} ${n}`;
  taken.add(unique);
  return unique;
}

/**
 * The classes of a field as files spell them: by name, made unique, and by id where there is no name. Retired classes
 * come last.
 *
 * @param clean takes out of a name what the file cannot have
 */
export function classLabels(field: Field, clean: (name: string) => string): ReadonlyMap<ClassId, string> {
  const taken = new Set<string>();
  return new Map(
    [...field.classes, ...field.retired].map(({ id, name }) => [id, uniqueName(clean(name) || id, taken)]),
  );
}
