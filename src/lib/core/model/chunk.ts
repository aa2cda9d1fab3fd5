import { encode } from '@ipld/dag-cbor';
import { fault } from '../errors';
import { err, ok, type Result } from '../result';
import { ChunkView } from './chunk-view';
import type { ItemRecord } from './item';
import { packItem } from './packed-item';

/** Items per chunk: one chunk is read in a few milliseconds, and 1,000,000 items need 1,000 of them. */
export const CHUNK_ITEMS = 1_000;

/**
 * The canonical bytes of a batch of items. Chunks are stored by the hash of their bytes, so their encoding is fixed: the tables of
 * file and column names, and the packed items. {@link ChunkView} reads them in place.
 */
export function encodeChunk(items: readonly ItemRecord[]): Uint8Array {
  const files = new Numbering();
  const columns = new Numbering();
  const names = { file: (name: string) => files.of(name), column: (name: string) => columns.of(name) };
  const packed = items.map((item) => packItem(item, names));
  return encode({ version: 1, files: files.names, columns: columns.names, items: packed });
}

/** All items of a chunk; `chunk.malformed` where the bytes are none. */
export function decodeChunk(bytes: Uint8Array): Result<ItemRecord[]> {
  const view = ChunkView.open(bytes);
  if (!view.ok) return view;
  const records: ItemRecord[] = [];
  for (let row = 0; row < view.value.length; row++) {
    const record = view.value.record(row);
    if (!record) return err(fault('chunk.malformed', '', { reason: `its item ${row + 1} has an invalid shape` }));
    records.push(record);
  }
  return ok(records);
}

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
