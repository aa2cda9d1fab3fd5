import {
  CHECKPOINT_VERSION,
  joined,
  lengthsOf,
  segmentsSince,
  type CheckpointHead,
  type SavedCheckpoint,
  type TableLengths,
} from '#core/projection/checkpoint';
import type { Projection } from '#core/projection/projection';
import type { ProjectStore } from '#io/storage/project-store';

/** The small part, under this id; the tables' segments stand beside it under their own. */
const HEAD = 'projection';

interface StoredHead {
  readonly head: CheckpointHead;
  readonly lengths: TableLengths;
}

/**
 * The stored checkpoint of a project. It only saves time: without it, or where it cannot be read, the commits are replayed. Writing one
 * costs what came since the last, however large the project is.
 */
export class Checkpoints {
  readonly #store: ProjectStore;
  /** What is stored: of which projection, and how long its tables were. */
  #stored: { readonly of: Projection; readonly lengths: TableLengths } | null = null;

  constructor(store: ProjectStore) {
    this.#store = store;
  }

  /** The last one; null where there is none, or only one of another version. */
  async read(): Promise<(StoredHead & { readonly checkpoint: SavedCheckpoint }) | null> {
    const parts = new Map((await this.#store.checkpoints.toArray()).map(({ id, checkpoint }) => [id, checkpoint]));
    const stored = parts.get(HEAD) as Partial<StoredHead> | undefined;
    if (stored?.head?.version !== CHECKPOINT_VERSION || !stored.lengths) return null;
    const { head, lengths } = stored;
    const checkpoint = joined(head, lengths, (id) => parts.get(id));
    return checkpoint && { head, lengths, checkpoint };
  }

  /** This projection was restored from what was read: it goes on growing. */
  continueFrom(projection: Projection, lengths: TableLengths): void {
    this.#stored = { of: projection, lengths };
  }

  async write(projection: Projection): Promise<void> {
    const checkpoint = projection.save();
    if (!checkpoint) return;
    // All of it now: the projection goes on while the store writes.
    const lengths = lengthsOf(checkpoint);
    const known = this.#stored?.of === projection ? this.#stored.lengths : undefined;
    const segments = Array.from(segmentsSince(checkpoint, known), ({ id, rows }) => ({ id, checkpoint: rows }));
    const head: StoredHead = { head: checkpoint.head, lengths };
    const { checkpoints } = this.#store;
    try {
      await this.#store.transaction('rw', checkpoints, async () => {
        if (!known) await checkpoints.clear();
        await checkpoints.bulkPut([...segments, { id: HEAD, checkpoint: head }]);
      });
      this.#stored = { of: projection, lengths };
    } catch {
      // Where there is no room for it, the one before stays.
    }
  }
}
