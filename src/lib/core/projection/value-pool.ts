import { kindOf } from '../fields/registry';
import type { Values } from '../model/annotation';
import type { ClassId, FieldId } from '../model/ids';
import type { Schema } from '../model/schema';

/** Row number of interned values; 0 stands for none. */
export type ValuesRef = number;

export interface SavedValuePool {
  /** JSON of each distinct value, joined by line feeds. */
  readonly lines: string;
}

interface Reading {
  readonly values: Values;
  readonly classes: readonly (readonly [FieldId, ClassId])[];
}

/**
 * Interned annotation values: each distinct one is kept once, as the JSON of its canonical decoding, so that a million
 * annotations among 77 classes hold 77 values. Readings under the current schema are cached per value, not per item.
 */
export class ValuePool {
  #json: string[] = [''];
  #refs = new Map<string, ValuesRef>();
  #readings: (Reading | undefined)[] = [];
  #schema: Schema;

  constructor(schema: Schema, saved?: SavedValuePool) {
    this.#schema = schema;
    if (saved && saved.lines !== '') for (const json of saved.lines.split('\n')) this.#add(json);
  }

  /** A change of schema changes what every value reads as. */
  set schema(schema: Schema) {
    this.#schema = schema;
    this.#readings = [];
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
    return this.#reading(ref).values;
  }

  /** Each (field, class) that occurs in the values under the current schema. */
  classes(ref: ValuesRef): Reading['classes'] {
    return this.#reading(ref).classes;
  }

  /** Distinct values, for scans that test each value once; refs run from 1 to this. */
  get count(): number {
    return this.#json.length - 1;
  }

  save(): SavedValuePool {
    return { lines: this.#json.slice(1).join('\n') };
  }

  #add(json: string): ValuesRef {
    const ref = this.#json.push(json) - 1;
    this.#refs.set(json, ref);
    return ref;
  }

  #reading(ref: ValuesRef): Reading {
    return (this.#readings[ref] ??= this.#compute(this.raw(ref)));
  }

  #compute(raw: Values): Reading {
    const values: Record<FieldId, Values[string]> = { ...raw };
    const classes: [FieldId, ClassId][] = [];
    for (const field of this.#schema.fields) {
      const value = raw[field.id];
      if (value === undefined) continue;
      const kind = kindOf(field);
      const projected = kind.project(value, field);
      values[field.id] = projected;
      for (const id of kind.classes(projected)) classes.push([field.id, id]);
    }
    return { values, classes };
  }
}

/** One order of keys, whoever made the object. */
function ordered(values: Values): Values {
  const keys = Object.keys(values);
  return keys.length < 2 ? values : Object.fromEntries(keys.sort().map((key) => [key, values[key]!]));
}
