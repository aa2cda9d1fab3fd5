import { fault, type ConcordError } from '#core/errors';
import { choice } from '#core/fields/choice';
import type { Values } from '#core/model/annotation';
import type { ClassId, FieldId } from '#core/model/ids';
import { MAX_CLASS_NAME, MAX_CLASSES } from '#core/model/schema-limits';
import { fieldById, type ChoiceField, type Schema } from '#core/model/schema';
import { addClasses, tidy } from '#core/model/schema-edits';
import type { ImportPlan } from '../api';
import { IMPORTED, type Answer, type AnswerReader } from './found';

/** Names of classes, as the source spells them; none where it has no label. */
export type LabelNames = readonly string[];

interface LabelTarget {
  readonly field: FieldId | null;
  readonly labelsAs: ImportPlan['labelsAs'];
}

/**
 * Finds the classes that label names mean, in one field, and adds those that are missing to the schema: to the schema as
 * it is by then, so that what somebody edits during an import stays.
 */
export class LabelClasses implements AnswerReader<LabelNames> {
  readonly #target: LabelTarget;
  readonly #current: () => Schema;
  readonly #onIssue: (issue: ConcordError) => void;
  #schema: Schema;
  #ids = new Map<string, ClassId>();
  readonly #refused = new Set<string>();
  addedClasses = 0;

  constructor(current: () => Schema, target: LabelTarget, onIssue: (issue: ConcordError) => void) {
    this.#current = current;
    this.#target = target;
    this.#onIssue = onIssue;
    this.#schema = current();
    this.#index();
  }

  get version(): number {
    return this.#schema.version;
  }

  isSaid(names: LabelNames): boolean {
    return names.length > 0;
  }

  weight(names: LabelNames): number {
    return names.length;
  }

  words(names: LabelNames): readonly string[] {
    return names;
  }

  /** Makes sure that these names have classes. */
  prepare(said: Iterable<LabelNames>): Schema | null {
    const field = this.#field();
    if (!field) return null;
    const isMissing = (name: string) => name !== '' && !this.#ids.has(name) && !this.#refused.has(name);
    const missing = new Set([...said].flat().map(tidy).filter(isMissing));
    if (missing.size === 0) return null;
    this.#schema = this.#current();
    const room = MAX_CLASSES - field.classes.length - field.retired.length;
    const fitting = [...missing].filter((name, at) => this.#fits(name, at < room));
    const version = this.#schema.version + 1;
    this.#schema = { ...addClasses(this.#schema, field.id, fitting), version };
    this.#index();
    this.addedClasses += fitting.length;
    return fitting.length > 0 ? this.#schema : null;
  }

  read(names: LabelNames): Answer {
    const values = this.#values(names);
    if (!values) return { annotation: null, proposals: [] };
    return this.#target.labelsAs === 'annotations'
      ? { annotation: { values, note: '' }, proposals: [] }
      : { annotation: null, proposals: [{ model: IMPORTED, values, confidence: null }] };
  }

  /** The values that the labels stand for; null where none of them has a class. A single choice takes the first. */
  #values(labels: LabelNames): Values | null {
    const field = this.#field();
    if (!field) return null;
    const ids = labels.flatMap((label) => this.#ids.get(tidy(label)) ?? []);
    const valid = ids.length > 0 ? choice.validate(field.multiple ? ids : ids.slice(0, 1), field, null) : null;
    return valid?.ok ? { [field.id]: valid.value } : null;
  }

  #field(): ChoiceField | undefined {
    const field = this.#target.field === null ? undefined : fieldById(this.#schema, this.#target.field);
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
    const field = this.#field();
    this.#ids = new Map();
    for (const { id, name } of [...(field?.retired ?? []), ...(field?.classes ?? [])]) {
      const live = field?.remap[id] ?? id;
      this.#ids.set(id, live);
      this.#ids.set(tidy(name), live);
    }
  }
}
