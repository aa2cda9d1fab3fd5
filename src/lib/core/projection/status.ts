import type { Settings, Status } from '../model/project';

export interface ItemState {
  readonly resolved: boolean;
  readonly accepted: boolean;
  readonly annotations: number;
  readonly skips: number;
  readonly predicted: boolean;
  /** Whether no item completes by itself, since agreement in the project is too low. */
  readonly isHeld: boolean;
  /** Mean pairwise similarity of the annotations, 0 to 1; asked for only when there are at least two. */
  agreement(): number;
}

/** The status of an item, from what is known of it. */
export function statusOf(item: ItemState, settings: Settings): Status {
  if (item.resolved) return 'completed';
  if (item.annotations >= settings.minAnnotators) {
    if (item.annotations > 1 && item.agreement() < settings.agreementThreshold) return 'disputed';
    return (settings.reviewGate || item.isHeld) && !item.accepted ? 'in-review' : 'completed';
  }
  if (item.annotations > 0) return 'in-progress';
  if (item.skips > 0) return 'skipped';
  return item.predicted ? 'pre-annotated' : 'pending';
}
