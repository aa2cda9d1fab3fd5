import type { AuthorId } from '#core/model/ids';
import { ANNOTATION, NO_ANSWER } from '#core/projection/answers';
import { agreementOf } from '#core/projection/annotations';
import type { Projection } from '#core/projection/projection';
import { isForExperts, STAGES } from '#core/workflow/stage';
import { sortByKey } from '#core/table/sort-by-key';
import type { Quality } from '../quality/quality';
import type { ReviewFilter } from './api';

/** Whose queue it is. */
export interface Reviewer {
  readonly author: AuthorId;
  /** Whether they have the last word: owners and reviewers. */
  readonly isExpert: boolean;
}

/**
 * Rows of the items that a filter asks for, in the order in which they are worth a look. One walk over columns: no item is read, and
 * answers only where the filter is about authors or classes.
 */
export function reviewQueue(
  projection: Projection,
  { suspects }: Pick<Quality, 'suspects'>,
  filter: ReviewFilter,
  reviewer: Reviewer,
): Uint32Array {
  const condition = conditionOf(projection, suspects, filter, reviewer);
  const byAuthors = answeredByAll(projection, filter);
  const byClasses = saidBoth(projection, filter);
  const found = projection.order.filter((item) => condition.holds(item) && byAuthors(item) && byClasses(item));
  const { urgency } = condition;
  return urgency
    ? sortByKey(
        found,
        Float64Array.from(found, (item) => Math.round(urgency(item) * STEPS)),
      )
    : found;
}

/** How finely urgencies, from 0 to 2, are told apart. */
const STEPS = 30_000;

interface Condition {
  holds(item: number): boolean;
  /** The least comes first; null: in the order of the project. */
  readonly urgency: ((item: number) => number) | null;
}

function conditionOf(
  projection: Projection,
  suspects: Quality['suspects'],
  { which, authors }: ReviewFilter,
  reviewer: Reviewer,
): Condition {
  const agreement = (item: number) => projection.agreement(item);
  switch (which) {
    case 'waiting':
      return { holds: waitingFor(projection, reviewer), urgency: (item) => urgency(projection, item) };
    case 'disputed':
      return { holds: (item) => projection.status(item) === 'disputed', urgency: agreement };
    case 'in-review':
      return {
        holds: (item) => projection.status(item) === 'in-review',
        urgency: (item) => urgency(projection, item),
      };
    case 'disagreed': {
      const among = authors.length < 2 ? agreement : agreementAmong(projection, authors);
      return { holds: (item) => agreement(item) < 1 && among(item) < 1, urgency: among };
    }
    case 'unsure': {
      const { lowConfidence } = projection.settings.quality;
      const confidence = (item: number) => projection.confidence(item);
      return { holds: (item) => confidence(item) < lowConfidence, urgency: confidence };
    }
    case 'suspect':
      return { holds: (item) => suspects.has(item), urgency: (item) => suspects.get(item)!.probability };
    case 'annotated':
      return { holds: (item) => projection.annotationCount(item) > 0, urgency: null };
  }
}

/** Whether an item waits for this person's decision. */
function waitingFor(projection: Projection, { author, isExpert }: Reviewer): (item: number) => boolean {
  if (!isExpert) {
    return (item) => projection.stage(item) === 'peer' && projection.answer(item, author).kind !== ANNOTATION;
  }
  const forExperts = new Set(STAGES.filter(isForExperts));
  const annotators = projection.members.filter((member) => projection.role(member) === 'annotator');
  return (item) => {
    const stage = projection.stage(item);
    if (forExperts.has(stage)) return true;
    // One more annotator is asked for, and there is none who has not answered it.
    if (stage !== 'further-disputed' && stage !== 'further-ambiguous') return false;
    return annotators.every((annotator) => projection.answer(item, annotator).kind !== NO_ANSWER);
  };
}

/** Low posteriors first, then low agreement; what nobody has figures of comes last. */
function urgency(projection: Projection, item: number): number {
  const confidence = projection.confidence(item);
  if (!Number.isNaN(confidence)) return confidence;
  const agreement = projection.agreement(item);
  return Number.isNaN(agreement) ? 2 : 1 + agreement / 2;
}

/** Mean pairwise similarity of what these authors say; NaN where fewer than two of them do. */
function agreementAmong(projection: Projection, authors: readonly AuthorId[]): (item: number) => number {
  const { pool, schema } = projection;
  return (item) => {
    const said = authors
      .map((author) => projection.answer(item, author))
      .flatMap(({ kind, values }) => (kind === ANNOTATION ? values : []));
    return said.length < 2 ? NaN : agreementOf(said, pool, schema);
  };
}

function answeredByAll(projection: Projection, { authors }: ReviewFilter): (item: number) => boolean {
  return (item) => authors.every((author) => projection.answer(item, author).kind !== NO_ANSWER);
}

/** Whether somebody said the one class and somebody else the other; the same twice: whether anybody said it. */
function saidBoth(projection: Projection, { classes }: ReviewFilter): (item: number) => boolean {
  if (!classes) return () => true;
  const { pool } = projection;
  const says = (id: string) => {
    const held = new Uint8Array(pool.count + 1);
    for (let ref = 1; ref < held.length; ref++)
      if (pool.classes(ref).some(([field, named]) => field === classes.field && named === id)) held[ref] = 1;
    return held;
  };
  const [a, b] = [says(classes.a), says(classes.b)];
  return (item) => {
    let [onlyA, onlyB, both] = [0, 0, 0];
    projection.eachAnswer(item, (_, kind, values) => {
      if (kind !== ANNOTATION) return;
      if (a[values] === 1 && b[values] === 1) both++;
      else if (a[values] === 1) onlyA++;
      else if (b[values] === 1) onlyB++;
    });
    if (classes.a === classes.b) return both > 0;
    return (onlyA > 0 && onlyB > 0) || (both > 0 && onlyA + onlyB + both > 1);
  };
}
