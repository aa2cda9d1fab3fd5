import * as v from 'valibot';
import { STATUSES } from '../../model/project';
import { isMap, knownField, schemaOf } from '../../model/schema-shape';

/**
 * An object of strings with any keys: `v.record` drops keys such as `constructor`, which a table's column may well be
 * called.
 */
const strings = v.custom<Readonly<Record<string, string>>>(
  (value) => isMap(value) && Object.values(value).every((cell) => typeof cell === 'string'),
);

/** Values as a file has them: whether they fit their fields is for the fields' kinds to say. */
const values = v.custom<Readonly<Record<string, unknown>>>(isMap);

/** `schema.json` */
export const headerShape = v.object({
  format: v.literal('concord-jsonl'),
  version: v.literal(1),
  name: v.string(),
  schema: schemaOf(knownField),
});

const facts = v.object({ width: v.number(), height: v.number(), type: v.string(), size: v.number() });

export const sourcesShape = v.array(
  v.object({ file: v.string(), row: v.exactOptional(v.number()), meta: v.exactOptional(strings) }),
);

/** Turns of a dialogue. */
export const contextShape = v.pipe(v.array(v.object({ speaker: v.string(), text: v.string() })), v.minLength(1));

const common = {
  id: v.string(),
  sources: sourcesShape,
  status: v.picklist(STATUSES),
  label: v.nullable(values),
  annotations: v.array(
    v.object({
      author: v.string(),
      authorName: v.string(),
      values,
      note: v.string(),
      time: v.number(),
      leadMs: v.number(),
      origin: v.string(),
    }),
  ),
  predictions: v.array(v.object({ model: v.string(), values, confidence: v.nullable(v.number()) })),
  split: v.nullable(v.picklist(['train', 'val'])),
};

/** A line of `items.jsonl`. */
export const itemShape = v.variant('kind', [
  v.object({ kind: v.literal('text'), text: v.string(), context: v.exactOptional(contextShape), ...common }),
  v.object({ kind: v.literal('image'), blob: v.string(), file: v.nullable(v.string()), facts, ...common }),
  v.object({ kind: v.literal('image-url'), url: v.string(), ...common }),
]);

export type Header = v.InferOutput<typeof headerShape>;
export type ItemLine = v.InferOutput<typeof itemShape>;
