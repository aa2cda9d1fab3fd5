/** The shape of a schema, wherever one comes from: a commit, or a file. */
import * as v from 'valibot';
import type { ClassId } from './ids';
import {
  MAX_CLASS_NAME,
  MAX_CLASSES,
  MAX_DESCRIPTION,
  MAX_FIELD_NAME,
  MAX_FIELDS,
  MAX_GUIDELINES,
} from './schema-limits';

/** A name that somebody or something gave, such as an id. */
const isWord = (value: unknown): value is string =>
  typeof value === 'string' && value.length >= 1 && value.length <= 200;
const word = v.custom<string>(isWord);
const text = (max: number) => v.pipe(v.string(), v.maxLength(max));

/**
 * A map by field or class id. Every entry is looked at, and the map stays as it is: `v.record` would pass over keys such
 * as `constructor`, which may well be the id of a class. `__proto__` is none, because assigning it changes a prototype.
 */
export const mapOf = <T>(isValue: (value: unknown) => value is T, max: number) =>
  v.custom<Readonly<Record<string, T>>>(
    (value) =>
      isMap(value) &&
      Object.keys(value).length <= max &&
      Object.entries(value).every(([key, entry]) => isWord(key) && isValue(entry)),
  );

/** Whether it is a map: valibot would take lists for one. */
export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Uint8Array) &&
  !Object.hasOwn(value, '__proto__');

const classDefinition = v.looseObject({
  id: word,
  name: text(MAX_CLASS_NAME),
  color: v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/)),
  key: text(16),
  description: text(MAX_DESCRIPTION),
});
const classes = v.pipe(v.array(classDefinition), v.maxLength(MAX_CLASSES));

/** What every field has, also one of a kind that this version does not know. */
export const fieldBase = { id: word, name: text(MAX_FIELD_NAME), required: v.boolean(), kind: word };
const withClasses = { ...fieldBase, classes, retired: classes, remap: mapOf<ClassId>(isWord, MAX_CLASSES) };

/** A field of a kind that this version knows. */
export const knownField = v.variant('kind', [
  v.looseObject({ ...withClasses, kind: v.literal('choice'), multiple: v.boolean() }),
  v.looseObject({ ...withClasses, kind: v.literal('box'), rotatable: v.boolean() }),
  v.looseObject({ ...withClasses, kind: v.literal('span'), wholeWords: v.boolean() }),
]);

export const schemaOf = <S extends v.GenericSchema>(field: S) =>
  v.looseObject({
    version: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    fields: v.pipe(v.array(field), v.maxLength(MAX_FIELDS)),
    guidelines: text(MAX_GUIDELINES),
  });
