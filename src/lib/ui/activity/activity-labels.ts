import type { ActivityKind, EventStanding } from '#core/log/activity';

/** What can be looked for, as the filter names it. */
export const KIND_LABELS: Readonly<Record<ActivityKind, string>> = {
  labels: 'Labels',
  reviews: 'Reviews',
  items: 'Items',
  people: 'People',
  project: 'Project',
  models: 'Models',
  other: 'Other',
};

interface StandingWords {
  /** On the line; '' where nothing has to be said. */
  readonly short: string;
  readonly long: string;
}

export const STANDING_WORDS: Readonly<Record<EventStanding, StandingWords>> = {
  counts: { short: '', long: 'It counts.' },
  'beyond-role': { short: 'does not count', long: 'It does not count: their role did not allow it.' },
  waiting: { short: 'waits', long: 'It does not count yet: nothing that admits this person has come to this device.' },
  forked: { short: 'does not count', long: 'It does not count: this person’s log has two versions from before it on.' },
  unknown: {
    short: 'not understood',
    long: 'It is kept and passed on: a newer version of Concord will understand it.',
  },
};
