import type { LogHead } from '#core/log/chain';
import { decodeCommit } from '#core/log/commit';
import { NO_PROOFS } from '#core/log/proofs';
import { decodeChunk } from '#core/model/chunk';
import type { AuthorId } from '#core/model/ids';
import { itemId } from '#core/model/item';
import { decodePredictions } from '#core/model/prediction-chunk';
import { CHECKPOINT_VERSION, Projection } from '#core/projection/projection';
import type { ProjectStore } from '#io/storage/project-store';

/** Commits read at once while a log is replayed. */
const REPLAY_BATCH = 2_000;

/** The projection of everything that is stored: the last checkpoint, the commits since, and the chunks they announce. */
export async function restore(store: ProjectStore, me: AuthorId, heads: readonly LogHead[]): Promise<Projection> {
  const checkpoint = (await store.checkpoints.get('projection'))?.checkpoint;
  const projection = new Projection(me, NO_PROOFS, checkpoint?.version === CHECKPOINT_VERSION ? checkpoint : undefined);
  for (const { author, length } of heads) await replay(store, projection, author, length);
  await fillIn(store, projection);
  return projection;
}

async function replay(store: ProjectStore, projection: Projection, author: AuthorId, length: number): Promise<void> {
  while (projection.applied(author) < length) {
    const stored = await store.commitsFrom(author, projection.applied(author), REPLAY_BATCH);
    if (stored.length === 0) throw new Error(`the log of ${author} ends before its head`);
    for (const { bytes } of stored) {
      const commit = decodeCommit(bytes);
      if (!commit.ok) throw new Error(commit.error.message);
      projection.apply(author, commit.value);
    }
  }
}

/** Gives the projection the stored contents of the chunks that it knows only by name. */
async function fillIn(store: ProjectStore, projection: Projection): Promise<void> {
  const { items, predictions } = projection.missing();
  for (const hash of items) {
    const bytes = (await store.chunks.get(hash))?.bytes;
    const records = bytes && decodeChunk(bytes);
    if (records?.ok) {
      projection.addChunk(
        hash,
        records.value.map(({ data }) => itemId(data)),
      );
    }
  }
  for (const hash of predictions) {
    const bytes = (await store.chunks.get(hash))?.bytes;
    const read = bytes && decodePredictions(bytes);
    if (read?.ok) projection.addPredictions(hash, read.value);
  }
}
