import { fault } from '#core/errors';
import type { DisclosedAnswer } from '#core/log/events';
import { MAX_TEXT } from '#core/log/event-schemas';
import type { ItemId } from '#core/model/ids';
import { err, type Result } from '#core/result';
import type { Gold } from './gold';

/**
 * Lets everybody know answers, which cannot be unsaid; `practise` deals their items to practise on.
 *
 * @returns `gold.unknown` for an item whose answer is not known here; `text.too-long`, `role.lacking`
 */
export async function discloseGold(
  gold: Gold,
  answers: readonly { readonly item: ItemId; readonly why: string }[],
  use: 'practise' | 'feedback',
): Promise<Result<null>> {
  const { session } = gold;
  await session.idle();
  await gold.read();
  const disclosed: DisclosedAnswer[] = [];
  for (const { item, why } of answers) {
    const values = gold.answers.get(session.projection.find(item));
    if (!values) return err(fault('gold.unknown', item));
    if (why.length > MAX_TEXT) return err(fault('text.too-long', 'why', { limit: MAX_TEXT }));
    disclosed.push({ item, values, why });
  }
  const items = disclosed.map(({ item }) => item);
  const told = await session.append(() => [
    { type: 'gold.disclosed', answers: disclosed },
    ...(use === 'practise' ? [{ type: 'items.dealt', purpose: 'practice', items } as const] : []),
  ]);
  session.tell();
  return told;
}
