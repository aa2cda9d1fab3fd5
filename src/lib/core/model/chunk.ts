import { encode } from '@ipld/dag-cbor';
import { fault } from '../errors';
import { err, ok, type Result } from '../result';
import { decodeCanonical } from './canonical';
import type { ImageFacts, ItemData, ItemRecord, Source } from './item';

/** Items per chunk: one chunk decodes in a few milliseconds, and 1,000,000 items need 1,000 of them. */
export const CHUNK_ITEMS = 1_000;

/**
 * Chunks are stored by the hash of their bytes, so their encoding is fixed: rows are arrays, and file and column names,
 * which repeat in every row, are numbers of a table at the head.
 */
interface PackedChunk {
  readonly version: 1;
  readonly files: readonly string[];
  readonly columns: readonly string[];
  readonly items: readonly PackedItem[];
}
type PackedItem = readonly [
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

/** The canonical bytes of a batch of items. */
export function encodeChunk(items: readonly ItemRecord[]): Uint8Array {
  const files = new Numbering();
  const columns = new Numbering();
  const pack = (source: Source): PackedSource => [
    files.of(source.file),
    source.row ?? 0,
    Object.entries(source.meta ?? {}).flatMap(([column, value]) => [columns.of(column), value]),
  ];
  const packed = items.map(({ data, image, sources }) => [
    data.kind,
    payload(data),
    image ? [image.width, image.height, image.type, image.size] : null,
    sources.map(pack),
    ...(data.kind === 'text' && data.context ? [data.context.map(({ speaker, text }) => [speaker, text])] : []),
  ]);
  return encode({ version: 1, files: files.names, columns: columns.names, items: packed });
}

export function decodeChunk(bytes: Uint8Array): Result<ItemRecord[]> {
  const decoded = decodeCanonical(bytes);
  if (!isChunk(decoded)) return err(fault('chunk.malformed', '', { reason: 'it is no list of items' }));
  const { files, columns } = decoded;
  const unpack = ([file, row, cells]: PackedSource): Source => {
    const meta: Record<string, string> = {};
    for (let i = 0; i < cells.length; i += 2) meta[columns[cells[i] as number]!] = cells[i + 1] as string;
    return { file: files[file]!, ...(row > 0 && { row }), ...(cells.length > 0 && { meta }) };
  };
  return ok(
    decoded.items.map(([kind, value, image, sources, context]) => ({
      data: dataOf(kind, value, context),
      sources: sources.map(unpack),
      ...(image && { image: factsOf(image) }),
    })),
  );
}

/** By hand, because a search decodes every chunk: valibot takes 8 µs an item here, ten times as long as the decoding. */
function isChunk(value: unknown): value is PackedChunk {
  if (!isRecord(value) || value['version'] !== 1) return false;
  const { files, columns, items } = value;
  if (!isList(files, isText) || !isList(columns, isText)) return false;
  const isSource = (source: unknown): source is PackedSource =>
    isTuple(source, 3) &&
    isIndex(source[0], files.length) &&
    isIndex(source[1], Infinity) &&
    Array.isArray(source[2]) &&
    source[2].length % 2 === 0 &&
    source[2].every((cell, at) => (at % 2 === 0 ? isIndex(cell, columns.length) : isText(cell)));
  return isList(items, (item): item is PackedItem => {
    if (!isTuple(item, 4) && !isTuple(item, 5)) return false;
    if (!KINDS.has(item[0]) || !isText(item[1])) return false;
    if (item.length === 5 && !(item[0] === 'text' && isList(item[4], isTurn))) return false;
    return (item[2] === null || isImage(item[2])) && isList(item[3], isSource);
  });
}

const KINDS: ReadonlySet<unknown> = new Set<ItemData['kind']>(['text', 'image', 'image-url']);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
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

/** Numbers strings in order of first use. */
class Numbering {
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();

  of(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}
