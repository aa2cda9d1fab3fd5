import { fault, type ConcordError } from '#core/errors';
import { choice } from '#core/fields/choice';
import { MAX_CLASS_NAME, MAX_CLASSES } from '#core/model/schema-limits';
import type { Values } from '#core/model/annotation';
import type { ClassId, FieldId } from '#core/model/ids';
import { fieldById, type ChoiceField, type Schema } from '#core/model/schema';
import { addClasses, tidy } from '#core/model/schema-edits';

/**
 * Finds the classes that label names mean, in one field, and adds those that are missing to the schema: to the schema as
 * it is by then, so that what somebody edits during an import stays.
 */
export class LabelClasses {
  readonly #field: FieldId | null;
  readonly #current: () => Schema;
  readonly #onIssue: (issue: ConcordError) => void;
  #schema: Schema;
  #ids = new Map<string, ClassId>();
  readonly #refused = new Set<string>();
  added = 0;

  constructor(current: () => Schema, field: FieldId | null, onIssue: (issue: ConcordError) => void) {
    this.#current = current;
    this.#field = field;
    this.#onIssue = onIssue;
    this.#schema = current();
    this.#index();
  }

  /** Version of the schema that the values belong to. */
  get version(): number {
    return this.#schema.version;
  }

  /** Makes sure that these names have classes; gives the schema with those that were added, null when none was. */
  add(names: Iterable<string>): Schema | null {
    const field = this.#target();
    if (!field) return null;
    const isMissing = (name: string) => name !== '' && !this.#ids.has(name) && !this.#refused.has(name);
    const missing = new Set([...names].map(tidy).filter(isMissing));
    if (missing.size === 0) return null;
    this.#schema = this.#current();
    const room = MAX_CLASSES - field.classes.length - field.retired.length;
    const fitting = [...missing].filter((name, at) => this.#fits(name, at < room));
    const version = this.#schema.version + 1;
    this.#schema = { ...addClasses(this.#schema, field.id, fitting), version };
    this.#index();
    this.added += fitting.length;
    return fitting.length > 0 ? this.#schema : null;
  }

  /** The values that the labels stand for; null where none of them has a class. A single choice takes the first. */
  values(labels: readonly string[]): Values | null {
    const field = this.#target();
    if (!field) return null;
    const ids = labels.flatMap((label) => this.#ids.get(tidy(label)) ?? []);
    const valid = ids.length > 0 ? choice.validate(field.multiple ? ids : ids.slice(0, 1), field, null) : null;
    return valid?.ok ? { [field.id]: valid.value } : null;
  }

  #target(): ChoiceField | undefined {
    const field = this.#field === null ? undefined : fieldById(this.#schema, this.#field);
    return field?.kind === 'choice' ? field : undefined;
  }

  #fits(name: string, hasRoom: boolean): boolean {
    const isShort = name.length <= MAX_CLASS_NAME;
    if (isShort && hasRoom) return true;
    this.#refused.add(name);
    this.#onIssue(fault(isShort ? 'import.too-many-classes' : 'import.long-class', name.slice(0, 80)));
    return false;
  }

  /** A class is meant by its id or by its name; a retired one stands for the class that it was merged into. */
  #index(): void {
    const field = this.#target();
    this.#ids = new Map();
    for (const { id, name } of [...(field?.retired ?? []), ...(field?.classes ?? [])]) {
      const live = field?.remap[id] ?? id;
      this.#ids.set(id, live);
      this.#ids.set(tidy(name), live);
    }
  }
}
