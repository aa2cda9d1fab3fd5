import type { SchemaElement } from 'hyparquet';

/**
 * What a column holds, as `datasets.Features` has it. A value is a string or a number, or null; of a class its name; of a
 * list an array; of a struct an object.
 */
export type Feature =
  | { readonly type: 'string' | 'int64' | 'float64' | 'image' }
  | { readonly type: 'class'; readonly names: readonly string[] }
  | { readonly type: 'list'; readonly of: Feature }
  | { readonly type: 'struct'; readonly fields: StructFields };

/** Names and features, in order. */
export type StructFields = readonly (readonly [name: string, feature: Feature])[];

/** As the key `huggingface` of a Parquet file has it: what `Features.from_dict` reads, before and since datasets 4. */
export function featureJson(feature: Feature): unknown {
  switch (feature.type) {
    case 'class':
      return { names: feature.names, _type: 'ClassLabel' };
    case 'image':
      return { _type: 'Image' };
    case 'list':
      // Of structs a plain list: a Sequence of a struct would be a struct of lists.
      return feature.of.type === 'struct'
        ? [featureJson(feature.of)]
        : { feature: featureJson(feature.of), _type: 'Sequence' };
    case 'struct':
      return Object.fromEntries(feature.fields.map(([name, of]) => [name, featureJson(of)]));
    default:
      return { dtype: feature.type, _type: 'Value' };
  }
}

/** As `dataset_info` in the front matter of a card has features. */
export const featuresYaml = (fields: StructFields): unknown[] =>
  fields.map(([name, feature]) => {
    const yaml = featureYaml(feature);
    return typeof yaml === 'string' || feature.type === 'class' ? { name, dtype: yaml } : { name, ...(yaml as object) };
  });

function featureYaml(feature: Feature): unknown {
  switch (feature.type) {
    case 'class':
      return { class_label: { names: Object.fromEntries(feature.names.map((name, index) => [String(index), name])) } };
    case 'list':
      return feature.of.type === 'struct'
        ? { list: featuresYaml(feature.of.fields) }
        : { sequence: featureYaml(feature.of) };
    case 'struct':
      return { struct: featuresYaml(feature.fields) };
    default:
      return feature.type;
  }
}

/** The elements of a Parquet schema for a column, depth first. Everything may be null, as in Arrow. */
export function schemaElements(name: string, feature: Feature): SchemaElement[] {
  const optional = { name, repetition_type: 'OPTIONAL' } as const;
  switch (feature.type) {
    case 'string':
    case 'image':
      return [{ ...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8' }];
    case 'class':
    case 'int64':
      return [{ ...optional, type: 'INT64' }];
    case 'float64':
      return [{ ...optional, type: 'DOUBLE' }];
    case 'list':
      return [
        { ...optional, num_children: 1, converted_type: 'LIST' },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        ...schemaElements('element', feature.of),
      ];
    case 'struct':
      return [
        { ...optional, num_children: feature.fields.length },
        ...feature.fields.flatMap(([field, of]) => schemaElements(field, of)),
      ];
  }
}

/** Turns values of a feature into cells of Parquet: classes become their numbers, and whole numbers 64-bit ones. */
export function parquetCells(feature: Feature): (value: unknown) => unknown {
  const cell = cellOf(feature);
  return (value) => (value === null || value === undefined ? null : cell(value));
}

function cellOf(feature: Feature): (value: unknown) => unknown {
  switch (feature.type) {
    case 'class': {
      const numbers = new Map(feature.names.map((name, index) => [name, BigInt(index)]));
      return (value) => numbers.get(value as string) ?? null;
    }
    case 'int64':
      return (value) => BigInt(value as number);
    case 'list': {
      const cells = parquetCells(feature.of);
      return (value) => (value as readonly unknown[]).map(cells);
    }
    case 'struct': {
      const cells = feature.fields.map(([name, of]) => [name, parquetCells(of)] as const);
      return (value) =>
        Object.fromEntries(cells.map(([name, cell]) => [name, cell((value as Record<string, unknown>)[name])]));
    }
    default:
      return (value) => value;
  }
}

/**
 * A value as JSON from which a reader that guesses types gets the right ones: fractions always have a point. Classes are
 * written by name.
 */
function jsonOf(feature: Feature, value: unknown): string {
  if (value === null || value === undefined) return 'null';
  switch (feature.type) {
    case 'float64':
      return Number.isInteger(value) ? (value as number).toFixed(1) : JSON.stringify(value);
    case 'list':
      return `[${(value as readonly unknown[]).map((one) => jsonOf(feature.of, one)).join(', ')}]`;
    case 'struct':
      return jsonObject(feature.fields, value as Readonly<Record<string, unknown>>);
    default:
      return JSON.stringify(value);
  }
}

export const jsonObject = (fields: StructFields, value: Readonly<Record<string, unknown>>): string =>
  `{${fields.map(([name, of]) => `${JSON.stringify(name)}: ${jsonOf(of, value[name])}`).join(', ')}}`;

/** Arrow takes such texts for points in time. */
const LIKE_A_DATE = /^\d{4}-\d{2}-\d{2}/;

/** Whether a reader that guesses types from JSON knows the feature from this value. */
export function showsType(feature: Feature, value: unknown): boolean {
  if (value === null || value === undefined) return false;
  switch (feature.type) {
    case 'list':
      return (value as readonly unknown[]).some((one) => showsType(feature.of, one));
    case 'struct':
      return feature.fields.every(([name, of]) => showsType(of, (value as Record<string, unknown>)[name]));
    case 'int64':
    case 'float64':
      return true;
    default:
      return !LIKE_A_DATE.test(value as string);
  }
}
