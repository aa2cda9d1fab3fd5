import { ANNOTATION } from '#core/projection/answers';
import type { Values } from '#core/model/annotation';
import type { AuthorId } from '#core/model/ids';
import type { Projection } from '#core/projection/projection';
import { isRight, type Accuracy } from '#core/workflow/gold-answers';

/** How annotators did on what is known. */
export interface GoldAccuracy {
  readonly byAuthor: ReadonlyMap<AuthorId, Accuracy>;
  /** By row of the item. */
  readonly byItem: ReadonlyMap<number, Accuracy>;
}

/**
 * Compares what annotators answer with what is known. Of an item whose answer was disclosed, their first answer counts: after it they
 * may have been told. Items to practise on are left out, since there mistakes are in place; and so are owners and reviewers, who may
 * know the answers.
 *
 * @param answers row of the item -> what it is known to be
 */
export function accuracyOf(projection: Projection, answers: ReadonlyMap<number, Values>): GoldAccuracy {
  const { schema, settings, control } = projection;
  const practice = new Set(control.dealt.practice);
  const since = releases(projection);
  const byAuthor = new Map<AuthorId, Accuracy>();
  const byItem = new Map<number, Accuracy>();
  for (const [item, known] of answers) {
    const id = projection.id(item);
    if (practice.has(id)) continue;
    for (const { author, values, lamport } of saidOf(projection, item, control.disclosed.has(id))) {
      if (projection.standing(author) !== 'annotator') continue;
      const right = isRight(projection.pool.read(values), known, schema, settings.agreementThreshold) ? 1 : 0;
      byItem.set(item, counted(byItem.get(item), right));
      if (lamport > (since.get(author) ?? -1)) byAuthor.set(author, counted(byAuthor.get(author), right));
    }
  }
  return { byAuthor, byItem };
}

const counted = (before: Accuracy | undefined, right: number): Accuracy => ({
  right: (before?.right ?? 0) + right,
  of: (before?.of ?? 0) + 1,
});

interface Said {
  readonly author: AuthorId;
  readonly values: number;
  readonly lamport: number;
}

/** What each author says of the item now, or, of one whose answer was disclosed, said first. */
function saidOf(projection: Projection, item: number, isDisclosed: boolean): Iterable<Said> {
  if (!isDisclosed)
    return projection
      .annotations(item)
      .map(({ author, values, record }) => ({ author, values, lamport: record.lamport }));
  const first = new Map<AuthorId, Said>();
  for (const { type, author: row, values, lamport } of projection.historyOf(item)) {
    const author = projection.author(row);
    if (type !== 'annotated' || first.has(author) || projection.answer(item, author).kind !== ANNOTATION) continue;
    first.set(author, { author, values, lamport });
  }
  return first.values();
}

/** When those who were paused were last let go on, by the logical clock. */
function releases(projection: Projection): ReadonlyMap<AuthorId, number> {
  const since = new Map<AuthorId, number>();
  for (const fact of projection.facts) {
    const { event, lamport } = fact;
    if (event.type === 'member.paused' && event.reason === '' && projection.counts(fact))
      since.set(event.author, lamport);
  }
  return since;
}
