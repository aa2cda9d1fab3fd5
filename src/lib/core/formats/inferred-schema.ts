import { newBox } from '../fields/box';
import { compareSpans, newSpan } from '../fields/span';
import type { Box, FieldValue, Span, Values } from '../model/annotation';
import { assignKeys, keysOf } from '../model/hotkeys';
import { readableId, type ClassId } from '../model/ids';
import { freshColors } from '../model/palette';
import type { Field, Schema } from '../model/schema';
import { uniqueName } from './labels';

/** A value that names its classes, as files do: `class` of a box or a span is the name of one. */
export type NamedValue =
  | { readonly kind: 'choice'; readonly labels: readonly string[] }
  | { readonly kind: 'box'; readonly boxes: readonly Box[] }
  | { readonly kind: 'span'; readonly spans: readonly Span[] };

/** Values by the field's name. */
export type NamedValues = ReadonlyMap<string, NamedValue>;

export interface Inferred {
  readonly schema: Schema;
  /** What named values are under the schema: regions as values have them, in any field and item (nothing is checked). */
  valuesOf(named: NamedValues): Values;
}

/** A field as far as it is known; fields of one name and different kinds are different fields. */
interface Found {
  readonly name: string;
  readonly kind: Field['kind'];
  readonly labels: Set<string>;
  /** Of a choice, whether some item has several labels; of boxes, whether some box is turned. */
  isWide: boolean;
}

/** A field of the schema, and the ids of its classes by their names. */
interface Defined {
  readonly field: Field;
  readonly ids: ReadonlyMap<string, ClassId>;
}

/**
 * Makes a schema out of the values that occur in files which have none: a field per name and kind, its classes in order
 * of their first occurrence; a choice is multiple where some item has several labels, boxes can be turned where some box
 * is.
 */
export class InferredSchema {
  readonly #fields = new Map<string, Found>();

  /** Takes note of a field, and of its classes in their order, although they may not occur. */
  addField(name: string, kind: Field['kind'], labels: Iterable<string> = []): void {
    const found = this.#found(name, kind);
    for (const label of labels) found.labels.add(label);
  }

  add(named: NamedValues): void {
    for (const [name, value] of named) {
      const found = this.#found(name, value.kind);
      for (const label of labelsOf(value)) found.labels.add(label);
      found.isWide ||= isWide(value);
    }
  }

  /** The schema of all values so far. */
  finish(): Inferred {
    const taken = new Set<string>();
    const names = new Set<string>();
    const keys: string[] = [];
    const defined = new Map<string, Defined>();
    for (const [key, found] of this.#fields) {
      const id = readableId(found.name, taken);
      taken.add(id);
      const one = define(found, id, uniqueName(found.name, names), keys);
      keys.push(...keysOf(one.field.classes));
      defined.set(key, one);
    }
    return {
      schema: { version: 1, fields: Array.from(defined.values(), ({ field }) => field), guidelines: '' },
      valuesOf: (named) =>
        Object.fromEntries(
          Array.from(named, ([name, value]) => {
            const one = defined.get(keyOf(name, value.kind))!;
            return [one.field.id, valueOf(value, one)];
          }),
        ),
    };
  }

  #found(name: string, kind: Field['kind']): Found {
    const key = keyOf(name, kind);
    const known = this.#fields.get(key) ?? { name, kind, labels: new Set(), isWide: false };
    this.#fields.set(key, known);
    return known;
  }
}

const keyOf = (name: string, kind: Field['kind']): string => `${kind} ${name}`;

function labelsOf(value: NamedValue): readonly string[] {
  switch (value.kind) {
    case 'choice':
      return value.labels;
    case 'box':
      return value.boxes.map((box) => box.class);
    case 'span':
      return value.spans.map((span) => span.class);
  }
}

function isWide(value: NamedValue): boolean {
  switch (value.kind) {
    case 'choice':
      return value.labels.length > 1;
    case 'box':
      return value.boxes.some(({ rotation }) => rotation !== 0);
    case 'span':
      return false;
  }
}

/** @param keys hotkeys that other fields have */
function define({ kind, labels, isWide }: Found, id: string, name: string, keys: readonly string[]): Defined {
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
  return { field: { id, name, required: false, classes, retired: [], remap: {}, ...ruleOf(kind, isWide) }, ids };
}

function ruleOf(kind: Field['kind'], isWide: boolean) {
  switch (kind) {
    case 'choice':
      return { kind, multiple: isWide };
    case 'box':
      return { kind, rotatable: isWide };
    case 'span':
      return { kind, wholeWords: false };
  }
}

function valueOf(value: NamedValue, { field, ids }: Defined): FieldValue {
  switch (value.kind) {
    case 'choice': {
      const chosen = new Set(value.labels.map((label) => ids.get(label)!));
      return field.classes.map((definition) => definition.id).filter((id) => chosen.has(id));
    }
    case 'box':
      return value.boxes.map((box) => newBox({ ...box, class: ids.get(box.class)! }));
    case 'span':
      return value.spans.map((span) => newSpan({ ...span, class: ids.get(span.class)! })).sort(compareSpans);
  }
}
