import { projectValues } from '#core/fields/values';
import type { AuthorId } from '#core/model/ids';
import type { Projection } from '#core/projection/projection';
import { isRight } from '#core/workflow/gold-answers';
import { practiceOf, type Practice, type PracticeAnswer, type PracticeSettings } from '#core/workflow/gold-practice';

/** How somebody's practice stands, and what there is to practise on. */
export interface PracticeStanding {
  readonly practice: Practice;
  readonly settings: PracticeSettings;
  /** Rows of the items to practise on. */
  readonly items: readonly number[];
}

/**
 * What an annotator practises on before the first real item; null where nobody practises, or this person need not: owners, reviewers,
 * and whoever labelled before there was anything to practise on.
 */
export function practiceFor(projection: Projection, author: AuthorId): PracticeStanding | null {
  const { gold, agreementThreshold } = projection.settings;
  if (gold.practice === 0 || projection.standing(author) !== 'annotator') return null;
  const items = practiceItems(projection);
  const of = Math.min(gold.practice, items.length);
  if (of === 0 || labelledBefore(projection, author)) return null;
  const settings = { of, bar: gold.bar };
  const known = new Map(items.map((item) => [item, knownOf(projection, item)]));
  const right = ({ item, values }: Said): PracticeAnswer => {
    const answer = known.get(item) ?? {};
    return { item, isRight: isRight(projection.pool.read(values), answer, projection.schema, agreementThreshold) };
  };
  return { practice: practiceOf(saidBy(projection, author, items).map(right), settings), settings, items };
}

/** Rows of the items to practise on, those that are in the project and whose answers were disclosed. */
function practiceItems(projection: Projection): number[] {
  const { dealt, disclosed } = projection.control;
  return dealt.practice.flatMap((id) => {
    const item = disclosed.has(id) ? projection.find(id) : -1;
    return item >= 0 ? [item] : [];
  });
}

/** What everybody may know of an item, as it reads now; nothing where nothing was disclosed. */
export function knownOf(projection: Projection, item: number) {
  const disclosed = projection.control.disclosed.get(projection.id(item));
  return disclosed ? projectValues(disclosed.values, projection.schema) : {};
}

interface Said {
  readonly item: number;
  readonly values: number;
  readonly seq: number;
}

/** Every annotation that the author ever gave these items, in order. */
function saidBy(projection: Projection, author: AuthorId, items: readonly number[]): Said[] {
  const said = items.flatMap((item) =>
    projection.historyOf(item).flatMap(({ type, author: by, values, seq }) => {
      return type === 'annotated' && projection.author(by) === author ? [{ item, values, seq }] : [];
    }),
  );
  return said.sort((a, b) => a.seq - b.seq);
}

/** Whether the author had annotated anything before there was anything to practise on. */
function labelledBefore(projection: Projection, author: AuthorId): boolean {
  const dealing = projection.facts.find(
    (fact) => fact.event.type === 'items.dealt' && fact.event.purpose === 'practice' && projection.counts(fact),
  );
  if (!dealing) return false;
  const me = Array.from({ length: projection.authorCount }, (_, row) => projection.author(row)).indexOf(author);
  const { said } = projection;
  for (let row = 0; row < said.length; row++) {
    if (said.author(row) === me && said.type(row) === 'annotated')
      return projection.record(row).lamport < dealing.lamport;
  }
  return false;
}
