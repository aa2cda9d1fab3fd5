import { projectValues } from '#core/fields/values';
import type { ItemId } from '#core/model/ids';
import { itemName, type ItemRecord } from '#core/model/item';
import { ANNOTATION, SKIP } from '#core/projection/answers';
import type { Projection } from '#core/projection/projection';
import type { Claim } from '#core/workflow/claims';
import type { HistoryEntry, ItemContent, ItemView, WalkRequest } from './api';
import type { Dealing, Dealt } from './gold/dealing';
import { nextOpen } from './next-open';
import { feedbackOn } from './review/feedback';
import type { Session } from './session';

/**
 * Everything that the labeling screen shows of one item.
 *
 * @param dealing says what this person is not to know of it; null: nothing
 */
export async function itemView(session: Session, item: number, dealing: Dealing | null = null): Promise<ItemView> {
  return viewOf(session, { item, asked: dealing?.asked(item) ?? 0 }, dealing);
}

async function viewOf(session: Session, { item, asked }: Dealt, dealing: Dealing | null): Promise<ItemView> {
  const { projection, reader, store, author } = session;
  const id = projection.id(item);
  const [record, draft] = await Promise.all([reader.record(item), store.drafts.get(id)]);
  const content = await contentOf(session, record);
  const prediction = projection.prediction(item);
  return {
    id,
    position: projection.position(item),
    name: itemName(record),
    content,
    sources: record.sources,
    status: asked > 0 || dealing?.isBlind(item) ? unansweredStatus(projection, item) : projection.status(item),
    mine: asked > 0 ? null : answerOf(session, item),
    asked,
    draft: draft ? { ...draft.draft, values: projectValues(draft.draft.values, projection.schema) } : null,
    prediction: prediction && { ...prediction, values: projection.pool.read(prediction.values) },
    flag: projection.flag(item, author),
    feedback: feedbackOn(projection, item, author),
  };
}

/**
 * Items around another, as they come when a person moves on: all in project order, open ones as this author should take them.
 *
 * @param claims of other members, on items that they have before them
 */
export async function walk(
  { session, dealing }: { readonly session: Session; readonly dealing: Dealing },
  request: WalkRequest,
  claims: readonly Claim[],
): Promise<ItemView[]> {
  const { projection } = session;
  const from = request.from === null ? -1 : projection.find(request.from);
  if (request.among === 'all')
    return Promise.all(neighbours(session, from, request).map((item) => itemView(session, item, dealing)));
  const open = (count: number) => nextOpen(session, from, { ...request, count }, claims);
  const dealt = dealing.next(from, request.count, open);
  return Promise.all(dealt.map((item) => viewOf(session, item, dealing)));
}

/** What was said of an item, as far as this person is to know it before they have answered. */
export function history(session: Session, id: ItemId, dealing: Dealing): HistoryEntry[] {
  const { projection } = session;
  const item = projection.find(id);
  if (item < 0) return [];
  const isBlind = dealing.isBlind(item) || dealing.asked(item) > 0;
  return projection.historyOf(item).flatMap((record) => {
    if (isBlind && TELLING.has(record.type)) return [];
    const author = projection.author(record.author);
    return [
      {
        type: record.type,
        author,
        authorName: projection.name(author),
        time: record.time,
        values: record.values === 0 ? null : projection.pool.read(record.values),
        text: record.text,
        from: record.origin,
      },
    ];
  });
}

/** What would tell an answer. */
const TELLING: ReadonlySet<HistoryEntry['type']> = new Set([
  ...(['annotated', 'withdrawn', 'skipped', 'reviewed', 'resolved'] as const),
]);

/** The status of an item of which nobody has said anything. */
const unansweredStatus = (projection: Projection, item: number): ItemView['status'] =>
  projection.predicted(item) === 0 ? 'pending' : 'pre-annotated';

async function contentOf({ store }: Session, { data, image }: ItemRecord): Promise<ItemContent> {
  switch (data.kind) {
    case 'text':
    case 'image-url':
      return data;
    case 'image':
      return {
        kind: 'image',
        hash: data.blob,
        blob: await store.blob(data.blob),
        facts: image ?? { width: 0, height: 0, type: '', size: 0 },
      };
  }
}

function answerOf({ projection, author }: Session, item: number): ItemView['mine'] {
  const answer = projection.answer(item, author);
  if (answer.kind === SKIP) return { kind: 'skip' };
  if (answer.kind !== ANNOTATION) return null;
  return {
    kind: 'annotation',
    values: projection.pool.read(answer.values),
    note: projection.record(answer.record).text,
  };
}

/** Items beside another in project order. */
export function neighbours(
  { projection }: Session,
  from: number,
  { direction, count }: Pick<WalkRequest, 'direction' | 'count'>,
): number[] {
  const { order } = projection;
  const step = direction === 'next' ? 1 : -1;
  const start = from >= 0 ? projection.position(from) + step : direction === 'next' ? 0 : order.length - 1;
  const items: number[] = [];
  for (let at = start; at >= 0 && at < order.length && items.length < count; at += step) items.push(order[at]!);
  return items;
}
