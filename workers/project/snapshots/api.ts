import type { AuthorId, ItemId } from '#core/model/ids';
import type { Result } from '#core/result';
import type { LabelSide } from '#core/snapshots/changes';
import type { SnapshotId } from '#core/snapshots/snapshot';
import type { TaskId } from '../task-id';

export type { LabelSide, SnapshotId };

/** Named, exact states of the project, to export again and to compare. */
export interface SnapshotApi {
  /** Newest first. */
  snapshots(): Promise<Result<readonly SnapshotView[]>>;
  /** @returns `snapshot.unnamed`, `text.too-long`, `role.lacking` */
  takeSnapshot(name: string): Promise<Result<SnapshotId>>;
  /**
   * What changed from one state to another, which is later; null: the state now.
   *
   * @returns `snapshot.…` where one of them cannot be projected here
   */
  compareSnapshots(task: TaskId, from: SnapshotId, to: SnapshotId | null): Promise<Result<SnapshotChanges>>;
}

export interface SnapshotView {
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
  /** Items that have a label, before and after. */
  readonly labelled: readonly [before: number, after: number];
  /** Items of both states whose label differs, in all; the first thousand, in project order, are told. */
  readonly changedTotal: number;
  readonly changed: readonly ChangedLabel[];
  /** What each author did in between, those who did most first. */
  readonly authors: readonly AuthorChanges[];
  /** Changes of the project itself in between, in order; the last two hundred. */
  readonly project: readonly ProjectChange[];
  readonly projectTotal: number;
}

export interface ChangedLabel {
  readonly item: ItemId;
  readonly name: string;
  /** null: none. */
  readonly before: LabelSide | null;
  readonly after: LabelSide | null;
  /** Names of those who spoke of the item in between; nobody where questions, members or others' work made the difference. */
  readonly by: readonly string[];
}

export interface AuthorChanges {
  readonly author: AuthorId;
  readonly name: string;
  /** Items that they annotated, skipped, reviewed or decided on. */
  readonly annotated: number;
  readonly skipped: number;
  readonly reviewed: number;
}

/** Somebody did something: `Ada` `named the project “Birds”`. */
export interface ProjectChange {
  readonly name: string;
  /** Milliseconds since the epoch by their clock. */
  readonly time: number;
  readonly words: string;
}
