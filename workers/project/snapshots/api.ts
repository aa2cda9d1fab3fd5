import type { AuthorId, ItemId } from '#core/model/ids';
import type { Result } from '#core/result';
import type { TaskId } from '../api';

/** Named, exact states of the project, to export again and to compare. */
export interface SnapshotApi {
  snapshots(): Promise<Result<readonly Snapshot[]>>;
  takeSnapshot(name: string): Promise<Result<SnapshotId>>;
  /** What changed from one state to another; null: the state now. */
  compareSnapshots(task: TaskId, from: SnapshotId, to: SnapshotId | null): Promise<Result<SnapshotChanges>>;
}

/** Of the event that took it: its author and place, `author:seq:index`. */
export type SnapshotId = string;

export interface Snapshot {
  readonly id: SnapshotId;
  readonly name: string;
  readonly author: AuthorId;
  readonly authorName: string;
  /** Milliseconds since the epoch by the author's clock. */
  readonly time: number;
  /** Commits of all logs in it. */
  readonly commits: number;
  /** Commits of it that have not come here yet; it can be used when there are none. */
  readonly absent: number;
}

export interface SnapshotChanges {
  readonly itemsAdded: number;
  readonly itemsRemoved: number;
  /** Items whose label differs, in all; the first thousand are told. */
  readonly changedTotal: number;
  readonly changed: readonly {
    readonly item: ItemId;
    readonly name: string;
    /** The label as words; '' for none. */
    readonly before: string;
    readonly after: string;
    /** Who spoke of the item in between. */
    readonly by: readonly AuthorId[];
  }[];
  /** What each author did in between, in numbers. */
  readonly authors: readonly { readonly author: AuthorId; readonly name: string; readonly annotated: number }[];
  /** Changes of schema and settings in between, as sentences. */
  readonly project: readonly string[];
}
