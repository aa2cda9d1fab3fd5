import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DatasetItem, Format, FormatOptions } from '#core/formats/format';
import { isSafePath } from '#core/formats/paths';
import { formats } from '#core/formats/registry';
import type { Box, BoxValue, Span, Values } from '#core/model/annotation';
import { EMPTY_SCHEMA, type Field, type Schema } from '#core/model/schema';
import { anyDataset, datasetOf, entryOf, fileMap, parsed, written } from '../support/datasets';

/** Every combination of a format's options. */
function combinations(format: Format, schema: Schema): FormatOptions[] {
  return format
    .options(schema)
    .reduce<FormatOptions[]>(
      (sofar, option) =>
        sofar.flatMap((options) => option.choices.map(({ value }) => ({ ...options, [option.id]: value }))),
      [{}],
    );
}

/** A value as it reads by the names of classes: a field's name, then classes or regions. */
type NamedEntry = readonly [field: string, value: readonly (string | (Box | Span))[]];

/**
 * Values by the names of fields and classes, where a format does not keep their ids. Classes of a choice are sorted, and
 * so are spans, whose order depends on the ids of their classes.
 *
 * @param name what is left of the name of a class of a choice
 */
function byName(schema: Schema, values: Values | null, name: (name: string) => string = (same) => same): NamedEntry[] {
  return Object.entries(values ?? {}).map(([id, value]) => {
    const field = schema.fields.find((known) => known.id === id)!;
    const className = (classId: string) => field.classes.find((known) => known.id === classId)!.name;
    const named = value.map((one) =>
      typeof one === 'string' ? name(className(one)) : { ...one, class: className(one.class) },
    );
    return [field.name, field.kind === 'box' ? named : sorted(named)];
  });
}

const choicesOf = ({ fields }: Schema): Schema['fields'] => fields.filter(({ kind }) => kind === 'choice');

/** Content that can be compared: an image by the bytes of its file. */
async function comparable({ content }: DatasetItem) {
  if (content.kind !== 'image') return content;
  return { ...content, file: content.file && [...(await content.file.bytes())] };
}

/** What losses call the values of a kind. */
const NAMES: Readonly<Record<Field['kind'], string>> = { choice: 'choice', box: 'boxes', span: 'spans' };

const withoutSeparator = (name: string) => name.replaceAll('|', '/').trim();
const isPacked = ({ content }: DatasetItem) => content.kind !== 'image' || content.file !== null;
const sorted = <T>(values: T[]): T[] => values.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** What is left of an item once the losses that a format declares are taken away; null where the item is. */
type Rest = (item: DatasetItem, schema: Schema, options: FormatOptions, isInput: boolean) => unknown;

const rest: Readonly<Record<string, Rest>> = {
  jsonl: ({ content: _, ...item }) => item,

  csv(item, schema, { shape, cells }) {
    if (cells === 'spreadsheet' || !isPacked(item)) return null;
    const { id, sources, status, label, annotations, split } = item;
    const [first, ...others] = sources;
    const names = (values: Values | null) => byName(schema, values, withoutSeparator);
    if (shape === 'wide') {
      const meta = Object.entries(first?.meta ?? {}).filter(([, cell]) => cell !== '');
      return {
        ...{ id, status, split, others: first ? others : [], file: first?.file, row: first?.row, meta: sorted(meta) },
        label: names(label).filter(([field, value]) => value.length > 0 || !isChoice(schema, field)),
      };
    }
    if (shape === 'regions')
      return { ...{ id, status, split, file: first?.file, row: first?.row }, label: names(label) };
    if (annotations.length === 0) return null;
    return {
      ...{ id, file: first?.file, row: first?.row },
      annotations: annotations.map((said) => ({ ...said, values: names(said.values) })),
    };
  },

  coco(item, schema, { field = '' }, isInput) {
    const { id, split, label, content } = item;
    if (content.kind !== 'image') return null;
    const fields = isInput ? exported(schema, ['box', 'choice'], field) : schema.fields;
    const named = label && byName(schema, Object.fromEntries(fields.map(({ id }) => [id, label[id] ?? []])));
    const filled = named?.filter(([, value]) => value.length > 0) ?? null;
    // Where boxes are is compared, within a tolerance, by the property tests of these formats.
    const classes = (value: NamedEntry[1]) => value.map((one) => (typeof one === 'string' ? one : one.class));
    return { id, split, label: filled && sorted(filled.map(([name, value]) => [name, classes(value)])) };
  },

  yolo(item, schema, { field = '' }, isInput) {
    const { id, label, content } = item;
    if (content.kind !== 'image' || content.file === null) return null;
    const fields = isInput ? exported(schema, ['box'], field) : schema.fields;
    // One list of classes over all fields.
    const classes = fields.flatMap((one) => one.classes.map((known) => `${one.id} ${known.id}`));
    const boxes = fields.flatMap((one) =>
      ((label?.[one.id] ?? []) as BoxValue).map((box) => classes.indexOf(`${one.id} ${box.class}`)),
    );
    return { id, label: label && fields.length > 0 ? boxes : null };
  },

  hf(item, schema, _, isInput) {
    const { id, sources, split, label, content } = item;
    if (content.kind === 'image-url' || !isPacked(item)) return null;
    const [first] = sources;
    const fields = schema.fields.filter(({ kind }) => kind !== (content.kind === 'text' ? 'box' : 'span'));
    const named = byName(
      schema,
      Object.fromEntries(fields.flatMap(({ id: one }) => (label?.[one] ? [[one, label[one]]] : []))),
    );
    return {
      ...{
        id,
        isForValidation: split === 'val',
        file: first?.file,
        row: content.kind === 'text' ? first?.row : undefined,
      },
      label: sorted(
        named.flatMap(([name, value]) => {
          const field = schema.fields.find((one) => one.name === name)!;
          if (isInput && field.kind === 'choice' && !field.multiple && value.length === 0) return [];
          // Ids of regions are not kept, and spans were sorted by them too.
          const regions = value.map((one) => (typeof one === 'string' ? one : { ...one, id: '' }));
          return [[isInput ? hubName(schema, field) : name, field.kind === 'box' ? regions : sorted(regions)]];
        }),
      ),
    };
  },

  imagenet(item, schema, { field = choicesOf(schema)[0]?.id ?? '' }, isInput) {
    const { id, split, label, content } = item;
    if (content.kind !== 'image' || content.file === null) return null;
    const [, [first] = []] = (isInput ? byFirst(schema, label, field) : byName(schema, label)[0]) ?? [];
    return first === undefined ? null : { id, split, label: first };
  },
};

/** The fields of these kinds, or the one of them that an option chooses. */
const exported = ({ fields }: Schema, kinds: readonly Field['kind'][], chosen: string): Field[] =>
  fields.filter(({ id, kind }) => kinds.includes(kind) && (chosen === '' || id === chosen));

/** The only field of boxes, and the only one of spans, have columns of fixed names. */
function hubName({ fields }: Schema, { kind, name }: Field): string {
  const isOnly = fields.filter((field) => field.kind === kind).length === 1;
  return isOnly && kind !== 'choice' ? { box: 'objects', span: 'entities' }[kind] : name;
}

const isChoice = (schema: Schema, name: string): boolean => choicesOf(schema).some((field) => field.name === name);

function byFirst(schema: Schema, label: Values | null, field: string): NamedEntry | undefined {
  const first = label?.[field]?.[0];
  return typeof first === 'string' ? byName(schema, { [field]: [first] })[0] : undefined;
}

/** Formats whose files are read in an order of their own. */
const UNORDERED: ReadonlySet<string> = new Set(['coco', 'yolo', 'hf', 'imagenet']);

// Generous, because every case writes and reads whole data sets, on machines that have other work too.
describe.each(formats.map((format) => [format.id, format] as const))('%s', { timeout: 60_000 }, (id, format) => {
  it('is detected, and no other format is', async () => {
    await fc.assert(
      fc.asyncProperty(anyDataset, async ({ dataset }) => {
        for (const options of combinations(format, dataset.schema)) {
          const files = fileMap(await written(format, dataset, options));
          const detecting: string[] = [];
          for (const other of formats) if (await other.detect(files)) detecting.push(other.id);
          expect(detecting).toEqual([id]);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('gives back what it was given, minus the declared losses', async () => {
    await fc.assert(
      fc.asyncProperty(anyDataset, async ({ dataset, items }) => {
        for (const options of combinations(format, dataset.schema)) {
          const {
            result,
            items: read,
            issues,
          } = await parsed(format, fileMap(await written(format, dataset, options)));
          if (!result.ok) throw new Error(result.error.message);
          const left = async (item: DatasetItem, schema: Schema, isInput: boolean) => {
            const rested = rest[id]!(item, schema, options, isInput);
            return rested === null ? [] : [{ rested, content: await comparable(item) }];
          };
          const expected = (await Promise.all(items.map((item) => left(item, dataset.schema, true)))).flat();
          const actual = (await Promise.all(read.map((item) => left(item, result.value.schema, false)))).flat();
          expect(UNORDERED.has(id) ? sorted(actual) : actual).toEqual(UNORDERED.has(id) ? sorted(expected) : expected);
          if (id === 'jsonl')
            expect({ ...result.value, items: 0 }).toMatchObject({ name: dataset.name, schema: dataset.schema });
          // What is reported is only what the data set did not hold: images that were not at hand. Apostrophes before texts
          // leave spans where they were.
          if (items.every(isPacked) && options['cells'] !== 'spreadsheet') expect(issues).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('writes equal bytes for equal data sets, to safe paths', async () => {
    await fc.assert(
      fc.asyncProperty(anyDataset, async ({ dataset }) => {
        const first = await written(format, dataset, {});
        expect(await written(format, dataset, {})).toEqual(first);
        for (const path of first.keys())
          expect([path, isSafePath(path), /[:*?"<>|]/.test(path)]).toEqual([path, true, false]);
      }),
      { numRuns: 30 },
    );
  });

  it('says in words what it loses, and offers each option once', () => {
    fc.assert(
      fc.property(anyDataset, ({ dataset }) => {
        const offered = format.options(dataset.schema);
        expect(new Set(offered.map((option) => option.id)).size).toBe(offered.length);
        for (const option of offered) expect(option.choices.map(({ value }) => value)).toContain(option.default);
        for (const options of combinations(format, dataset.schema)) {
          for (const { what, why } of format.losses(dataset.schema, options))
            expect(what !== '' && why.endsWith('.')).toBe(true);
          // Somebody who drew boxes must read that there will be none.
          const said = format.losses(dataset.schema, options).map(({ what, why }) => `${what} ${why}`.toLowerCase());
          for (const { kind } of dataset.schema.fields.filter((field) => !format.fields.includes(field.kind)))
            expect(said.some((words) => words.includes(NAMES[kind]))).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('takes an empty data set', async () => {
    const files = await written(format, datasetOf('', EMPTY_SCHEMA, []), {});
    const { result, items, issues } = await parsed(format, fileMap(files));
    expect({ ok: result.ok, items, issues }).toEqual({ ok: true, items: [], issues: [] });
  });

  it('makes issues of damaged files, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyDataset,
        fc.nat(),
        fc.nat(),
        fc.uint8Array({ maxLength: 8 }),
        async ({ dataset }, which, at, noise) => {
          for (const options of combinations(format, dataset.schema)) {
            const files = await written(format, dataset, options);
            const [path, bytes] = [...files][which % files.size]!;
            const place = at % (bytes.length + 1);
            const overwritten = bytes.slice();
            overwritten.set(noise.subarray(0, bytes.length - place), place);
            for (const damaged of [bytes.subarray(0, place), overwritten, new Uint8Array(), null]) {
              const map = new Map(fileMap(files));
              if (damaged === null) map.delete(path);
              else map.set(path, entryOf(damaged));
              await parsed(format, map);
              for (const other of formats) await other.detect(map);
            }
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
