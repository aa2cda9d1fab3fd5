import type { Standing } from '../log/roles';
import type { Settings } from '../model/project';
import type { Schema } from '../model/schema';
import { isSampled } from '../workflow/review-sampling';
import { stageOf, statusAt } from '../workflow/stage';
import { unsettledBy, wantedAtFirst } from '../workflow/wanted';
import { agreementOf, fusedOf } from './annotations';
import { ANNOTATION, NO_ANSWER, SKIP, type Answers } from './answers';
import type { Consensus } from './consensus';
import type { Decisions } from './decisions';
import type { DerivedItem } from './derived';
import type { ValuePool, ValuesRef } from './value-pool';

/** What is known of a project's items, from which everything about one of them follows. */
export interface Known {
  readonly schema: Schema;
  readonly settings: Settings;
  readonly pool: ValuePool;
  readonly answers: Answers;
  readonly decisions: Decisions;
  readonly consensus: Consensus;
  /** Whether no item completes by itself. */
  readonly isHeld: boolean;
  /** Row of the reading author; undefined where there is none, or nothing of theirs. */
  readonly me: number | undefined;
  bits(item: number): number;
  isPredicted(item: number): boolean;
  /** The first 32 bits of an author's key. */
  authorBits(row: number): number;
  /** Under which a row of the history was committed. */
  standing(record: number): Standing;
}

/** What is derived of one item. */
export function derive(item: number, known: Known): DerivedItem {
  const { answers, settings } = known;
  const { resolution, expert, peer, sentBack } = known.decisions.of(item);
  const isPredicted = known.isPredicted(item);
  if (!answers.has(item) && resolution === 0) return isPredicted ? PRE_ANNOTATED : PENDING;
  const annotations: ValuesRef[] = [];
  const annotators: { readonly author: number; readonly record: number }[] = [];
  let skips = 0;
  answers.each(item, (author, kind, values, record) => {
    if (kind === SKIP) skips++;
    if (kind !== ANNOTATION) return;
    annotations.push(values);
    annotators.push({ author, record });
  });
  const agreement = annotations.length < 2 ? NaN : agreementOf(annotations, known.pool, known.schema);
  const bits = known.bits(item);
  const stage = stageOf(
    {
      isResolved: resolution !== 0,
      isHeld: known.isHeld,
      expert,
      peer,
      annotations: annotations.length,
      wantedAtFirst: wantedAtFirst(bits, settings),
      unsettled: () => unsettledBy(annotations.length, agreement, known.consensus.confidence(item), settings),
      isSampled: (by) => {
        const share = by === 'peer' ? settings.workflow.peerReview : settings.workflow.review;
        if (share === 0) return false;
        return annotators.some(
          ({ author, record }) =>
            isSampled(by, share, bits, known.authorBits(author)) && known.standing(record) === 'annotator',
        );
      },
    },
    settings,
  );
  return {
    stage,
    agreement,
    status: statusAt(stage, { annotations: annotations.length, skips, isPredicted }),
    label: resolution || known.consensus.values(item) || fusedOf(annotations, known.pool, known.schema),
    isOpen: isOpen(stage, known.me, known.answers, item, sentBack),
  };
}

/** Whether the item waits for an answer of the reading author. */
function isOpen(
  stage: DerivedItem['stage'],
  me: number | undefined,
  answers: Answers,
  item: number,
  sentBack: readonly number[],
): boolean {
  if (stage === 'again') return me !== undefined && sentBack.includes(me);
  if (stage !== 'label' && stage !== 'further-disputed' && stage !== 'further-ambiguous') return false;
  return me === undefined || answers.get(item, me).kind === NO_ANSWER;
}

/** Nearly every item of a large project, when it is opened. */
const PENDING: DerivedItem = { stage: 'label', status: 'pending', label: 0, agreement: NaN, isOpen: true };
const PRE_ANNOTATED: DerivedItem = { ...PENDING, status: 'pre-annotated' };
