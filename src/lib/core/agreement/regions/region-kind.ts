import type { Rect } from '../../geometry/plane';
import type { ClassId } from '../../model/ids';

/** What agreement needs to know of a kind of region: with it, all kinds are matched and counted alike. */
export interface RegionKind<R> {
  /** For people, several: `boxes`. */
  readonly noun: string;
  /** What {@link similarity} is, for people: `IoU`. */
  readonly measure: string;
  classOf(region: R): ClassId;
  /** Regions whose bounds share nothing are not similar; null where bounds do not tell. */
  boundsOf(region: R): Rect | null;
  /** 0 to 1, symmetric, 1 for equal regions. */
  similarity(a: R, b: R): number;
}
