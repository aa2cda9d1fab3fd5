import type { ImageFacts, ItemData, ItemRecord, Source } from './item';

/** An item as it is stored: rows are arrays, and file and column names, which repeat in every row, are numbers. */
export type PackedItem = readonly [
  ItemData['kind'],
  string,
  PackedImage | null,
  readonly PackedSource[],
  /** The context of a text, where it has one. */
  (readonly PackedTurn[])?,
];
/** Speaker, text. */
type PackedTurn = readonly [string, string];
/** Width, height, type, size. */
type PackedImage = readonly [number, number, string, number];
/** File, row (0: the whole file), then column, value, column, value, … */
type PackedSource = readonly [number, number, readonly (number | string)[]];

/** What the numbers in packed items stand for. */
export interface PackedNames {
  readonly files: readonly string[];
  readonly columns: readonly string[];
}

/** @param names numbers files and columns */
export function packItem(
  { data, image, sources }: ItemRecord,
  names: { file(name: string): number; column(name: string): number },
): PackedItem {
  const pack = (source: Source): PackedSource => [
    names.file(source.file),
    source.row ?? 0,
    Object.entries(source.meta ?? {}).flatMap(([column, value]) => [names.column(column), value]),
  ];
  const facts: PackedImage | null = image ? [image.width, image.height, image.type, image.size] : null;
  const packed = [data.kind, payload(data), facts, sources.map(pack)] as const;
  if (data.kind !== 'text' || !data.context) return packed;
  return [...packed, data.context.map(({ speaker, text }): PackedTurn => [speaker, text])];
}

export function unpackItem(
  [kind, value, image, sources, context]: PackedItem,
  { files, columns }: PackedNames,
): ItemRecord {
  const unpack = ([file, row, cells]: PackedSource): Source => {
    const meta: Record<string, string> = {};
    for (let i = 0; i < cells.length; i += 2) meta[columns[cells[i] as number]!] = cells[i + 1] as string;
    return { file: files[file]!, ...(row > 0 && { row }), ...(cells.length > 0 && { meta }) };
  };
  return { data: dataOf(kind, value, context), sources: sources.map(unpack), ...(image && { image: factsOf(image) }) };
}

/** By hand, because an export decodes every item: valibot takes 8 µs an item here, ten times as long as the decoding. */
export function isPackedItem(item: unknown, { files, columns }: PackedNames): item is PackedItem {
  const isSource = (source: unknown): source is PackedSource =>
    isTuple(source, 3) &&
    isIndex(source[0], files.length) &&
    isIndex(source[1], Infinity) &&
    Array.isArray(source[2]) &&
    source[2].length % 2 === 0 &&
    source[2].every((cell, at) => (at % 2 === 0 ? isIndex(cell, columns.length) : isText(cell)));
  if (!isTuple(item, 4) && !isTuple(item, 5)) return false;
  if (!KINDS.has(item[0]) || !isText(item[1])) return false;
  if (item.length === 5 && !(item[0] === 'text' && isList(item[4], isTurn))) return false;
  return (item[2] === null || isImage(item[2])) && isList(item[3], isSource);
}

const KINDS: ReadonlySet<unknown> = new Set<ItemData['kind']>(['text', 'image', 'image-url']);

const isText = (value: unknown): value is string => typeof value === 'string';
const isIndex = (value: unknown, length: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < length;
const isTuple = (value: unknown, length: number): value is unknown[] => Array.isArray(value) && value.length === length;
const isList = <T>(value: unknown, isMember: (member: unknown) => member is T): value is T[] =>
  Array.isArray(value) && value.every(isMember);
const isTurn = (value: unknown): value is PackedTurn => isTuple(value, 2) && value.every(isText);
const isImage = (value: unknown): value is PackedImage =>
  isTuple(value, 4) &&
  typeof value[0] === 'number' &&
  typeof value[1] === 'number' &&
  isText(value[2]) &&
  typeof value[3] === 'number';

const payload = (data: ItemData): string => {
  switch (data.kind) {
    case 'text':
      return data.text;
    case 'image':
      return data.blob;
    case 'image-url':
      return data.url;
  }
};

const dataOf = (kind: ItemData['kind'], value: string, context?: readonly PackedTurn[]): ItemData => {
  switch (kind) {
    case 'text':
      return {
        ...{ kind, text: value },
        ...(context && { context: context.map(([speaker, text]) => ({ speaker, text })) }),
      };
    case 'image':
      return { kind, blob: value };
    case 'image-url':
      return { kind, url: value };
  }
};

const factsOf = ([width, height, type, size]: PackedImage): ImageFacts => ({ width, height, type, size });
