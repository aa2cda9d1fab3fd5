import type { LogEvent } from './events';

/** What an event is about, for whoever looks for something in the history of a project. */
export const ACTIVITY_KINDS = ['labels', 'reviews', 'items', 'people', 'project', 'models', 'other'] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/**
 * What an event amounts to. `counts`: it holds; `beyond-role`: its author had no right to it; `waiting`: its author is not admitted
 * yet; `forked`: it comes after the place where its author told two stories; `unknown`: this version cannot read it.
 */
export type EventStanding = 'counts' | 'beyond-role' | 'waiting' | 'forked' | 'unknown';

export function activityKind(event: LogEvent): ActivityKind {
  switch (event.type) {
    case 'annotation.submitted':
    case 'annotation.withdrawn':
    case 'item.skipped':
    case 'item.flagged':
    case 'comment.added':
      return 'labels';
    case 'review.decided':
    case 'item.resolved':
    case 'gold.set':
    case 'gold.shared':
    case 'gold.disclosed':
      return 'reviews';
    case 'items.added':
    case 'items.removed':
    case 'items.dealt':
      return 'items';
    case 'owner.added':
    case 'invite.issued':
    case 'invite.withdrawn':
    case 'member.joined':
    case 'member.changed':
    case 'member.paused':
    case 'key.published':
      return 'people';
    case 'project.founded':
    case 'settings.changed':
    case 'schema.changed':
    case 'snapshot.taken':
      return 'project';
    case 'queue.ordered':
    case 'predictions.published':
      return 'models';
    default:
      return 'other';
  }
}
