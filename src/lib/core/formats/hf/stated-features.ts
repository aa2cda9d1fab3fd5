import type { Feature } from './features';

/** Features by column; what is of a type that says nothing about fields is left out. */
export type StatedFeatures = ReadonlyMap<string, Feature>;

type Raw = Readonly<Record<string, unknown>>;

/** The features that a Parquet file states under `huggingface`, as any version of `datasets` writes them. */
export function featuresFromJson(text: string): StatedFeatures {
  try {
    const features = asRaw(asRaw(asRaw(JSON.parse(text))?.['info'])?.['features']);
    return entries(features ?? {}, fromJson);
  } catch {
    return new Map();
  }
}

/** The features of the front matter of a card: of the first configuration, where there are several. */
export function featuresFromYaml(front: unknown): StatedFeatures {
  const stated = asRaw(front)?.['dataset_info'];
  const info = asRaw(Array.isArray(stated) ? (stated as readonly unknown[])[0] : stated);
  return new Map(namedFeatures(info?.['features']));
}

function fromJson(json: unknown): Feature | null {
  if (Array.isArray(json)) return listOf(fromJson((json as readonly unknown[])[0]));
  const raw = asRaw(json);
  switch (raw?.['_type']) {
    case 'Value':
      return scalar(raw['dtype']);
    case 'ClassLabel':
      return classOf(raw['names']);
    case 'Image':
      return { type: 'image' };
    case 'List':
    case 'LargeList':
      return listOf(fromJson(raw['feature']));
    case 'Sequence': {
      const of = fromJson(raw['feature']);
      // A sequence of structs is a struct of lists.
      return of?.type === 'struct'
        ? { type: 'struct', fields: of.fields.map(([name, one]) => [name, { type: 'list', of: one }]) }
        : listOf(of);
    }
    case undefined:
      return raw ? { type: 'struct', fields: [...entries(raw, fromJson)] } : null;
    default:
      return null;
  }
}

function fromYaml(yaml: unknown): Feature | null {
  if (typeof yaml === 'string') return yaml === 'image' ? { type: 'image' } : scalar(yaml);
  const raw = asRaw(yaml);
  if (!raw) return null;
  if ('dtype' in raw) return fromYaml(raw['dtype']);
  if ('class_label' in raw) return classOf(asRaw(raw['class_label'])?.['names']);
  if ('struct' in raw) return { type: 'struct', fields: namedFeatures(raw['struct']) };
  if ('list' in raw) return listOf(structOr(raw['list']));
  if (!('sequence' in raw)) return null;
  const of = structOr(raw['sequence']);
  return of?.type === 'struct'
    ? { type: 'struct', fields: of.fields.map(([name, one]) => [name, { type: 'list', of: one }]) }
    : listOf(of);
}

const structOr = (yaml: unknown): Feature | null =>
  Array.isArray(yaml) ? { type: 'struct', fields: namedFeatures(yaml) } : fromYaml(yaml);

function namedFeatures(yaml: unknown): [string, Feature][] {
  if (!Array.isArray(yaml)) return [];
  return (yaml as readonly unknown[]).flatMap((one): [string, Feature][] => {
    const { name, ...rest } = asRaw(one) ?? {};
    const feature = fromYaml(rest);
    return typeof name === 'string' && feature ? [[name, feature]] : [];
  });
}

const listOf = (of: Feature | null): Feature | null => of && { type: 'list', of };

function scalar(dtype: unknown): Feature | null {
  if (typeof dtype !== 'string') return null;
  if (/string$/.test(dtype)) return { type: 'string' };
  if (/^u?int\d+$/.test(dtype)) return { type: 'int64' };
  return /^float\d+$/.test(dtype) ? { type: 'float64' } : null;
}

/** Names in a list, or by number. */
function classOf(names: unknown): Feature | null {
  if (typeof names !== 'object' || names === null) return null;
  const list: unknown[] = Object.values(names);
  return { type: 'class', names: list.map(String) };
}

const entries = (raw: Raw, read: (value: unknown) => Feature | null): Map<string, Feature> =>
  new Map(
    Object.entries(raw).flatMap(([name, value]): [string, Feature][] => {
      const feature = read(value);
      return feature ? [[name, feature]] : [];
    }),
  );

const asRaw = (value: unknown): Raw | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : null;
