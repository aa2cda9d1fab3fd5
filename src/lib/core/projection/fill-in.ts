import type { Prediction } from '../log/events';
import type { Hash, ItemId } from '../model/ids';
import type { Projection } from './projection';

/** What the chunks that a project announces hold, as far as they are at hand. */
export interface Contents {
  /** Ids of the items of a chunk, in its order; null where it is not here. */
  items(hash: Hash): Promise<readonly ItemId[] | null>;
  predictions(hash: Hash): Promise<readonly Prediction[] | null>;
}

/**
 * Gives a projection the contents of the chunks that it knows only by name.
 *
 * @returns how many of them are not at hand
 */
export async function fillIn(projection: Projection, contents: Contents): Promise<number> {
  const missing = projection.missing();
  let absent = 0;
  for (const hash of missing.items) {
    const ids = await contents.items(hash);
    if (ids) projection.addChunk(hash, ids);
    else absent++;
  }
  for (const hash of missing.predictions) {
    const predictions = await contents.predictions(hash);
    if (predictions) projection.addPredictions(hash, predictions);
    else absent++;
  }
  return absent;
}
