import type { ItemId } from '#core/model/ids';
import type { Claim } from '#core/workflow/claims';
import { neighbours } from '../item-views';
import { nextOpen } from '../next-open';
import type { Session } from '../session';
import { imageOf, type ImageRef } from './image-ref';

/** Open items whose images are held ready, in the order in which they will be asked. */
const AHEAD = 96;
/** Of these, the ones that somebody may be at in a few seconds. */
const SOON = 6;
/** Items before and after the one on the screen, for whoever looks around. */
const AROUND = 2;

/** Images in the order of this person's queue. */
export interface QueueImages {
  /** Of the item on the screen and of those that may be there in a moment. */
  readonly soon: readonly ImageRef[];
  readonly later: readonly ImageRef[];
}

/**
 * The images that this person will see next: of the item that they look at, of the open ones after it, of those beside it.
 *
 * @param lookedAt null: no item is on the screen, so the queue begins where the person left it
 * @param claims of other members, on items that they have before them
 */
export async function queueImages(
  session: Session,
  lookedAt: ItemId | null,
  claims: readonly Claim[],
): Promise<QueueImages> {
  const { projection } = session;
  const from = projection.find(lookedAt ?? (await session.store.read('lastItem')) ?? '');
  const open = nextOpen(session, from, { direction: 'next', count: AHEAD }, claims);
  const around = (['next', 'previous'] as const).flatMap((direction) =>
    from < 0 ? [] : neighbours(session, from, { direction, count: AROUND }),
  );
  const here = from < 0 ? [] : [from];
  return {
    soon: await imagesOf(session, [...here, ...open.slice(0, SOON), ...around]),
    later: await imagesOf(session, open.slice(SOON)),
  };
}

async function imagesOf(session: Session, items: readonly number[]): Promise<ImageRef[]> {
  const images = new Map<string, ImageRef>();
  for await (const batch of session.reader.records(items)) {
    for (const { item, record } of batch) {
      const image = imageOf(record, session.projection.places(item)[0]?.chunk ?? null);
      if (image) images.set(image.hash, image);
    }
  }
  return [...images.values()];
}
