import { fault, type ConcordError } from '#core/errors';
import { kindOf } from '#core/fields/registry';
import { MAX_CLASSES } from '#core/log/event-schemas';
import type { Values } from '#core/model/annotation';
import type { ClassId, FieldId } from '#core/model/ids';
import { fieldById, type Schema } from '#core/model/schema';
import { addClasses } from '#core/model/schema-edits';

/** Characters; what is longer is no name of a class but a text in the wrong column. */
const MAX_CLASS_NAME = 1_000;

/** Finds the classes that label names mean, in one field, and adds those that are missing to the schema. */
export class LabelClasses {
  readonly #field: FieldId | null;
  readonly #onIssue: (issue: ConcordError) => void;
  readonly #ids = new Map<string, ClassId>();
  #schema: Schema;
  #isChanged = false;
  added = 0;

  constructor(schema: Schema, field: FieldId | null, onIssue: (issue: ConcordError) => void) {
    this.#onIssue = onIssue;
    this.#schema = schema;
    this.#field = field;
    const target = field === null ? undefined : fieldById(schema, field);
    for (const known of [...(target?.retired ?? []), ...(target?.classes ?? [])]) {
      const id = target?.remap[known.id] ?? known.id;
      this.#ids.set(known.id, id);
      this.#ids.set(known.name, id);
    }
  }

  /** Version of the schema that the values belong to. */
  get version(): number {
    return this.#schema.version;
  }

  /** The values that the labels stand for; null where labels are not imported. A single choice takes the first. */
  values(labels: readonly string[]): Values | null {
    const field = this.#field === null ? undefined : fieldById(this.#schema, this.#field);
    if (!field) return null;
    const ids = labels.flatMap((label) => this.#ids.get(label) ?? this.#add(field.id, label));
    if (ids.length === 0) return null;
    const extended = fieldById(this.#schema, field.id) ?? field;
    const valid = kindOf(extended).validate(field.multiple ? ids : ids.slice(0, 1), extended);
    return valid.ok ? { [field.id]: valid.value } : null;
  }

  /** The schema with the classes that were added since the last call; null when there are none. */
  takeChange(): Schema | null {
    if (!this.#isChanged) return null;
    this.#isChanged = false;
    return this.#schema;
  }

  /** The new class; none where the field is full or the name is too long for one. */
  #add(fieldId: FieldId, label: string): ClassId | [] {
    const { classes, retired } = fieldById(this.#schema, fieldId)!;
    const isFull = classes.length + retired.length >= MAX_CLASSES;
    if (isFull || label.length > MAX_CLASS_NAME) {
      this.#onIssue(fault(isFull ? 'import.too-many-classes' : 'import.long-class', label.slice(0, 80)));
      return [];
    }
    const version = this.#isChanged ? this.#schema.version : this.#schema.version + 1;
    this.#schema = { ...addClasses(this.#schema, fieldId, [label]), version };
    const added = fieldById(this.#schema, fieldId)!.classes.at(-1)!;
    this.#ids.set(label, added.id);
    this.#isChanged = true;
    this.added++;
    return added.id;
  }
}
