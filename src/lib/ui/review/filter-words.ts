import type { ReviewFilter } from '#workers/project/review/api';

/** How the queues are called, in the order in which they are listed. */
export const QUEUES: readonly { readonly value: ReviewFilter['which']; readonly label: string }[] = [
  { value: 'waiting', label: 'Waiting for you' },
  { value: 'disputed', label: 'Disputed' },
  { value: 'in-review', label: 'In review' },
  { value: 'disagreed', label: 'Answers that differ' },
  { value: 'unsure', label: 'Unsure consensus' },
  { value: 'suspect', label: 'Probably wrong' },
  { value: 'annotated', label: 'Everything answered' },
];

/** What an empty queue means, and what to do next. */
export const EMPTY_WORDS: Readonly<Record<ReviewFilter['which'], { readonly title: string; readonly next: string }>> = {
  waiting: {
    title: 'Nothing waits for you',
    next: 'What is drawn for review, gated, or disputed after one more annotator comes here by itself.',
  },
  disputed: { title: 'Nothing is disputed', next: 'Items come here when their answers agree too little.' },
  'in-review': {
    title: 'Nothing is in review',
    next: 'Items come here when they are drawn for review, or all are gated.',
  },
  disagreed: { title: 'No answers differ', next: 'Items come here when two people answer them differently.' },
  unsure: { title: 'No consensus is unsure', next: 'Items come here when the truth model is not certain of them.' },
  suspect: { title: 'Nothing looks wrong', next: 'Items come here when the answers of others speak against one.' },
  annotated: { title: 'Nothing is answered yet', next: 'Everything that somebody answered is listed here.' },
};
