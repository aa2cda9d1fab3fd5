/**
 * How far an item has come on its way from label to peer review to expert, and for whom it waits there.
 *
 * | stage | who is asked | when |
 * | --- | --- | --- |
 * | `label` | annotators | fewer annotations than are wanted |
 * | `further-…` | one more annotator | as many, and they are at odds, or their consensus is too uncertain |
 * | `again` | those who annotated it | a reviewer sent it back and they have not answered since |
 * | `peer` | an annotator who did not annotate it | it is drawn for peer review |
 * | `expert-…` | reviewers and owners | it stays unsettled, a peer rejected it, it came back, or it is gated, drawn or held |
 * | `done` | nobody | a person resolved or accepted it, or nothing keeps it |
 */
import type { Settings, Status } from '../model/project';
import { wanted, type Unsettled } from './wanted';

export const STAGES = [
  'label',
  'again',
  'further-disputed',
  'further-ambiguous',
  'peer',
  'expert-disputed',
  'expert-ambiguous',
  'expert-rejected',
  'expert-reworked',
  'expert-gated',
  'expert-sampled',
  'expert-held',
  'done',
] as const;
export type Stage = (typeof STAGES)[number];

/** What people decided about an item, as far as it holds for the annotations that it has now. */
export interface Verdicts {
  /**
   * The last word of reviewers and owners. `rejected`: somebody has not answered anew since; `reworked`: everybody has, and nobody
   * has looked at it again.
   */
  readonly expert: 'accepted' | 'rejected' | 'reworked' | null;
  /** The last word of annotators who did not annotate it. */
  readonly peer: 'accepted' | 'rejected' | null;
}

export interface ItemOnItsWay extends Verdicts {
  readonly isResolved: boolean;
  readonly annotations: number;
  /** Annotations that were asked for at first, at least 1. */
  readonly wantedAtFirst: number;
  /** Asked for only where there are as many. */
  unsettled(): Unsettled;
  /** Whether somebody's annotation of it is drawn for being looked at. */
  isSampled(by: 'peer' | 'review'): boolean;
  /** Whether no item of the project completes by itself, since agreement is too low. */
  readonly isHeld: boolean;
}

/** Where an item is on its way. */
export function stageOf(
  item: ItemOnItsWay,
  settings: Pick<Settings, 'minAnnotators' | 'workflow' | 'reviewGate'>,
): Stage {
  const { annotations, wantedAtFirst: first } = item;
  if (item.isResolved || (item.expert === 'accepted' && annotations > 0)) return 'done';
  if (item.expert === 'rejected') return 'again';
  if (annotations < first) return 'label';
  const unsettled = item.unsettled();
  if (unsettled !== null)
    return `${annotations < wanted(first, annotations, unsettled, settings) ? 'further' : 'expert'}-${unsettled}`;
  return keptBy(item, settings.reviewGate) ?? 'done';
}

/** Why an item on which its annotators agree is not done. */
function keptBy(item: ItemOnItsWay, isGated: boolean): Stage | null {
  if (item.expert === 'reworked') return 'expert-reworked';
  if (item.peer === 'rejected') return 'expert-rejected';
  if (item.peer === null && item.isSampled('peer')) return 'peer';
  if (isGated) return 'expert-gated';
  if (item.isSampled('review')) return 'expert-sampled';
  return item.isHeld ? 'expert-held' : null;
}

/** The status of an item at a stage. */
export function statusAt(stage: Stage, { annotations, skips, isPredicted }: SaidOfItem): Status {
  switch (stage) {
    case 'label':
      if (annotations > 0) return 'in-progress';
      if (skips > 0) return 'skipped';
      return isPredicted ? 'pre-annotated' : 'pending';
    case 'again':
    case 'further-ambiguous':
      return 'in-progress';
    case 'further-disputed':
    case 'expert-disputed':
      return 'disputed';
    case 'peer':
    case 'expert-ambiguous':
    case 'expert-rejected':
    case 'expert-reworked':
    case 'expert-gated':
    case 'expert-sampled':
    case 'expert-held':
      return 'in-review';
    case 'done':
      return 'completed';
  }
}

export interface SaidOfItem {
  readonly annotations: number;
  readonly skips: number;
  readonly isPredicted: boolean;
}

/** Whether reviewers and owners are asked. */
export const isForExperts = (stage: Stage): boolean => stage.startsWith('expert-');
