import type { Role } from '../model/project';
import type { KnownEvent, LogEvent } from './events';

/** A member's role; `none` of those who are no members. */
export type Standing = Role | 'none';

/** From the least rights to the most. */
const RANKED: readonly Standing[] = ['none', 'viewer', 'annotator', 'reviewer', 'owner'];

const LEAST_ROLE: Readonly<Record<KnownEvent['type'], Role>> = {
  'member.joined': 'viewer',
  'annotation.submitted': 'annotator',
  'annotation.withdrawn': 'annotator',
  'item.skipped': 'annotator',
  'item.flagged': 'annotator',
  'comment.added': 'annotator',
  'review.decided': 'annotator',
  'item.resolved': 'reviewer',
  'project.founded': 'owner',
  'owner.added': 'owner',
  'settings.changed': 'owner',
  'schema.changed': 'owner',
  'items.added': 'owner',
  'items.removed': 'owner',
  'invite.issued': 'owner',
  'invite.withdrawn': 'owner',
  'member.changed': 'owner',
  'key.published': 'viewer',
  'gold.set': 'reviewer',
  'gold.shared': 'reviewer',
  'gold.disclosed': 'owner',
  'items.dealt': 'reviewer',
  'member.paused': 'reviewer',
  'snapshot.taken': 'reviewer',
  'queue.ordered': 'owner',
  'predictions.published': 'owner',
};

/** Whether an event of this type counts when somebody of this standing commits it. Unknown events never do. */
export function mayCommit(standing: Standing, event: LogEvent): boolean {
  if (!Object.hasOwn(LEAST_ROLE, event.type)) return false;
  return RANKED.indexOf(standing) >= RANKED.indexOf(LEAST_ROLE[event.type as KnownEvent['type']]);
}

/** The least role that may commit an event of this type; null for types that this version does not know. */
export const neededFor = (event: LogEvent): Role | null =>
  Object.hasOwn(LEAST_ROLE, event.type) ? LEAST_ROLE[event.type as KnownEvent['type']] : null;

export const leastOf = (a: Standing, b: Standing): Standing => (RANKED.indexOf(a) <= RANKED.indexOf(b) ? a : b);

export const greatestOf = (a: Standing, b: Standing): Standing => (leastOf(a, b) === a ? b : a);
