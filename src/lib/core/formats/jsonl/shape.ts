import * as v from 'valibot';
import { STATUSES } from '../../model/project';

/**
 * An object of strings with any keys: `v.record` drops keys such as `constructor`, which a table's column may well be
 * called.
 */
const strings = v.custom<Readonly<Record<string, string>>>(
  (value) => isPlain(value) && Object.values(value).every((cell) => typeof cell === 'string'),
);
const values = v.custom<Readonly<Record<string, readonly string[]>>>(
  (value) =>
    isPlain(value) &&
    Object.values(value).every((chosen) => Array.isArray(chosen) && chosen.every((id) => typeof id === 'string')),
);

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const classDefinition = v.object({
  id: v.string(),
  name: v.string(),
  color: v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/)),
  key: v.string(),
  description: v.string(),
});

/** `schema.json` */
export const headerShape = v.object({
  format: v.literal('concord-jsonl'),
  version: v.literal(1),
  name: v.string(),
  schema: v.object({
    version: v.number(),
    guidelines: v.string(),
    fields: v.array(
      v.object({
        id: v.string(),
        kind: v.literal('choice'),
        name: v.string(),
        required: v.boolean(),
        multiple: v.boolean(),
        classes: v.array(classDefinition),
        retired: v.array(classDefinition),
        remap: strings,
      }),
    ),
  }),
});

const facts = v.object({ width: v.number(), height: v.number(), type: v.string(), size: v.number() });

export const sourcesShape = v.array(
  v.object({ file: v.string(), row: v.exactOptional(v.number()), meta: v.exactOptional(strings) }),
);

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
  v.object({ kind: v.literal('text'), text: v.string(), ...common }),
  v.object({ kind: v.literal('image'), blob: v.string(), file: v.nullable(v.string()), facts, ...common }),
  v.object({ kind: v.literal('image-url'), url: v.string(), ...common }),
]);

export type Header = v.InferOutput<typeof headerShape>;
export type ItemLine = v.InferOutput<typeof itemShape>;
