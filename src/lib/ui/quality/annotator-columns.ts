import type { AnnotatorReport, ShareReport } from '#core/quality/quality-report';
import { shareOf } from './figures-words';
import type { RowOrder } from './sort-rows';

export type AnnotatorColumn =
  'name' | 'labels' | 'time' | 'rushed' | 'others' | 'consensus' | 'experts' | 'gold' | 'self' | 'trend';

interface ColumnWords {
  readonly id: AnnotatorColumn;
  readonly label: string;
  /** What is compared, in a sentence. */
  readonly help: string;
  /** What people look for first. */
  readonly begins: RowOrder<AnnotatorColumn>['order'];
  /** null for nothing to compare with. */
  readonly figure: (annotator: AnnotatorReport) => number | string | null;
}

/** Members that hold a share of answers which were right. */
export type ShareColumn = 'withConsensus' | 'withExperts' | 'withGold' | 'withSelf';

const share =
  (which: ShareColumn) =>
  (annotator: AnnotatorReport): number | null =>
    shareOf(annotator[which] satisfies ShareReport);

export const ANNOTATOR_COLUMNS: readonly ColumnWords[] = [
  { id: 'name', label: 'Name', help: '', begins: 'ascending', figure: ({ name }) => name },
  {
    id: 'labels',
    label: 'Labels',
    help: 'Items that they labelled.',
    begins: 'descending',
    figure: ({ labels }) => labels,
  },
  {
    ...{ id: 'time', label: 'Time', begins: 'ascending' },
    help: 'Half of their answers took less.',
    figure: ({ medianLeadMs }) => medianLeadMs,
  },
  {
    ...{ id: 'rushed', label: 'Rushed', begins: 'descending' },
    help: 'Answers that came faster than anybody can look.',
    figure: ({ rushed }) => rushed,
  },
  {
    ...{ id: 'others', label: 'Others', begins: 'ascending' },
    help: 'How similar their answers are to those of others to the same items.',
    figure: ({ withOthers }) => withOthers?.value ?? null,
  },
  {
    ...{ id: 'consensus', label: 'Consensus', begins: 'ascending' },
    help: 'Their answers that the consensus confirms.',
    figure: share('withConsensus'),
  },
  {
    ...{ id: 'experts', label: 'Experts', begins: 'ascending' },
    help: 'Their answers that a reviewer decided the same way.',
    figure: share('withExperts'),
  },
  {
    ...{ id: 'gold', label: 'Gold', begins: 'ascending' },
    help: 'Their answers to items whose answers are known.',
    figure: share('withGold'),
  },
  {
    ...{ id: 'self', label: 'Themselves', begins: 'ascending' },
    help: 'Items that they answered the same way when they were asked again.',
    figure: share('withSelf'),
  },
  {
    ...{ id: 'trend', label: 'Trend', begins: 'ascending' },
    help: 'Agreement with the consensus over their last labels, hundred by hundred.',
    figure: ({ trend }) => (trend.length < 2 ? null : trend.at(-1)!.value - trend[0]!.value),
  },
];
