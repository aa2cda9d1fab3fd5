import type { ChoiceValue } from '../model/annotation';
import type { ChoiceField } from '../model/schema';
import { pageFault } from '../page-errors';
import { err, ok } from '../result';
import type { FieldKind } from './kind';

const inOrder = (ids: Iterable<string>, field: ChoiceField): ChoiceValue => {
  const position = new Map([...field.classes, ...field.retired].map((known, index) => [known.id, index]));
  return [...new Set(ids)].sort(
    (a, b) => (position.get(a) ?? Infinity) - (position.get(b) ?? Infinity) || (a < b ? -1 : 1),
  );
};

const isChoice = (value: unknown): value is ChoiceValue =>
  Array.isArray(value) && value.every((id) => typeof id === 'string');

/** Single or multiple choice among classes. */
export const choice: FieldKind<ChoiceField, ChoiceValue> = {
  kind: 'choice',
  content: ['image', 'text'],
  is: isChoice,
  blank: (field) => (field.multiple ? [] : null),

  validate(value, field) {
    const invalid = (reason: string) => err(pageFault('value.invalid', field.id, { reason }));
    if (!isChoice(value)) return invalid('a choice is a list of class ids');
    const known = new Set([...field.classes, ...field.retired].map((defined) => defined.id));
    const unknown = value.find((id) => !known.has(id));
    if (unknown !== undefined) return invalid(`there is no class “${unknown}”`);
    const chosen = inOrder(value, field);
    if (!field.multiple && chosen.length > 1) return invalid('only one class can be chosen');
    if (field.required && !field.multiple && chosen.length === 0) return invalid('a class must be chosen');
    return ok(chosen);
  },

  /** Jaccard index of the two sets of classes; of a single choice that is 1 or 0. */
  similarity(a, b) {
    if (a.length === 0 && b.length === 0) return 1;
    const inB = new Set(b);
    const shared = a.filter((id) => inB.has(id)).length;
    return shared / (a.length + b.length - shared);
  },

  project(value, field) {
    return value.some((id) => Object.hasOwn(field.remap, id))
      ? inOrder(
          value.map((id) => (Object.hasOwn(field.remap, id) ? field.remap[id]! : id)),
          field,
        )
      : value;
  },

  counts: (value) => new Map(value.map((id) => [id, 1])),
  confirmed: (value) => value,
};
