import { kindOf } from '../fields/registry';
import { projectValues } from '../fields/values';
import type { Values } from '../model/annotation';
import type { ClassId, FieldId } from '../model/ids';
import type { Schema } from '../model/schema';

/** Row number of interned values; 0 stands for none. */
export type ValuesRef = number;

/** JSON of some values, joined by line feeds, which JSON itself does not hold. */
export type ValueRows = string;

/** A class that occurs in a field, and how often. */
export type ClassCount = readonly [fieldId: FieldId, classId: ClassId, count: number];

/** Characters of JSON up to which a reading is kept: answers of classes, which many items share. */
const KEPT_LENGTH = 500;
/** Longer readings (many regions) that are kept: those of items that are looked at just now. */
const KEPT_LONG = 32;

/**
 * Interned annotation values: each distinct one is kept once, as the JSON of its canonical decoding, so that a million
 * annotations among 77 classes hold 77 values. Readings under the current schema are cached per value, not per item; of
 * values with many regions only the last few, since a million boxes as objects would fill the memory.
 */
export class ValuePool {
  #json: string[] = [''];
  #refs = new Map<string, ValuesRef>();
  #readings: (Values | undefined)[] = [];
  #long = new Map<ValuesRef, Values>();
  #classes: (readonly ClassCount[] | undefined)[] = [];
  #schema: Schema;

  constructor(schema: Schema, saved: readonly ValueRows[] = []) {
    this.#schema = schema;
    for (const rows of saved) this.append(rows);
  }

  /** Takes over rows of another pool, those after its own: the same values have the same numbers in both. */
  append(rows: ValueRows): void {
    for (const json of rows.split('\n')) this.#add(json);
  }

  /** A change of schema changes what every value reads as. */
  set schema(schema: Schema) {
    this.#schema = schema;
    this.#readings = [];
    this.#long.clear();
    this.#classes = [];
  }

  intern(values: Values): ValuesRef {
    const json = JSON.stringify(ordered(values));
    return this.#refs.get(json) ?? this.#add(json);
  }

  /** The values as they were given. */
  raw(ref: ValuesRef): Values {
    return JSON.parse(this.#json[ref]!) as Values;
  }

  /** The values under the current schema: retired classes that were merged read as their successors. */
  read(ref: ValuesRef): Values {
    const kept = this.#readings[ref] ?? this.#long.get(ref);
    if (kept) return kept;
    const values = projectValues(this.raw(ref), this.#schema);
    if (this.#json[ref]!.length <= KEPT_LENGTH) this.#readings[ref] = values;
    else {
      this.#long.set(ref, values);
      const [oldest] = this.#long.keys();
      if (this.#long.size > KEPT_LONG && oldest !== undefined) this.#long.delete(oldest);
    }
    return values;
  }

  /** Each class that occurs in the values under the current schema. */
  classes(ref: ValuesRef): readonly ClassCount[] {
    return (this.#classes[ref] ??= this.#classesOf(this.read(ref)));
  }

  /** Every class of a field that any value names, of anybody and of any time, under the current schema. Looks at all of them. */
  named(fieldId: FieldId): Set<ClassId> {
    const named = new Set<ClassId>();
    for (let ref = 1; ref <= this.count; ref++)
      for (const [field, id] of this.classes(ref)) if (field === fieldId) named.add(id);
    return named;
  }

  /** Distinct values, for scans that test each value once; refs run from 1 to this. */
  get count(): number {
    return this.#json.length - 1;
  }

  /** As {@link count}, for whom values are rows from 0. */
  get length(): number {
    return this.count;
  }

  rows(from: number, to: number): ValueRows {
    return this.#json.slice(from + 1, to + 1).join('\n');
  }

  #add(json: string): ValuesRef {
    const ref = this.#json.push(json) - 1;
    this.#refs.set(json, ref);
    return ref;
  }

  #classesOf(values: Values): ClassCount[] {
    return this.#schema.fields.flatMap((field) => {
      const value = values[field.id];
      return value === undefined
        ? []
        : Array.from(kindOf(field).counts(value), ([id, n]) => [field.id, id, n] as const);
    });
  }
}

/** One order of keys, whoever made the object. */
function ordered(values: Values): Values {
  const keys = Object.keys(values);
  return keys.length < 2 ? values : Object.fromEntries(keys.sort().map((key) => [key, values[key]!]));
}
