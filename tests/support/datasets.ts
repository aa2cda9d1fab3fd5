import fc from 'fast-check';
import { strToU8 } from 'fflate';
import type {
  Dataset,
  DatasetContent,
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
import { newBox } from '#core/fields/box';
import { compareSpans, newSpan } from '#core/fields/span';
import type { Size } from '#core/geometry/plane';
import type { BoxValue, FieldValue, SpanValue, Values } from '#core/model/annotation';
import { hashOf } from '#core/model/hash';
import { itemId, type ImageFacts } from '#core/model/item';
import { STATUSES } from '#core/model/project';
import type { BoxField, Field, Schema, SpanField } from '#core/model/schema';
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

/** Pretends that these bytes are an image; what it is follows from them alone. At least 10 x 10 pixels. */
const imageFacts = (bytes: Uint8Array, type: string): ImageFacts => ({
  width: 10 + bytes.length,
  height: 10 + (bytes[1] ?? 0),
  type,
  size: bytes.length,
});

/** Reads images whose first byte says what they are: the platform does this by decoding. */
const readImage: ParseOptions['readImage'] = async (path, file) => {
  const bytes = await file.bytes();
  const type = TYPES[bytes[0] ?? 255];
  if (type === undefined) return err(fault('image.unreadable', path, { reason: 'no image' }));
  return ok({ blob: hashOf(bytes), facts: imageFacts(bytes, type) });
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
    const facts = imageFacts(bytes, TYPES[type]!);
    return { kind: 'image' as const, blob: hashOf(bytes), file: isHere ? entryOf(bytes) : null, facts };
  });

const turn = fc.record({ speaker: fc.oneof(fc.constant(''), nasty), text: nasty });

const content: fc.Arbitrary<DatasetContent> = fc.oneof(
  nasty.map((text) => ({ kind: 'text' as const, text })),
  fc
    .tuple(nasty, fc.array(turn, { minLength: 1, maxLength: 3 }))
    .map(([text, context]) => ({ kind: 'text' as const, text, context })),
  image,
  fc.webUrl().map((url) => ({ kind: 'image-url' as const, url })),
);

/** Names that differ also where `|` is written as `/`, and need no trimming. */
const names = (prefix: string) =>
  fc.array(nasty, { minLength: 1, maxLength: 4 }).map((list) => list.map((name, index) => `${prefix}${name}${index}`));

const fieldKind = fc.oneof(
  fc.boolean().map((multiple) => ({ kind: 'choice' as const, multiple })),
  fc.boolean().map((rotatable) => ({ kind: 'box' as const, rotatable })),
  fc.boolean().map((wholeWords) => ({ kind: 'span' as const, wholeWords })),
);

const fields = fc
  .array(fc.record({ classes: names(''), kind: fieldKind }), { minLength: 1, maxLength: 4 })
  .map((list) =>
    list.map(({ classes, kind }, index): Field => {
      const definitions = classes.map((name, at) => ({
        id: `class-${at}`,
        name,
        color: '#0072b2',
        key: '',
        description: name,
      }));
      return {
        id: `field-${index}`,
        ...kind,
        name: `Field, "${index}"`,
        required: false,
        classes: definitions,
        retired: [{ id: 'gone', name: 'gone', color: '#d55e00', key: '', description: '' }],
        remap: { gone: 'class-0' },
      };
    }),
  );

/** Who gives a value: a person is sure of it, a model may not be. */
type Giver = 'person' | 'model';

const confidence = (giver: Giver) =>
  giver === 'model'
    ? fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined })
    : fc.constant(undefined);

const withConfidence = (sure: number | undefined) => (sure === undefined ? {} : { confidence: sure });

/** Regions as values have them: with different ids. Three of four ids are those that drawing gives. */
const regions = <R>(region: fc.Arbitrary<R>) =>
  fc.array(region, { maxLength: 4 }).chain((list) =>
    fc.array(fc.nat({ max: 3 }), { minLength: list.length, maxLength: list.length }).map((styles) =>
      list.map((one, index) => ({
        ...one,
        id: styles[index] === 0 ? `imported/"${index}"` : String(index + 1),
      })),
    ),
  );

/** Coordinates: whole, in quarters as drawing rounds them, and as models put them out. */
const within = (from: number, to: number) =>
  fc.oneof(
    fc.integer({ min: Math.ceil(from), max: Math.floor(to) }),
    fc.integer({ min: Math.ceil(from * 4), max: Math.floor(to * 4) }).map((quarters) => quarters / 4),
    fc.double({ min: from, max: to, noNaN: true }),
  );

/** Boxes around a place in the image, which may reach beyond it. */
function boxes({ classes, rotatable }: BoxField, size: Size, giver: Giver): fc.Arbitrary<BoxValue> {
  const box = fc
    .record({
      x: within(1, size.width - 1),
      y: within(1, size.height - 1),
      width: within(0.5, 300),
      height: within(0.5, 300),
      rotation: rotatable ? fc.oneof(fc.constant(0), within(0, 359)) : fc.constant(0),
      class: fc.constantFrom(...classes.map(({ id }) => id)),
      confidence: confidence(giver),
    })
    .map(({ x, y, confidence: sure, ...rest }) => ({
      ...rest,
      x: x - rest.width / 2,
      y: y - rest.height / 2,
      ...withConfidence(sure),
    }));
  return regions(box).map((list) => list.map(newBox));
}

/** Spans between whole characters; none in an empty text. */
function spans({ classes }: SpanField, text: string, giver: Giver): fc.Arbitrary<SpanValue> {
  const places = [0];
  for (const character of text) places.push(places.at(-1)! + character.length);
  if (places.length === 1) return fc.constant([]);
  const span = fc
    .record({
      ends: fc.uniqueArray(fc.constantFrom(...places), { minLength: 2, maxLength: 2 }),
      class: fc.constantFrom(...classes.map(({ id }) => id)),
      confidence: confidence(giver),
    })
    .map(({ ends, class: classId, confidence: sure }) => ({
      start: Math.min(...ends),
      end: Math.max(...ends),
      class: classId,
      ...withConfidence(sure),
    }));
  return regions(span).map((list) => list.map(newSpan).sort(compareSpans));
}

/** A value of the field; null where it cannot be asked of such an item. */
function valueOf(field: Field, about: DatasetContent, giver: Giver): fc.Arbitrary<FieldValue> | null {
  switch (field.kind) {
    case 'choice':
      return fc.subarray(
        field.classes.map(({ id }) => id),
        field.multiple ? {} : { maxLength: 1 },
      );
    case 'box':
      if (about.kind === 'text') return null;
      return boxes(field, about.kind === 'image' ? about.facts : { width: 600, height: 400 }, giver);
    case 'span':
      return about.kind === 'text' ? spans(field, about.text, giver) : null;
  }
}

const valuesOf = (schema: readonly Field[], about: DatasetContent, giver: Giver): fc.Arbitrary<Values> =>
  fc
    .tuple(...schema.map((field) => fc.option(valueOf(field, about, giver) ?? fc.constant(null))))
    .map((values) =>
      Object.fromEntries(schema.flatMap((field, index) => (values[index] ? [[field.id, values[index]] as const] : []))),
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

function itemOf(schema: readonly Field[], about: DatasetContent): fc.Arbitrary<DatasetItem> {
  const values = valuesOf(schema, about, 'person');
  const annotation = fc.record({
    values,
    note: nasty,
    time: fc.integer({ min: -(10 ** 12), max: 10 ** 14 }),
    leadMs: fc.nat(),
    origin: fc.constantFrom('person', 'import'),
  });
  return fc
    .record({
      sources: fc.array(source, { maxLength: 3 }),
      status: fc.constantFrom(...STATUSES),
      label: fc.option(values),
      said: fc.tuple(
        fc.subarray(AUTHORS),
        fc.array(annotation, { minLength: AUTHORS.length, maxLength: AUTHORS.length }),
      ),
      predictions: fc.array(
        fc.record({
          model: nasty,
          values: valuesOf(schema, about, 'model'),
          confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
        }),
        { maxLength: 2 },
      ),
      split: fc.constantFrom('train', 'val', null),
    })
    .map(({ said: [authors, annotations], ...rest }) => ({
      id: itemId(about.kind === 'image' ? { kind: 'image', blob: about.blob } : about),
      content: about,
      annotations: authors.map((author, index) => ({ ...author, ...annotations[index]! })),
      ...rest,
    }));
}

/** Data sets as projects have them: each item once, each author at most once per item, values that fit their items. */
export const anyDataset: fc.Arbitrary<{ readonly dataset: Dataset; readonly items: readonly DatasetItem[] }> =
  fields.chain((schema) =>
    fc
      .tuple(
        nasty,
        nasty,
        fc.uniqueArray(
          content.chain((about) => itemOf(schema, about)),
          { maxLength: 6, selector: ({ id }) => id },
        ),
      )
      .map(([name, guidelines, items]) => ({
        dataset: datasetOf(name, { version: 3, fields: schema, guidelines }, items),
        items,
      })),
  );

export const text = (bytes: Uint8Array | undefined): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
export const utf8 = strToU8;
