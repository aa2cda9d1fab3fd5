import type { Result } from '#core/result';
import type { ItemQueries } from './item-query';
import type { Gold } from './gold/gold';
import type { Ownership } from './ownership';
import type { Expiry } from './people/expiry';
import type { Peers } from './peers/peers';
import type { Quality } from './quality/quality';
import type { Review } from './review/review';
import type { Session } from './session';
import type { Snapshots } from './snapshots/snapshots';
import type { Summary } from './summary';
import type { Thumbnails } from './thumbnails';

/** The open project and what only this worker may do to it. */
export interface Opened {
  readonly session: Session;
  readonly ownership: Ownership;
  readonly queries: ItemQueries;
  readonly summary: Summary;
  readonly thumbnails: Thumbnails;
  readonly peers: Peers;
  readonly expiry: Expiry;
  readonly quality: Quality;
  readonly review: Review;
  readonly gold: Gold;
  readonly snapshots: Snapshots;
}

/** Calls a part of the worker with the open project; gives `project.moved` where none is open. */
export type WithProject = <T>(work: (project: Opened) => Promise<Result<T>>) => Promise<Result<T>>;
