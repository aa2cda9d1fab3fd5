import { decode, encode } from '@ipld/dag-cbor';
import * as v from 'valibot';
import { fault } from '../errors';
import { err, ok, type Result } from '../result';
import type { ImageFacts, ItemData, ItemRecord, Source } from './item';

/** Items per chunk: one chunk decodes in a few milliseconds, and 1,000,000 items need 1,000 of them. */
export const CHUNK_ITEMS = 1_000;

/**
 * Chunks are stored by the hash of their bytes, so their encoding is fixed: rows are arrays, and file and column names,
 * which repeat in every row, are numbers of a table at the head.
 */
const PackedSource = v.tuple([
  v.pipe(v.number(), v.integer(), v.minValue(0)), // file
  v.pipe(v.number(), v.integer(), v.minValue(0)), // row; 0: the whole file
  v.array(v.union([v.pipe(v.number(), v.integer()), v.string()])), // column, value, column, value, …
]);
const PackedImage = v.tuple([v.number(), v.number(), v.string(), v.number()]); // width, height, type, size
const PackedItem = v.tuple([
  v.picklist(['text', 'image', 'image-url']),
  v.string(),
  v.nullable(PackedImage),
  v.array(PackedSource),
]);
const PackedChunk = v.object({
  version: v.literal(1),
  files: v.array(v.string()),
  columns: v.array(v.string()),
  items: v.array(PackedItem),
});
type PackedChunk = v.InferOutput<typeof PackedChunk>;

/** The canonical bytes of a batch of items. */
export function encodeChunk(items: readonly ItemRecord[]): Uint8Array {
  const files = new Numbering();
  const columns = new Numbering();
  const pack = (source: Source): PackedChunk['items'][number][3][number] => [
    files.of(source.file),
    source.row ?? 0,
    Object.entries(source.meta ?? {}).flatMap(([column, value]) => [columns.of(column), value]),
  ];
  const packed = items.map(({ data, image, sources }) => [
    data.kind,
    payload(data),
    image ? [image.width, image.height, image.type, image.size] : null,
    sources.map(pack),
  ]);
  return encode({ version: 1, files: files.names, columns: columns.names, items: packed });
}

export function decodeChunk(bytes: Uint8Array): Result<ItemRecord[]> {
  const malformed = (reason: string) => err(fault('chunk.malformed', '', { reason }));
  let decoded: unknown;
  try {
    decoded = decode(bytes);
  } catch (error) {
    return malformed(error instanceof Error ? error.message : 'not DAG-CBOR');
  }
  const parsed = v.safeParse(PackedChunk, decoded);
  if (!parsed.success) return malformed(parsed.issues[0].message);
  const { files, columns, items } = parsed.output;
  const unpack = ([file, row, cells]: PackedChunk['items'][number][3][number]): Source => {
    const meta: Record<string, string> = {};
    for (let i = 0; i + 1 < cells.length; i += 2) meta[columns[cells[i] as number] ?? ''] = String(cells[i + 1]);
    return { file: files[file] ?? '', ...(row > 0 && { row }), ...(cells.length > 0 && { meta }) };
  };
  return ok(
    items.map(([kind, value, image, sources]) => ({
      data: dataOf(kind, value),
      sources: sources.map(unpack),
      ...(image && { image: factsOf(image) }),
    })),
  );
}

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

const dataOf = (kind: ItemData['kind'], value: string): ItemData => {
  switch (kind) {
    case 'text':
      return { kind, text: value };
    case 'image':
      return { kind, blob: value };
    case 'image-url':
      return { kind, url: value };
  }
};

const factsOf = ([width, height, type, size]: v.InferOutput<typeof PackedImage>): ImageFacts => ({ width, height, type, size });

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
