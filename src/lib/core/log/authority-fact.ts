import type { AuthorId } from '../model/ids';
import type { ControlEvent } from './events';

/** A control event with its place: event `index` of commit `seq` of the author's log. */
export interface AuthorityFact {
  readonly author: AuthorId;
  readonly seq: number;
  readonly index: number;
  readonly event: ControlEvent;
}
