import * as v from 'valibot';

/**
 * What Concord adds to COCO, under the key `concord`, which other readers pass over: with it, a data set that comes back
 * has the same fields, and its images are recognised also where their files were left behind.
 */

const infoShape = v.object({
  version: v.literal(1),
  fields: v.array(
    v.variant('kind', [
      v.object({
        ...{ kind: v.literal('box'), name: v.string() },
        classes: v.array(v.object({ id: v.number(), name: v.string() })),
      }),
      v.object({
        ...{ kind: v.literal('choice'), name: v.string(), multiple: v.boolean() },
        classes: v.array(v.object({ id: v.number(), name: v.string() })),
      }),
    ]),
  ),
});

const imageShape = v.object({
  item: v.string(),
  /** Hash of the image's file. */
  blob: v.string(),
  type: v.string(),
  size: v.number(),
  /** Where the image came from: its path when it was imported; null where that is not known. */
  source: v.nullable(v.string()),
  /** Whether somebody labelled it; otherwise, that it has no annotations says nothing. */
  labelled: v.boolean(),
});

/** `info.concord`: the fields with their classes, by the ids of their categories. */
export type ConcordInfo = v.InferOutput<typeof infoShape>;
/** `concord` of an image. */
export type ConcordImage = v.InferOutput<typeof imageShape>;

export const readConcordInfo = (value: unknown): ConcordInfo | null => checked(infoShape, value);
export const readConcordImage = (value: unknown): ConcordImage | null => checked(imageShape, value);

function checked<T extends v.GenericSchema>(shape: T, value: unknown): v.InferOutput<T> | null {
  const result = v.safeParse(shape, value);
  return result.success ? result.output : null;
}
