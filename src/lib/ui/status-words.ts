import type { Status } from '#core/model/project';

/** How a status is called on the screen. */
export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  pending: 'To do',
  'pre-annotated': 'Pre-labelled',
  'in-progress': 'In progress',
  disputed: 'Disputed',
  'in-review': 'In review',
  completed: 'Completed',
  skipped: 'Skipped',
};
