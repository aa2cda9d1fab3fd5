import type { SnapshotHead } from '../log/events';
import type { AuthorId } from '../model/ids';
import type { ControlFact } from '../projection/control';
import type { Projection } from '../projection/projection';

/** Of the event that took it: its author and its place, `author:seq:index`. */
export type SnapshotId = string;

/** A named state: everything that some logs held up to some lengths. */
export interface Snapshot {
  readonly id: SnapshotId;
  readonly name: string;
  /** Who took it. */
  readonly author: AuthorId;
  /** Milliseconds since the epoch, by the author's clock. */
  readonly time: number;
  readonly heads: readonly SnapshotHead[];
}

/** The snapshots that were taken by whoever had the right to, in canonical order. */
export const snapshotsOf = ({ control }: Projection): Snapshot[] => control.snapshots.flatMap(snapshotOf);

function snapshotOf({ author, seq, index, time, event }: ControlFact): Snapshot[] {
  if (event.type !== 'snapshot.taken') return [];
  return [{ id: `${author}:${seq}:${index}`, name: event.name, author, time, heads: event.heads }];
}
