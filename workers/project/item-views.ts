import { projectValues } from '#core/fields/values';
import type { ItemId } from '#core/model/ids';
import { itemName, type ItemRecord } from '#core/model/item';
import { ANNOTATION, SKIP } from '#core/projection/answers';
import type { Claim } from '#core/workflow/claims';
import type { HistoryEntry, ItemContent, ItemView, WalkRequest } from './api';
import { nextOpen } from './next-open';
import type { Session } from './session';

/** Everything that the labeling screen shows of one item. */
export async function itemView(session: Session, item: number): Promise<ItemView> {
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
    status: projection.status(item),
    mine: answerOf(session, item),
    draft: draft ? { ...draft.draft, values: projectValues(draft.draft.values, projection.schema) } : null,
    prediction: prediction && { ...prediction, values: projection.pool.read(prediction.values) },
    flag: projection.flag(item, author),
  };
}

/**
 * Items around another, as they come when a person moves on: all in project order, open ones as this author should take them.
 *
 * @param claims of other members, on items that they have before them
 */
export async function walk(session: Session, request: WalkRequest, claims: readonly Claim[]): Promise<ItemView[]> {
  const { projection } = session;
  const from = request.from === null ? -1 : projection.find(request.from);
  const items = request.among === 'all' ? neighbours(session, from, request) : nextOpen(session, from, request, claims);
  return Promise.all(items.map((item) => itemView(session, item)));
}

export function history(session: Session, id: ItemId): HistoryEntry[] {
  const { projection } = session;
  const item = projection.find(id);
  if (item < 0) return [];
  return projection.historyOf(item).map((record) => {
    const author = projection.author(record.author);
    return {
      type: record.type,
      author,
      authorName: projection.name(author),
      time: record.time,
      values: record.values === 0 ? null : projection.pool.read(record.values),
      text: record.text,
      from: record.origin,
    };
  });
}

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
