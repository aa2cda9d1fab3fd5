import type { AuthorId } from '#core/model/ids';
import { NO_ANSWER } from '#core/projection/answers';
import type { Projection } from '#core/projection/projection';
import type { Feedback } from '../shown-item';

/** What others said of an author's answer to an item since they gave it; null where nobody did. */
export function feedbackOn(projection: Projection, item: number, author: AuthorId): Feedback | null {
  if (projection.answer(item, author).kind === NO_ANSWER) return null;
  const said = projection.historyOf(item).map((record) => ({ ...record, by: projection.author(record.author) }));
  const rejections = said.filter(({ type, text }) => type === 'reviewed' && text === 'rejected');
  const isSentBack = projection.isSentBackTo(item, author);
  const answered = said.findLastIndex(({ type, by }) => type === 'annotated' && by === author);
  const rejecter = isSentBack ? rejections.at(-1)?.by : undefined;
  const comment = isSentBack
    ? said.findLast(({ type, by }) => type === 'commented' && by === rejecter)
    : said.slice(answered + 1).findLast(({ type, by }) => type === 'commented' && by !== author);
  const by = rejecter ?? comment?.by;
  if (by === undefined && rejections.length === 0) return null;
  return {
    ...{ isSentBack, rounds: rejections.length, text: comment?.text ?? '' },
    by: by === undefined ? '' : projection.name(by),
  };
}
