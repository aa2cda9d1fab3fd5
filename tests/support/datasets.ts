import fc from 'fast-check';
import { strToU8 } from 'fflate';
import type {
  Dataset,
  DatasetItem,
  FileEntry,
  FileMap,
  Format,
  FormatOptions,
  OutputFile,
  ParseOptions,
} from '#core/formats/format';
import type { ConcordError } from '#core/errors';
import { fault } from '#core/errors';
import { hashOf } from '#core/model/hash';
import { itemId, type ImageFacts } from '#core/model/item';
import { STATUSES } from '#core/model/project';
import type { ChoiceField, Schema } from '#core/model/schema';
import { err, ok } from '#core/result';
import { decodeBytes } from '#io/files/text';

export function entryOf(bytes: Uint8Array): FileEntry {
  return {
    size: bytes.length,
    bytes: () => Promise.resolve(bytes),
    async *chunks() {
      // Small pieces, so that readers meet characters and records that are cut in two.
      for (let from = 0; from < bytes.length; from += 1000)
        yield await Promise.resolve(bytes.subarray(from, from + 1000));
    },
  };
}

export const datasetOf = (name: string, schema: Schema, items: readonly DatasetItem[]): Dataset => ({
  name,
  schema,
  async *items() {
    for (const item of items) yield await Promise.resolve(item);
  },
});

async function bytesOf({ chunks }: OutputFile): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

export async function written(
  format: Format,
  dataset: Dataset,
  options: FormatOptions,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for await (const file of format.serialize(dataset, options)) files.set(file.path, await bytesOf(file));
  return files;
}

export const fileMap = (files: ReadonlyMap<string, Uint8Array>): FileMap =>
  new Map(Array.from(files, ([path, bytes]) => [path, entryOf(bytes)]));

/** Reads images whose first byte says what they are: the platform does this by decoding. */
const readImage: ParseOptions['readImage'] = async (path, file) => {
  const bytes = await file.bytes();
  const type = TYPES[bytes[0] ?? 255];
  if (type === undefined) return err(fault('image.unreadable', path, { reason: 'no image' }));
  return ok({ blob: hashOf(bytes), facts: { width: bytes.length, height: 1, type, size: bytes.length } });
};

export async function parsed(format: Format, files: FileMap) {
  const issues: ConcordError[] = [];
  const options: ParseOptions = { decode: decodeBytes, readImage, onIssue: (issue) => issues.push(issue) };
  const result = await format.parse(files, options);
  const items: DatasetItem[] = [];
  if (result.ok) for await (const item of result.value.items()) items.push(item);
  return { result, items, issues };
}

const TYPES = ['image/jpeg', 'image/png', 'image/svg+xml', 'image/webp'];

/** Any characters that a text can have, and often those that files trip over. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.toWellFormed()),
  fc
    .array(
      fc.constantFrom(
        'a',
        '"',
        ',',
        '\n',
        '\r\n',
        '\t',
        "'",
        '=',
        '|',
        '/',
        '\\',
        ' ',
        '\0',
        '\ufeff',
        '\u202e',
        '👩‍👩‍👧',
        'e\u0301',
        ';',
      ),
      { maxLength: 6 },
    )
    .map((parts) => parts.join('')),
);

const image = fc
  .tuple(fc.nat({ max: TYPES.length - 1 }), fc.uint8Array({ maxLength: 20 }), fc.boolean())
  .map(([type, rest, isHere]) => {
    const bytes = Uint8Array.of(type, ...rest);
    const facts: ImageFacts = { width: bytes.length, height: 1, type: TYPES[type]!, size: bytes.length };
    return { kind: 'image' as const, blob: hashOf(bytes), file: isHere ? entryOf(bytes) : null, facts };
  });

const content = fc.oneof(
  nasty.map((text) => ({ kind: 'text' as const, text })),
  image,
  fc.webUrl().map((url) => ({ kind: 'image-url' as const, url })),
);

/** Names that differ also where `|` is written as `/`, and need no trimming. */
const names = (prefix: string) =>
  fc.array(nasty, { minLength: 1, maxLength: 4 }).map((list) => list.map((name, index) => `${prefix}${name}${index}`));

const fields = fc
  .array(fc.record({ classes: names(''), multiple: fc.boolean() }), { minLength: 1, maxLength: 3 })
  .map((list) =>
    list.map(({ classes, multiple }, index): ChoiceField => {
      const definitions = classes.map((name, at) => ({
        id: `class-${at}`,
        name,
        color: '#0072b2',
        key: '',
        description: name,
      }));
      return {
        id: `field-${index}`,
        kind: 'choice',
        name: `Field, "${index}"`,
        required: false,
        multiple,
        classes: definitions,
        retired: [{ id: 'gone', name: 'gone', color: '#d55e00', key: '', description: '' }],
        remap: { gone: 'class-0' },
      };
    }),
  );

const valuesOf = (schema: readonly ChoiceField[]) =>
  fc
    .tuple(
      ...schema.map((field) =>
        fc.option(
          fc.subarray(
            field.classes.map(({ id }) => id),
            field.multiple ? {} : { maxLength: 1 },
          ),
        ),
      ),
    )
    .map((chosen) =>
      Object.fromEntries(schema.flatMap((field, index) => (chosen[index] ? [[field.id, chosen[index]] as const] : []))),
    );

const source = fc.record(
  {
    file: nasty.map((path) => `in/${path}`),
    row: fc.integer({ min: 1, max: 2 ** 40 }),
    meta: fc.dictionary(fc.oneof(nasty, fc.constantFrom('status', 'text', 'meta.x', 'constructor', '')), nasty, {
      maxKeys: 3,
    }),
  },
  { requiredKeys: ['file'] },
);

/** Two of the authors have the same name, and one has none. */
const AUTHORS = [
  { author: 'aaaaaaaaaa', authorName: 'Ann' },
  { author: 'bbbbbbbbbb', authorName: 'Ann' },
  { author: 'cccccccccc', authorName: '' },
  { author: 'dddddddddd', authorName: '=Dee, "D"' },
];

/** Data sets as projects have them: each item once, each author at most once per item. */
export const anyDataset: fc.Arbitrary<{ readonly dataset: Dataset; readonly items: readonly DatasetItem[] }> =
  fields.chain((schema) => {
    const values = valuesOf(schema);
    const annotation = fc.record({
      values,
      note: nasty,
      time: fc.integer({ min: -(10 ** 12), max: 10 ** 14 }),
      leadMs: fc.nat(),
      origin: fc.constantFrom('person', 'import'),
    });
    const item = fc.record({
      content,
      sources: fc.array(source, { maxLength: 3 }),
      status: fc.constantFrom(...STATUSES),
      label: fc.option(values),
      said: fc.tuple(
        fc.subarray(AUTHORS),
        fc.array(annotation, { minLength: AUTHORS.length, maxLength: AUTHORS.length }),
      ),
      predictions: fc.array(
        fc.record({ model: nasty, values, confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true })) }),
        { maxLength: 2 },
      ),
      split: fc.constantFrom('train', 'val', null),
    });
    return fc.tuple(nasty, nasty, fc.array(item, { maxLength: 6 })).map(([name, guidelines, list]) => {
      const items = new Map<string, DatasetItem>();
      for (const { said, ...rest } of list) {
        const { content } = rest;
        const id = itemId(content.kind === 'image' ? { kind: 'image', blob: content.blob } : content);
        items.set(id, {
          ...rest,
          id,
          annotations: said[0].map((author, index) => ({ ...author, ...said[1][index]! })),
        });
      }
      return {
        dataset: datasetOf(name, { version: 3, fields: schema, guidelines }, [...items.values()]),
        items: [...items.values()],
      };
    });
  });

export const text = (bytes: Uint8Array | undefined): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
export const utf8 = strToU8;
