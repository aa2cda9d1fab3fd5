import type { ClassId, FieldId } from './ids';
import { classById, fieldById, type ClassDefinition, type Field, type Schema } from './schema';

/** What becomes of a class that would be forgotten: it stays as it is now, or is retired, or may be forgotten. */
export type Fate = 'stays' | 'retired' | 'forgotten';

/**
 * Puts another schema in the place of the one in force without losing the classes that came in between: an import may have
 * added some while a person edited, and what an undo takes away may stand on labels by then.
 *
 * @param next what comes into force
 * @param now what is in force
 * @param fates asked for each class that `now` has, and `next`, in the same field, has not
 */
export function replaceSchema(next: Schema, now: Schema, fates: (field: FieldId) => (id: ClassId) => Fate): Schema {
  const fields = next.fields.map((field) => {
    const before = fieldById(now, field.id);
    return before?.kind === field.kind ? withLost(field, before, fates) : field;
  });
  return { ...next, fields, version: now.version + 1 };
}

function withLost(field: Field, before: Field, fates: (field: FieldId) => (id: ClassId) => Fate): Field {
  const known = new Set([...field.classes, ...field.retired].map(({ id }) => id));
  const isLost = ({ id }: ClassDefinition) => !known.has(id);
  const lost = [...before.classes, ...before.retired].filter(isLost);
  if (lost.length === 0) return field;

  const fate = fates(field.id);
  const names = new Set(field.classes.map(({ name }) => name));
  const keys = new Set(field.classes.map(({ key }) => key));
  const classes = [...field.classes];
  const retired = [...field.retired];
  const remap: Record<ClassId, ClassId> = { ...field.remap };
  for (const definition of lost) {
    const wanted = fate(definition.id);
    if (wanted === 'forgotten') continue;
    const wasLive = before.classes.includes(definition);
    // What was brought back may have taken its name or key.
    if (wanted === 'stays' && wasLive && !names.has(definition.name))
      classes.push(keys.has(definition.key) ? { ...definition, key: '' } : definition);
    else retired.push(definition);
    if (!wasLive && Object.hasOwn(before.remap, definition.id)) remap[definition.id] = before.remap[definition.id]!;
  }
  const changed = { ...field, classes, retired };
  const live = Object.entries(remap).filter(([, into]) => classById(changed, into));
  return { ...changed, remap: Object.fromEntries(live) };
}
