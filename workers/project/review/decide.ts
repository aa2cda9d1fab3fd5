import { fault } from '#core/errors';
import { extentOf, validateValues } from '#core/fields/values';
import { MAX_TEXT } from '#core/log/event-schemas';
import type { ItemEvent } from '#core/log/events';
import type { Values } from '#core/model/annotation';
import type { ItemId } from '#core/model/ids';
import { ANNOTATION } from '#core/projection/answers';
import { err, ok, type Result } from '#core/result';
import type { Session } from '../session';

type Verdict = Extract<ItemEvent, { type: 'review.decided' }>['verdict'];

/**
 * Says whether an item's answers are right. To take back is exact: what was said before holds again as far as it would have.
 *
 * @returns `item.unknown`, `role.lacking`; `review.own` where an annotator answered it themselves; `text.too-long` of the comment
 */
export async function decide(session: Session, item: ItemId, verdict: Verdict, why: string): Promise<Result<null>> {
  await session.idle();
  const refused = refusal(session, item);
  if (refused) return refused;
  const mine = session.projection
    .verdicts(session.projection.find(item))
    .find(({ by, isCurrent }) => by === session.author && isCurrent);
  if (verdict === 'none' && !mine) return ok(null);
  if (why.trim() !== '') {
    const said = await comment(session, item, why);
    if (!said.ok) return said;
  }
  return session.gesture(() => {
    const event = (verdict: Verdict): ItemEvent => ({ type: 'review.decided', item, verdict });
    const inverse = event(verdict === 'none' && mine ? mine.says : 'none');
    return ok({ item, what: WHAT[verdict], events: [event(verdict)], inverse: [inverse] });
  });
}

const WHAT: Readonly<Record<Verdict, string>> = {
  accepted: 'accept',
  rejected: 'send back',
  none: 'take a verdict back',
};

function refusal({ projection, author, role }: Session, item: ItemId): Result<never> | null {
  const row = projection.find(item);
  if (row < 0) return err(fault('item.unknown', item));
  const isOwn = role === 'annotator' && projection.answer(row, author).kind === ANNOTATION;
  return isOwn ? err(fault('review.own', item)) : null;
}

/**
 * Says what an item is, whatever its annotators said; null takes that back.
 *
 * @returns `item.unknown`, `role.lacking`; what `validateValues` says of the values
 */
export async function resolve(session: Session, item: ItemId, values: Values | null): Promise<Result<null>> {
  await session.idle();
  const known = session.projection.find(item);
  const extent = known < 0 ? null : extentOf(await session.reader.record(known));
  return session.gesture(() => {
    const { projection } = session;
    const row = projection.find(item);
    if (row < 0) return err(fault('item.unknown', item));
    const label = projection.label(row);
    const valid =
      values && validateValues(values, projection.schema, extent, label === 0 ? {} : projection.pool.read(label));
    if (valid && !valid.ok) return valid;
    const before = projection.resolution(row);
    const event = (values: Values | null): ItemEvent => ({ type: 'item.resolved', item, values });
    return ok({
      ...{ item, what: values ? 'resolve' : 'take a resolution back' },
      events: [event(valid ? valid.value : null)],
      inverse: [event(before === 0 ? null : projection.pool.raw(before))],
    });
  });
}

/**
 * Says something of an item that everybody reads.
 *
 * @returns `item.unknown`, `role.lacking`, `text.too-long`
 */
export async function comment(session: Session, item: ItemId, text: string): Promise<Result<null>> {
  const said = text.trim();
  if (said === '') return ok(null);
  if (said.length > MAX_TEXT) return err(fault('text.too-long', 'comment', { limit: MAX_TEXT }));
  const added = await session.append(() =>
    session.projection.find(item) < 0
      ? err(fault('item.unknown', item))
      : [{ type: 'comment.added', item, text: said }],
  );
  session.tell();
  return added;
}
