import { fault } from '#core/errors';
import { itemName, type ItemRecord } from '#core/model/item';
import { NOWHERE } from '#core/projection/placement';
import { err, ok, type Result } from '#core/result';
import { Needle } from '#core/text/needle';
import { ahead } from '../shared/ahead';
import type { Session } from './session';

/** Chunks that are read while one is searched: reading takes longer. */
const READ_AHEAD = 4;
/** Shorter ones would name many items by chance. */
const SHORTEST_ID = 4;

/**
 * The first items whose id, name or text begins with what was typed, without regard to case: those with that id, then the
 * others as they come in the chunks. It reads chunk after chunk only until it has enough, and leaves room for other calls
 * between two.
 *
 * @returns rows of items, at most `count`; `cancelled` when the signal said so
 */
export async function itemsBeginningWith(
  { projection, reader }: Session,
  typed: string,
  count: number,
  signal: AbortSignal,
): Promise<Result<number[]>> {
  const prefix = typed.trim().toLowerCase();
  if (prefix === '') return ok([]);
  const found = new Set(prefix.length < SHORTEST_ID ? [] : projection.startingWith(prefix, count));
  const needle = new Needle(prefix);
  const search = async (chunk: (typeof projection.chunks)[number]) => {
    const view = signal.aborted ? null : await reader.read(chunk.hash);
    return { items: chunk.items, view };
  };
  for await (const { items, view } of ahead(projection.chunks, READ_AHEAD, search)) {
    if (signal.aborted) return err(fault('cancelled', ''));
    // What begins with it contains it, which is told without decoding anything.
    const contains = view?.search(needle);
    for (const [row, item] of items.entries()) {
      if (found.size >= count) return ok([...found]);
      if (contains?.[row] !== 1 || item === NOWHERE) continue;
      const record = view?.record(row);
      if (record && beginsWith(record, prefix)) found.add(item);
    }
  }
  return ok([...found].slice(0, count));
}

/** An image is called by its file's name, with or without the folders before it. */
function beginsWith(record: ItemRecord, prefix: string): boolean {
  const name = itemName(record).toLowerCase();
  if (name.startsWith(prefix) || name.slice(name.lastIndexOf('/') + 1).startsWith(prefix)) return true;
  return record.data.kind === 'text' && record.data.text.trimStart().toLowerCase().startsWith(prefix);
}
