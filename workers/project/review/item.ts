import { fault } from '#core/errors';
import type { AuthorId, ItemId } from '#core/model/ids';
import { ANNOTATION, NO_ANSWER } from '#core/projection/answers';
import { fusedOf } from '#core/projection/annotations';
import type { Projection } from '#core/projection/projection';
import { err, ok, type Result } from '#core/result';
import { authorBits, mix } from '#core/workflow/bits';
import { itemView } from '../item-views';
import type { Opened } from '../opened';
import type { ReviewAnswer, ReviewItem } from './api';
import { whyOf } from './why';

/** Everything that was said of an item, side by side. */
export async function reviewItem(
  { session, quality }: Pick<Opened, 'session' | 'quality'>,
  id: ItemId,
): Promise<Result<ReviewItem>> {
  await session.idle();
  const known = session.projection.find(id);
  if (known < 0) return err(fault('item.unknown', id));
  const view = await itemView(session, known);
  const { projection } = session;
  const item = projection.find(id);
  if (item < 0) return err(fault('item.unknown', id));
  const answers = answersTo(projection, item);
  const said = projection.historyOf(item).map((record) => ({ ...record, by: projection.author(record.author) }));
  const comments = said
    .filter(({ type }) => type === 'commented')
    .map(({ by, text, time }) => ({ author: by, text, time }));
  const verdicts = projection
    .verdicts(item)
    .map(({ by, says, time, isCurrent }) => ({ author: by, verdict: says, time, isCurrent }));
  const resolved = projection.resolution(item);
  const last = said.findLast(({ type }) => type === 'resolved');
  const agreement = projection.agreement(item);
  return ok({
    ...{ view, answers, comments, verdicts },
    consensus: consensusOf(projection, item, quality.posterior(item)),
    resolution:
      resolved !== 0 && last ? { values: projection.pool.read(resolved), author: last.by, time: last.time } : null,
    names: namesOf(
      projection,
      answers.map(({ author }) => author),
      [...comments, ...verdicts].map(({ author }) => author).concat(last ? [last.by] : []),
    ),
    agreement: Number.isNaN(agreement) ? null : agreement,
    why: whyOf(projection, item, quality.suspects.get(item)),
  });
}

function answersTo(projection: Projection, item: number): ReviewAnswer[] {
  const found = projection.members.flatMap((author): ReviewAnswer[] => {
    const { kind, values, record: row } = projection.answer(item, author);
    if (kind === NO_ANSWER) return [];
    const { text: note, time, leadMs } = projection.record(row);
    const isAnnotation = kind === ANNOTATION;
    return [
      {
        ...{ author, note, time, leadMs, kind: isAnnotation ? 'annotation' : 'skip' },
        values: isAnnotation ? projection.pool.read(values) : {},
        flag: projection.flag(item, author),
      },
    ];
  });
  // By lot, another one for each item: who is called A here is called something else elsewhere.
  const lot = ({ author }: ReviewAnswer) => mix(projection.idBits(item) ^ authorBits(author));
  return projection.settings.workflow.hideNames
    ? found.sort((a, b) => lot(a) - lot(b))
    : found.sort((a, b) => compareNames(projection.name(a.author), projection.name(b.author)));
}

const compareNames = new Intl.Collator('en').compare;

/** What the answers amount to whatever a person decided: the truth model's word, or until it has spoken their fusion. */
function consensusOf(
  projection: Projection,
  item: number,
  posterior: NonNullable<ReviewItem['consensus']>['posterior'],
): ReviewItem['consensus'] {
  const { pool, schema } = projection;
  const annotations = projection.annotations(item).map(({ values }) => values);
  if (annotations.length === 0) return null;
  const confidence = projection.confidence(item);
  return {
    values: pool.read(projection.consensus(item) || fusedOf(annotations, pool, schema)),
    confidence: Number.isNaN(confidence) ? null : confidence,
    posterior,
  };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** How everybody is called who is spoken of; where names are hidden, who answered by a letter. */
function namesOf(
  projection: Projection,
  answering: readonly AuthorId[],
  others: readonly AuthorId[],
): ReviewItem['names'] {
  const { hideNames } = projection.settings.workflow;
  const called = (author: AuthorId, place: number) =>
    hideNames && place >= 0 ? `Annotator ${LETTERS[place] ?? String(place + 1)}` : projection.name(author);
  return Object.fromEntries(
    [...answering, ...others].map((author) => [author, called(author, answering.indexOf(author))]),
  );
}
