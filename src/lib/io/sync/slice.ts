import { createDecoder, readVarUint } from 'lib0/decoding';
import type { AuthorId } from '#core/model/ids';
import type { Replica } from './replica';

/** Commits in one update. */
export const SLICE_COMMITS = 1000;
/** Bytes of the commits in one update, unless it is a single one. */
const SLICE_BYTES = 256 << 10;
/** What Yjs puts around each. */
const AROUND_COMMIT = 128;

/** How many of an author's commits from this one on go into one update: at least one of those up to `to`. */
export function sliceEnd(replica: Replica, author: AuthorId, from: number, to: number): number {
  let count = Math.min(to - from, SLICE_COMMITS);
  for (let bytes = replica.bytes(author, from, from + count); bytes > SLICE_BYTES && count > 1;) {
    count = Math.max(1, Math.min(count - 1, Math.floor((count * SLICE_BYTES) / bytes)));
    bytes = replica.bytes(author, from, from + count);
  }
  return from + count;
}

/** What an update says that it is: commits of one author, by client id, up to this length. */
export interface Slice {
  readonly client: number;
  readonly to: number;
}

/**
 * Reads what an update brings from its beginning; null where it is none of these: of one author, with no more commits or bytes than
 * fit. Two bytes can stand for a struct in Yjs's format, so a peer could otherwise make millions of objects of one message
 * before the gate sees any.
 */
export function readSlice(update: Uint8Array): Slice | null {
  try {
    const decoder = createDecoder(update);
    const [authors, commits] = [readVarUint(decoder), readVarUint(decoder)];
    if (authors !== 1 || commits < 1 || commits > SLICE_COMMITS) return null;
    if (commits > 1 && update.length > SLICE_BYTES + commits * AROUND_COMMIT) return null;
    const [client, from] = [readVarUint(decoder), readVarUint(decoder)];
    return { client, to: from + commits };
  } catch {
    return null;
  }
}
