import type { Values } from '../model/annotation';
import { assignKeys } from '../model/hotkeys';
import { readableId, type ClassId } from '../model/ids';
import { freshColors } from '../model/palette';
import type { ChoiceField, Schema } from '../model/schema';

/** Labels by the field's name. */
export type LabelNames = ReadonlyMap<string, readonly string[]>;

/**
 * Makes a schema out of the labels that occur in files which have none: a choice per field, its classes in order of
 * their first occurrence, multiple where some item has several labels.
 */
export class InferredSchema {
  readonly #fields = new Map<string, { readonly labels: Set<string>; multiple: boolean }>();

  /** Takes note of a field although it may have no labels. */
  addField(name: string): void {
    if (!this.#fields.has(name)) this.#fields.set(name, { labels: new Set(), multiple: false });
  }

  add(names: LabelNames): void {
    for (const [name, labels] of names) {
      this.addField(name);
      const field = this.#fields.get(name)!;
      for (const label of labels) field.labels.add(label);
      field.multiple ||= labels.length > 1;
    }
  }

  /** The schema of all labels so far, with the values that names stand for under it. */
  finish(): { readonly schema: Schema; readonly valuesOf: (names: LabelNames) => Values } {
    const taken = new Set<string>();
    const keys: string[] = [];
    const fields = new Map<string, { readonly field: ChoiceField; readonly ids: ReadonlyMap<string, ClassId> }>();
    for (const [name, { labels, multiple }] of this.#fields) {
      const id = readableId(name, taken);
      taken.add(id);
      const ids = new Map<string, ClassId>();
      const known = new Set<ClassId>();
      for (const label of labels) {
        const classId = readableId(label, known);
        known.add(classId);
        ids.set(label, classId);
      }
      const colors = freshColors(new Set());
      const classes = assignKeys(
        Array.from(ids, ([label, classId]) => ({
          id: classId,
          name: label,
          color: colors.next().value,
          key: '',
          description: '',
        })),
        keys,
      );
      keys.push(...classes.map((definition) => definition.key));
      const field: ChoiceField = {
        id,
        kind: 'choice',
        name,
        required: false,
        multiple,
        classes,
        retired: [],
        remap: {},
      };
      fields.set(name, { field, ids });
    }
    return {
      schema: { version: 1, fields: Array.from(fields.values(), ({ field }) => field), guidelines: '' },
      valuesOf(names) {
        return Object.fromEntries(
          Array.from(names, ([name, labels]) => {
            const { field, ids } = fields.get(name)!;
            const chosen = new Set(labels.map((label) => ids.get(label)!));
            return [field.id, field.classes.map((definition) => definition.id).filter((id) => chosen.has(id))];
          }),
        );
      },
    };
  }
}
